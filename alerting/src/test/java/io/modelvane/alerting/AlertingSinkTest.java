package io.modelvane.alerting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.modelvane.alerting.incident.IncidentChange;
import io.modelvane.engine.state.StateDatabase;
import io.modelvane.spi.ComponentException;
import io.modelvane.spi.Health;
import io.modelvane.spi.IncidentStep;
import io.modelvane.spi.Outcome;
import io.modelvane.spi.PointBatch;
import io.modelvane.spi.Series;
import io.modelvane.spi.StateStore;
import io.modelvane.spi.Status;
import io.modelvane.spi.Tag;
import io.modelvane.testkit.TestClock;
import io.modelvane.testkit.TestContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sink with its thread, over the engine's own database. */
class AlertingSinkTest {
  private static final Instant START = ReplayTest.START;
  private static final String ONE_CHECK =
      """
      sinks:
        alerting:
          type: alerting
          commit_every: 10s
          checks:
            high: { type: threshold, field: score, levels: { crit: "> 0.7" } }
      """;

  @TempDir Path folder;
  private StateDatabase database;
  private TestContext context;
  private RecordingAftermath aftermath = new RecordingAftermath();
  private @Nullable AlertingSink sink;
  private final Fates fates = new Fates();

  /** A store that fails when told. */
  private final class Fates implements StateStore {
    private final AtomicInteger failures = new AtomicInteger();
    private final AtomicInteger untilDeath = new AtomicInteger(Integer.MAX_VALUE);
    private boolean afterCommit;

    private StateStore store() {
      return database.store("sink_alerting");
    }

    @Override
    public String table(String name) {
      return store().table(name);
    }

    @Override
    public void migrate(List<String> steps) throws ComponentException {
      store().migrate(steps);
    }

    @Override
    public <T> T transact(Work<T> work) throws ComponentException {
      if (failures.get() > 0) {
        failures.decrementAndGet();
        return store()
            .transact(
                connection -> {
                  work.run(connection);
                  throw new SQLException("disk full");
                });
      }
      boolean dies = untilDeath.decrementAndGet() <= 0;
      if (dies && !afterCommit) {
        throw new ComponentException(Outcome.Kind.FATAL, "killed before the commit");
      }
      T result = store().transact(work);
      if (dies) {
        throw new ComponentException(Outcome.Kind.FATAL, "killed after the commit");
      }
      return result;
    }

    @Override
    public <T> T read(Work<T> work) throws ComponentException {
      return store().read(work);
    }
  }

  @BeforeEach
  void openDatabase() {
    database = new StateDatabase(folder.resolve("state.db"));
    context = TestContext.named("alerting").clock(TestClock.at(START)).state(fates).build();
  }

  @AfterEach
  void closeAll() throws Exception {
    if (sink != null) {
      sink.stop();
    }
    context.close();
    database.close();
  }

  private AlertingOptions options(String text) throws Exception {
    Path pipelines = Path.of(AlertingSinkTest.class.getResource("/pipelines.yaml").toURI());
    return Configured.options(pipelines, Files.writeString(folder.resolve("sink.yaml"), text));
  }

  private AlertingSink start(String text) throws Exception {
    return start(text, aftermath);
  }

  private AlertingSink start(String text, Aftermath following) throws Exception {
    AlertingOptions options = options(text);
    AlertingSink started = new AlertingSink(options, following, context::health, context);
    started.start();
    sink = started;
    return started;
  }

  private static Call call(long offset, double score) {
    Instant time = START.plusMillis(offset);
    return new Call(
        offset,
        Series.of("calls", List.of(new Tag("model", "a"))),
        time,
        time,
        Map.of("score", score));
  }

  private static CompletableFuture<Outcome> write(AlertingSink sink, Call... calls) {
    return sink.write(Call.batch(List.of(calls))).toCompletableFuture();
  }

  @Test
  void batchWithoutChangeIsTakenAtOnceAndWaitsForCompany() throws Exception {
    AlertingSink sink = start(ONE_CHECK);
    List<CompletableFuture<Outcome>> answers = new ArrayList<>();
    int before = aftermath.commits();
    CountDownLatch taken = new CountDownLatch(8);
    for (int i = 0; i < 8; i++) {
      PointBatch batch = Call.batch(List.of(call(i, 0.1)));
      answers.add(sink.write(batch, taken::countDown).toCompletableFuture());
    }
    assertThat(taken.await(60, TimeUnit.SECONDS)).isTrue();
    assertThat(answers).noneMatch(CompletableFuture::isDone);
    answers.add(write(sink, call(8, 0.9)));

    for (CompletableFuture<Outcome> answer : answers) {
      assertThat(answer.get(60, TimeUnit.SECONDS)).isEqualTo(Outcome.DONE);
    }
    assertThat(aftermath.commits() - before).isEqualTo(1);
  }

  @Test
  void changeIsCommittedAtOnce() throws Exception {
    AlertingSink sink = start(ONE_CHECK);
    CompletableFuture<Outcome> first = write(sink, call(1, 0.1));
    CompletableFuture<Outcome> second = write(sink, call(2, 0.9));

    assertThat(second.get(60, TimeUnit.SECONDS)).isEqualTo(Outcome.DONE);
    assertThat(first).isCompletedWithValue(Outcome.DONE);
    assertThat(aftermath.changes())
        .extracting(IncidentChange::step)
        .containsExactly(IncidentStep.OPENED);
  }

  @Test
  void fullDiskHoldsEverythingAndLosesNothing() throws Exception {
    AlertingSink sink = start(ONE_CHECK);
    fates.failures.set(3);
    CompletableFuture<Outcome> answer = write(sink, call(1, 0.9));

    assertThat(answer.get(10, TimeUnit.SECONDS)).isEqualTo(Outcome.DONE);
    assertThat(aftermath.changes()).hasSize(1);
    assertThat(context.healths())
        .extracting(Health::state)
        .startsWith(Health.State.DOWN)
        .endsWith(Health.State.UP);
    assertThat(context.healths().get(0).reason()).startsWith("holding, nothing is lost; ");
  }

  @Test
  void stopAnswersEverybody() throws Exception {
    AlertingSink sink = start(ONE_CHECK);
    CompletableFuture<Outcome> answer = write(sink, call(1, 0.1));
    sink.stop();
    sink.stop();

    assertThat(answer).isCompletedWithValue(Outcome.DONE);
    assertThat(write(sink, call(2, 0.1)).get().kind()).isEqualTo(Outcome.Kind.RETRYABLE);
  }

  @Test
  void stopWhileTheDiskIsFullEndsWithoutAnAcknowledgement() throws Exception {
    AlertingSink sink = start(ONE_CHECK);
    fates.failures.set(Integer.MAX_VALUE);
    CompletableFuture<Outcome> answer = write(sink, call(1, 0.9));
    await().until(() -> !context.healths().isEmpty());
    sink.stop();

    assertThat(answer.get(60, TimeUnit.SECONDS).kind()).isEqualTo(Outcome.Kind.RETRYABLE);
  }

  @Test
  void writeBeforeStartIsToBeRepeated() throws Exception {
    AlertingOptions options = options(ONE_CHECK);
    AlertingSink sink = new AlertingSink(options, aftermath, context::health, context);
    sink.stop();

    assertThat(write(sink, call(1, 0.1)).get().kind()).isEqualTo(Outcome.Kind.RETRYABLE);
  }

  @Test
  void incidentOfACheckThatWasTakenOutIsResolved() throws Exception {
    write(start(ONE_CHECK), call(1, 0.9)).get(60, TimeUnit.SECONDS);
    java.util.Objects.requireNonNull(sink).stop();
    start(ONE_CHECK.replace("high:", "other:").replace("0.7", "0.8"));

    IncidentChange last = aftermath.changes().get(aftermath.changes().size() - 1);
    assertThat(last.step()).isEqualTo(IncidentStep.RESOLVED);
    assertThat(last.status().message())
        .isEqualTo(
            "the check was taken out of the configuration; nothing says that it is well again");
    assertThat(last.incident().id()).isEqualTo(aftermath.changes().get(0).incident().id());
  }

  @Test
  void incidentOfACheckThatWasRenamedIsResolvedAndBeginsUnderTheNewName() throws Exception {
    write(start(ONE_CHECK), call(1, 0.9)).get(60, TimeUnit.SECONDS);
    java.util.Objects.requireNonNull(sink).stop();
    write(start(ONE_CHECK.replace("high:", "other:")), call(2, 0.9)).get(60, TimeUnit.SECONDS);

    assertThat(aftermath.changes())
        .extracting(change -> change.incident().check() + " " + change.step())
        .containsExactly("high OPENED", "high RESOLVED", "other OPENED");
    assertThat(aftermath.changes().get(1).status().message())
        .isEqualTo(
            "the check was renamed to 'other', which judges anew; nothing says that it is well"
                + " again");
  }

  @Test
  void incidentOfACheckThatWasChangedLastsUntilItIsJudgedAnew() throws Exception {
    write(start(ONE_CHECK), call(1, 0.9)).get(60, TimeUnit.SECONDS);
    java.util.Objects.requireNonNull(sink).stop();
    AlertingSink changed = start(ONE_CHECK.replace("0.7", "0.8"));
    var waiting = write(changed, call(2, 0.9));
    write(changed, call(3, 0.1)).get(60, TimeUnit.SECONDS);

    assertThat(aftermath.changes())
        .extracting(IncidentChange::step)
        .containsExactly(IncidentStep.OPENED, IncidentStep.RESOLVED);
    assertThat(aftermath.changes().get(1).status().message()).isEqualTo("score is 0.1");
    assertThat(waiting.get(60, TimeUnit.SECONDS)).isEqualTo(Outcome.DONE);
  }

  @Test
  void stoppedOneGoesOnAfterAnotherStart() throws Exception {
    AlertingSink again = start(ONE_CHECK);
    again.stop();
    assertThat(aftermath.isRunning()).isFalse();
    again.start();

    assertThat(aftermath.isRunning()).isTrue();
    write(again, call(1, 0.9)).get(60, TimeUnit.SECONDS);
    assertThat(aftermath.changes()).hasSize(1);
  }

  @Test
  void silenceThatWasChangedRemembersWhoSpoke() throws Exception {
    String quiet =
        """
        sinks:
          alerting:
            type: alerting
            commit_every: 1ms
            checks:
              quiet: { type: deadman, after: 5m }
        """;
    context.clock().set(START.plusSeconds(1));
    write(start(quiet), call(1, 0.9)).get(60, TimeUnit.SECONDS);
    java.util.Objects.requireNonNull(sink).stop();
    AlertingSink changed = start(quiet.replace("5m", "1m"));
    changed.completeUntil("alerts", START.plusSeconds(70));

    await().until(() -> !aftermath.changes().isEmpty());
    assertThat(aftermath.changes().get(0).status().sourceTime())
        .isEqualTo(START.plusMillis(1).plusSeconds(60));
  }

  @Test
  void theAgeOfTheWatermarkIsUnknownUntilAPipelineHasBegun() throws Exception {
    AlertingSink running = start(ONE_CHECK);
    context.clock().set(START.plusSeconds(5));
    running.completeUntil("alerts", Instant.EPOCH);
    write(running, call(1, 0.9)).get(60, TimeUnit.SECONDS);
    assertThat(context.recordedMeters().gauge("watermark_age_seconds")).isNaN();
    running.completeUntil("alerts", START);
    await()
        .untilAsserted(
            () -> assertThat(context.recordedMeters().gauge("watermark_age_seconds")).isEqualTo(5));
  }

  @Test
  void stateOfANewerVersionIsRefused() throws Exception {
    write(start(ONE_CHECK), call(1, 0.9)).get(60, TimeUnit.SECONDS);
    java.util.Objects.requireNonNull(sink).stop();
    fates.transact(
        connection -> {
          try (Statement statement = connection.createStatement()) {
            return statement.executeUpdate(
                "UPDATE " + fates.table("pages") + " SET body = x'000209'");
          }
        });

    assertThatThrownBy(() -> start(ONE_CHECK))
        .isInstanceOfSatisfying(
            ComponentException.class,
            refused -> assertThat(refused.kind()).isEqualTo(Outcome.Kind.FATAL))
        .hasMessageStartingWith("the kept state of check 'high' cannot be read: its format is");
  }

  /** Writes the steps into the database, as the outbox does. */
  private static final class Outbox implements Aftermath {
    @Override
    public void start() {}

    @Override
    public void apply(
        Connection connection, List<IncidentChange> changes, List<Status> toRecord, Instant now)
        throws SQLException {
      try (Statement table = connection.createStatement()) {
        table.execute("CREATE TABLE IF NOT EXISTS told (step TEXT)");
      }
      try (PreparedStatement insert = connection.prepareStatement("INSERT INTO told VALUES (?)")) {
        for (IncidentChange change : changes) {
          insert.setString(1, ReplayTest.told(List.of(change)).toString());
          insert.executeUpdate();
        }
      }
    }

    @Override
    public void committed() {}

    @Override
    public void stop() {}
  }

  private List<String> told() throws Exception {
    return database
        .store("sink_alerting")
        .read(
            connection -> {
              List<String> steps = new ArrayList<>();
              try (Statement query = connection.createStatement();
                  ResultSet rows = query.executeQuery("SELECT step FROM told")) {
                while (rows.next()) {
                  steps.add(rows.getString(1));
                }
              }
              return steps.stream().sorted().toList();
            });
  }

  /** Feeds a stream in batches, starting again from what was acknowledged after each death. */
  private List<String> feed(List<ReplayTest.Event> events, int untilDeath, boolean afterCommit)
      throws Exception {
    database = new StateDatabase(folder.resolve("run-" + untilDeath + afterCommit + ".db"));
    context.clock().set(START.plusSeconds(100_000));
    AlertingSink running = start(ReplayTest.CHECKS, new Outbox());
    fates.afterCommit = afterCommit;
    fates.untilDeath.set(untilDeath);
    running.completeUntil("alerts", START);
    for (int from = 0; from < events.size(); ) {
      int to = from;
      List<Call> calls = new ArrayList<>();
      while (to < events.size() && events.get(to).split() == events.get(from).split()) {
        calls.add(events.get(to++).call());
      }
      Outcome answer =
          running
              .write(Call.batch(ReplayTest.SPLITS.get(events.get(from).split()), calls))
              .toCompletableFuture()
              .get(10, TimeUnit.SECONDS);
      if (answer.kind() == Outcome.Kind.DONE) {
        from = to;
        running.completeUntil("alerts", ReplayTest.complete(events, from));
      } else {
        running.stop();
        fates.untilDeath.set(Integer.MAX_VALUE);
        running = start(ReplayTest.CHECKS, new Outbox());
        running.completeUntil("alerts", START);
        running.completeUntil("alerts", ReplayTest.complete(events, from));
      }
    }
    running.completeUntil("alerts", START.plusSeconds(50_000));
    running.stop();
    fates.untilDeath.set(Integer.MAX_VALUE);
    List<String> told = told();
    database.close();
    return told;
  }

  @Test
  void deathAtAnyCommitLosesAndDoublesNothing() throws Exception {
    List<ReplayTest.Event> events = ReplayTest.stream(new Random(5)).subList(0, 120);
    List<String> expected = feed(events, Integer.MAX_VALUE, false);
    assertThat(expected).hasSizeGreaterThan(30);

    for (int death = 1; death <= 40; death += 3) {
      assertThat(feed(events, death, false)).as("death before %d", death).isEqualTo(expected);
      assertThat(feed(events, death, true)).as("death after %d", death).isEqualTo(expected);
    }
  }
}
