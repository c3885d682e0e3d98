package io.modelvane.influx;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelvane.spi.FieldKey;
import io.modelvane.spi.Outcome;
import io.modelvane.spi.PointBatch;
import io.modelvane.spi.PointBatchBuilder;
import io.modelvane.spi.Series;
import io.modelvane.spi.Tag;
import io.modelvane.testkit.TestContext;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Rows older than the bucket keeps, in the words of InfluxDB 2.9. */
class RetentionTest {
  private static final int ROWS = 40;
  private static final Instant BOUND = Instant.parse("2026-11-22T23:48:25.990184259Z");
  private static final String ODD =
      "dropped because it violates a Retention Policy Lower Bound at 2030-01-01T00:00:00Z dropped=1";

  private final Set<String> stored = ConcurrentHashMap.newKeySet();
  private final AtomicInteger requests = new AtomicInteger();
  private final TestContext context = Settings.context();

  @AfterEach
  void endThreads() {
    context.close();
  }

  /** A row a second around the bound, old and new by turns. */
  private static PointBatch aroundTheBound(String model) {
    Series series = Series.of("calls", List.of(new Tag("model", model)));
    PointBatchBuilder builder = new PointBatchBuilder();
    for (int i = 0; i < ROWS; i++) {
      builder.beginRow();
      builder.number(FieldKey.of("score"), i + 0.5);
      builder.endRow(series, nanos(BOUND) + (i % 2 == 0 ? -1 - i : i) * 1_000_000_000L);
    }
    return builder.build();
  }

  private static long nanos(Instant time) {
    return time.getEpochSecond() * 1_000_000_000L + time.getNano();
  }

  /** Stores what is new enough, and answers as {@code words} say of the others. */
  private Answer keep(Received request, Instant bound, Function<List<String>, String> words) {
    requests.incrementAndGet();
    List<String> old =
        request.lines().stream()
            .filter(line -> Long.parseLong(Line.parse(line).time()) < nanos(bound))
            .toList();
    request.lines().stream().filter(line -> !old.contains(line)).forEach(stored::add);
    return old.isEmpty()
        ? Answer.stored()
        : Answer.v2(422, "unprocessable entity", words.apply(old));
  }

  private static String words(int dropped, String key, Instant bound) {
    String point =
        "point %s at 2026-11-22T22:48:25Z dropped because it violates a Retention Policy Lower Bound at %s"
            .formatted(key, bound);
    return "failure writing points to database: partial write: dropped %1$d points outside retention policy of duration 1h0m0s - oldest %2$s, newest %2$s dropped=%1$d for database: cefee8f200bab901 for retention policy: autogen"
        .formatted(dropped, point);
  }

  private Outcome write(Function<Received, Answer> server, PointBatch batch) throws Exception {
    try (ScriptedServer scripted = ScriptedServer.of(server)) {
      InfluxSink sink = new InfluxSink(Settings.of(scripted.url()).make(), context);
      sink.start();
      try {
        return Batches.write(sink, batch);
      } finally {
        sink.stop();
      }
    }
  }

  private void assertOldOnesAreRejected(Outcome outcome, PointBatch batch) {
    Set<Integer> old =
        IntStream.range(0, ROWS).filter(i -> i % 2 == 0).boxed().collect(Collectors.toSet());
    assertThat(Batches.rejectedRows(outcome).equals(old)).as("the old ones").isTrue();
    assertThat(((Outcome.Rejected) outcome).rows())
        .hasSize(old.size())
        .allSatisfy(row -> assertThat(row.reason()).contains("outside retention policy"));
    assertThat(stored)
        .isEqualTo(
            IntStream.range(0, ROWS)
                .filter(i -> i % 2 == 1)
                .mapToObj(batch::line)
                .collect(Collectors.toSet()));
  }

  @Test
  void rowsBelowTheBoundAreSetAsideInOneStep() throws Exception {
    PointBatch batch = aroundTheBound("fraud");
    Outcome outcome = write(r -> keep(r, BOUND, old -> words(old.size(), "calls", BOUND)), batch);

    assertOldOnesAreRejected(outcome, batch);
    assertThat(requests).hasValue(2);
  }

  @Test
  void countThatIsTooLowCostsOneRequestMore() throws Exception {
    PointBatch batch = aroundTheBound("fraud");
    AtomicInteger answers = new AtomicInteger();
    Outcome outcome =
        write(
            r ->
                keep(
                    r,
                    BOUND,
                    old -> words(answers.getAndIncrement() == 0 ? 1 : old.size(), "calls", BOUND)),
            batch);

    assertOldOnesAreRejected(outcome, batch);
    assertThat(requests).hasValue(3);
  }

  @Test
  void boundThatMovesOnIsFollowed() throws Exception {
    PointBatch batch = aroundTheBound("fraud");
    Function<Received, Answer> server =
        r -> {
          Instant bound = requests.get() == 0 ? BOUND : BOUND.plusSeconds(10);
          return keep(r, bound, old -> words(old.size(), "calls", bound));
        };
    // Before the rest is sent again ten seconds pass, and five of its rows are too old.
    assertThat(Batches.rejectedRows(write(server, batch))).hasSize(ROWS / 2 + 5);
    assertThat(requests).hasValue(3);
  }

  @Test
  void boundThatHelpsNothingIsPassedOver() throws Exception {
    PointBatch batch = aroundTheBound("fraud");
    for (Instant other : List.of(Instant.EPOCH, BOUND.plusSeconds(ROWS), Instant.MAX)) {
      stored.clear();
      Outcome outcome =
          write(
              r -> keep(r, BOUND, old -> words(Math.min(old.size(), ROWS - 1), "calls", other)),
              batch);
      assertOldOnesAreRejected(outcome, batch);
    }
  }

  @Test
  void nameThatReadsAsABoundIsNone() throws Exception {
    PointBatch batch = aroundTheBound(ODD);
    Outcome outcome =
        write(
            r ->
                keep(
                    r,
                    BOUND,
                    old ->
                        "partial write: dropped points outside retention policy - newest point calls,model="
                            + ODD
                            + " at 2026-11-22T22:48:25Z"),
            batch);
    assertOldOnesAreRejected(outcome, batch);
  }
}
