package io.modelvane.alerting.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.modelvane.alerting.outbox.Outbox;
import io.modelvane.alerting.outbox.RuleMaker;
import io.modelvane.alerting.outbox.Story;
import io.modelvane.alerting.rule.Policy;
import io.modelvane.engine.state.StateDatabase;
import io.modelvane.spi.Delivery;
import io.modelvane.spi.Health;
import io.modelvane.spi.Level;
import io.modelvane.spi.Notifier;
import io.modelvane.spi.Outcome;
import io.modelvane.spi.PointBatch;
import io.modelvane.spi.RowRejection;
import io.modelvane.spi.Sink;
import io.modelvane.spi.SinkRef;
import io.modelvane.spi.Status;
import io.modelvane.testkit.TestContext;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryTest {
  @TempDir Path folder;
  private final Store store = new Store();
  private final AtomicInteger told = new AtomicInteger();
  private final Story model = new Story("credit");
  private StateDatabase database;
  private TestContext context;
  private Outbox outbox;

  /** Keeps lines; answers as told. */
  private static final class Store implements Sink {
    final List<String> lines = new CopyOnWriteArrayList<>();
    final AtomicInteger writes = new AtomicInteger();
    volatile Callable<CompletionStage<Outcome>> answer = () -> done(Outcome.DONE);

    static CompletionStage<Outcome> done(Outcome outcome) {
      return CompletableFuture.completedFuture(outcome);
    }

    @Override
    public CompletionStage<Outcome> write(PointBatch batch) {
      try {
        CompletionStage<Outcome> answered = answer.call();
        for (int row = 0; row < batch.size(); row++) {
          lines.add(batch.line(row));
        }
        return answered;
      } catch (RuntimeException thrown) {
        throw thrown;
      } catch (Exception impossible) {
        throw new AssertionError(impossible);
      } finally {
        writes.incrementAndGet();
      }
    }
  }

  @BeforeEach
  void open() throws Exception {
    Notifier notifier =
        notification -> {
          told.incrementAndGet();
          return new Delivery(Outcome.DONE, OptionalInt.of(202), "accepted", Map.of());
        };
    database = new StateDatabase(folder.resolve("state.db"));
    context =
        TestContext.named("alerting")
            .state(database.store("sink_alerting"))
            .notifier("pager", notifier)
            .sink("influx", store)
            .build();
    start();
  }

  private void start() throws Exception {
    outbox =
        Outbox.create(
            Policy.of(Map.of("page", RuleMaker.all("pager"))),
            context,
            Optional.of(new SinkRef("influx")),
            Optional.empty());
    outbox.start();
  }

  @AfterEach
  void close() throws Exception {
    outbox.stop();
    context.close();
    database.close();
  }

  private void record(List<Status> statuses) throws Exception {
    Instant now = context.clock().instant();
    context
        .state()
        .transact(
            connection -> {
              outbox.apply(connection, List.of(), statuses, now);
              return true;
            });
    outbox.committed();
  }

  private void until(Callable<Boolean> condition) {
    await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(5))
        .until(
            () -> {
              context.clock().advance(Duration.ofSeconds(1));
              outbox.committed();
              return condition.call();
            });
  }

  private long queued() throws Exception {
    HistoryQueue queue = new HistoryQueue(context.state());
    return context.state().read(queue::size);
  }

  @Test
  void statusesAndNotificationsAreStored() throws Exception {
    model.happen(Level.CRIT, outbox, context);
    until(() -> queued() == 0 && store.lines.size() == 2);
    assertThat(store.lines)
        .anyMatch(line -> line.startsWith("statuses,") && line.contains("_level=crit"))
        .anyMatch(
            line ->
                line.startsWith("notifications,")
                    && line.contains("_sent=true")
                    && line.contains("_status=\"202\""));
    assertThat(context.lastHealth()).isEqualTo(Health.UP);
  }

  @Test
  void twoStatusesOfOneSeriesAtOneTimeAreBothKept() throws Exception {
    Instant now = context.clock().instant();
    Status status = model.status(Level.CRIT, now);
    record(List.of(status, status, model.status(Level.OK, now), status));
    record(List.of(status));
    until(() -> queued() == 0);
    long nanos = HistoryPoints.nanos(now);
    assertThat(times("_level=crit")).containsExactly(nanos, nanos + 1, nanos + 2, nanos + 3);
    assertThat(times("_level=ok")).containsExactly(nanos);
  }

  private List<Long> times(String part) {
    return store.lines.stream()
        .filter(line -> line.contains(part))
        .map(line -> Long.parseLong(line.substring(line.lastIndexOf(' ') + 1)))
        .toList();
  }

  @Test
  void aDeadStoreDelaysNoAlertAndLosesNothing() throws Exception {
    store.answer =
        () -> {
          throw new IllegalStateException("gone");
        };
    model.happen(Level.CRIT, outbox, context);
    until(() -> told.get() == 1 && store.writes.get() > 2);
    assertThat(context.lastHealth().state()).isEqualTo(Health.State.DEGRADED);
    assertThat(context.lastHealth().reason()).contains("history waits").contains("gone");
    outbox.stop();
    start();
    assertThat(queued()).isEqualTo(2);
    assertThat(context.recordedMeters().gauge("history_queue_size")).isEqualTo(2);
    store.answer = () -> Store.done(Outcome.DONE);
    until(() -> queued() == 0);
    assertThat(store.lines).hasSize(2);
    until(() -> context.lastHealth().equals(Health.UP));
  }

  @Test
  void aMisconfiguredStoreIsTriedSlowly() throws Exception {
    store.answer = () -> Store.done(new Outcome.Misconfigured("401"));
    record(List.of(model.status(Level.CRIT, context.clock().instant())));
    await().atMost(Duration.ofSeconds(60)).until(() -> store.writes.get() == 1);
    for (int i = 0; i < 5; i++) {
      context.clock().advance(Duration.ofSeconds(10));
      outbox.committed();
      Thread.sleep(5);
    }
    assertThat(store.writes.get()).isEqualTo(1);
    until( // its pause may have begun a little after the first write
        () -> {
          context.clock().advance(Duration.ofSeconds(10));
          outbox.committed();
          return store.writes.get() == 2;
        });
    assertThat(queued()).isEqualTo(1);
  }

  @Test
  void aRefusedRecordIsCountedAndDoesNotStick() throws Exception {
    store.answer =
        () -> Store.done(new Outcome.Rejected(List.of(new RowRejection(0, "field type conflict"))));
    Instant now = context.clock().instant();
    record(List.of(model.status(Level.CRIT, now), model.status(Level.WARN, now)));
    until(() -> queued() == 0);
    assertThat(context.recordedMeters().count("history_rejected")).isEqualTo(1);
  }

  @Test
  void aBacklogGoesOutInBatchesInOrder() throws Exception {
    Instant now = context.clock().instant();
    List<Status> many = new ArrayList<>();
    for (int i = 0; i < 2_500; i++) {
      many.add(model.status(Level.WARN, now.plusNanos(i * 10L)));
    }
    record(many);
    until(() -> queued() == 0);
    assertThat(store.lines).hasSize(2_500);
    assertThat(times("_level=warn")).isSorted();
    assertThat(store.writes.get()).isBetween(3, 4);
  }

  @Test
  void aRollbackLeavesNoTrace() throws Exception {
    Instant now = context.clock().instant();
    try {
      context
          .state()
          .transact(
              connection -> {
                outbox.apply(connection, List.of(), List.of(model.status(Level.CRIT, now)), now);
                throw new java.sql.SQLException("disk full");
              });
    } catch (io.modelvane.spi.ComponentException asMeant) {
      assertThat(asMeant).hasMessageContaining("disk full");
    }
    record(List.of(model.status(Level.CRIT, now)));
    until(() -> queued() == 0);
    assertThat(times("_level=crit")).containsExactly(HistoryPoints.nanos(now));
  }
}
