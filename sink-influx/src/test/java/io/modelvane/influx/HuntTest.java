package io.modelvane.influx;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelvane.spi.Outcome;
import io.modelvane.spi.PointBatch;
import io.modelvane.spi.RowRejection;
import io.modelvane.testkit.TestContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Bad rows are found exactly, whatever the server says of them, and the others are stored. */
class HuntTest {
  private static final int ROWS = 5_000;

  private final Set<String> stored = ConcurrentHashMap.newKeySet();
  private final TestContext context = Settings.context();

  @AfterEach
  void endThreads() {
    context.close();
  }

  /** How a store tells of bad rows. */
  enum Store {
    /** InfluxDB 2 on lines it cannot parse: names all, stores none. */
    V2_PARSE,
    /** InfluxDB 2 and 1 on conflicts: counts, names a field, stores the others. */
    CONFLICT,
    /** As above, but the count is too low, as with several shards. */
    CONFLICT_MISCOUNTED,
    /** InfluxDB 1 on lines it cannot parse: names all, stores the others. */
    V1_PARSE,
    /** InfluxDB 3: numbers up to 100, stores the others. */
    V3,
    /** InfluxDB 3 with partial writes switched off: one number, stores none. */
    V3_WHOLE,
    /** QuestDB: names the first line by its number, stores none. */
    LINE,
    /** Says only that something is wrong, stores none. */
    SILENT,
    /** Takes 1,000 bytes at most, and no bad row at all. */
    SMALL
  }

  private Answer take(Store store, Received request) {
    List<String> lines = request.lines();
    List<Integer> bad =
        IntStream.range(0, lines.size()).filter(i -> isBad(lines.get(i))).boxed().toList();
    if (bad.isEmpty() && !(store == Store.SMALL && request.body().length() > 1_000)) {
      stored.addAll(lines);
      return Answer.stored();
    }
    if (store == Store.CONFLICT
        || store == Store.CONFLICT_MISCOUNTED
        || store == Store.V1_PARSE
        || store == Store.V3) {
      lines.stream().filter(line -> !isBad(line)).forEach(stored::add);
    }
    return answer(store, lines, bad);
  }

  private static boolean isBad(String line) {
    return line.matches(".* score=\\d+i .*");
  }

  private static Answer answer(Store store, List<String> lines, List<Integer> bad) {
    return switch (store) {
      case V2_PARSE -> Answer.v2(400, "invalid", named(lines, bad));
      case V1_PARSE -> Answer.v1(400, "partial write: " + named(lines, bad) + " dropped=0");
      case CONFLICT -> conflict(bad.size());
      case CONFLICT_MISCOUNTED -> conflict((bad.size() + 1) / 2);
      case V3 ->
          Answer.of(
              400,
              bad.stream()
                  .limit(100)
                  .map(i -> "{\"line_number\":" + (i + 1) + ",\"error_message\":\"bad\"}")
                  .collect(
                      Collectors.joining(
                          ",",
                          "{\"error\":\"partial write of line protocol occurred\",\"data\":[",
                          "]}")));
      case V3_WHOLE ->
          Answer.of(
              400,
              "{\"error\":\"parsing failed for write_lp endpoint\",\"data\":{\"line_number\":%d,\"error_message\":\"bad\"}}"
                  .formatted(bad.get(0) + 1));
      case LINE ->
          Answer.of(
              400,
              "{\"code\":\"invalid\",\"message\":\"failed to parse line protocol: bad\",\"line\":%d,\"errorId\":\"1\"}"
                  .formatted(bad.get(0) + 1));
      case SILENT -> Answer.v2(400, "invalid", "something is bad");
      case SMALL -> Answer.of(413, "<html>Request Entity Too Large</html>");
    };
  }

  private static String named(List<String> lines, List<Integer> bad) {
    return bad.stream()
        .map(i -> "unable to parse '" + lines.get(i) + "': invalid number")
        .collect(Collectors.joining("\n"));
  }

  private static Answer conflict(int dropped) {
    return Answer.v2(
        422,
        "unprocessable entity",
        "failure writing points to database: partial write: field type conflict: input field"
            + " \"score\" on measurement \"calls\" is type integer, already exists as type float"
            + " dropped="
            + dropped);
  }

  static Stream<Arguments> hunts() {
    List<Arguments> hunts = new ArrayList<>();
    for (Store store : Store.values()) {
      if (store != Store.SMALL) {
        hunts.add(Arguments.of(store, "one", List.of(2_345)));
        hunts.add(Arguments.of(store, "the ends", List.of(0, ROWS - 1)));
        hunts.add(
            Arguments.of(store, "twenty", IntStream.range(0, 20).mapToObj(i -> i * 241).toList()));
        hunts.add(Arguments.of(store, "a run", IntStream.range(1_000, 1_300).boxed().toList()));
      }
    }
    return hunts.stream();
  }

  /**
   * Requests allowed for {@code bad} rows of 5,000: two for each level of halves to each of them.
   */
  private static int bound(int bad) {
    return 4 + bad * 2 * 13;
  }

  @ParameterizedTest
  @MethodSource("hunts")
  void badRowsAreFoundExactlyAndTheOthersStored(Store store, String name, List<Integer> bad)
      throws Exception {
    Set<Integer> wanted = new TreeSet<>(bad);
    PointBatch batch = Batches.of(ROWS, wanted::contains);
    try (Connected server = connect(r -> take(store, r))) {
      Outcome outcome = Batches.write(server.sink(), batch);

      assertThat(Batches.rejectedRows(outcome)).isEqualTo(wanted);
      assertThat(((Outcome.Rejected) outcome).rows()).hasSize(wanted.size());
      assertStored(batch, i -> !wanted.contains(i));
      assertThat(server.requests()).isLessThanOrEqualTo(bound(bad.size()));
      assertThat(context.recordedMeters().count("rejected_rows")).isEqualTo(wanted.size());
    }
  }

  @ParameterizedTest
  @MethodSource("costs")
  void whatTheServerSaysSavesRequests(Store store, int bad, int requests) throws Exception {
    PointBatch batch = Batches.of(ROWS, i -> i < bad);
    try (Connected server = connect(r -> take(store, r))) {
      assertThat(Batches.rejectedRows(Batches.write(server.sink(), batch))).hasSize(bad);
      assertThat(server.requests()).isLessThanOrEqualTo(requests);
    }
  }

  static Stream<Arguments> costs() {
    return Stream.of(
        Arguments.of(Store.V2_PARSE, 50, 2),
        Arguments.of(Store.V2_PARSE, ROWS, 1),
        Arguments.of(Store.V1_PARSE, 50, 2),
        Arguments.of(Store.CONFLICT, 50, 3),
        Arguments.of(Store.CONFLICT, ROWS, 1),
        Arguments.of(Store.V3, 50, 1),
        Arguments.of(Store.V3, 350, 4),
        Arguments.of(Store.V3, ROWS, ROWS / 100 + 1),
        Arguments.of(Store.LINE, 5, 6));
  }

  @ParameterizedTest
  @MethodSource("silentStores")
  void batchOfBadRowsOnlyIsRejectedWhole(Store store) throws Exception {
    PointBatch batch = Batches.of(600, i -> true);
    try (Connected server = connect(r -> take(store, r))) {
      assertThat(Batches.rejectedRows(Batches.write(server.sink(), batch))).hasSize(600);
      assertThat(server.requests()).isLessThanOrEqualTo(2 * 600);
    }
  }

  static Stream<Store> silentStores() {
    return Stream.of(Store.SILENT, Store.LINE, Store.V3_WHOLE, Store.CONFLICT_MISCOUNTED);
  }

  @Test
  void batchThatIsTooLargeIsHalvedUntilItFits() throws Exception {
    PointBatch batch = Batches.good(300);
    try (Connected server = connect(r -> take(Store.SMALL, r))) {
      assertThat(Batches.write(server.sink(), batch)).isEqualTo(Outcome.DONE);
      assertStored(batch, i -> true);
      assertThat(context.recordedMeters().count("bisections")).isPositive();
    }
  }

  @Test
  void rowsThatAreBadOnlyAtTimesAreStoredOrRejectedButNeverBoth() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    PointBatch batch = Batches.of(200, i -> i % 40 == 0);
    try (Connected server =
        connect(r -> calls.getAndIncrement() % 3 == 0 ? take(Store.SILENT, r) : always(r))) {
      Set<Integer> rejected = Batches.rejectedRows(Batches.write(server.sink(), batch));
      for (int row = 0; row < batch.size(); row++) {
        boolean isStored = stored.contains(batch.line(row));
        assertThat(isStored).isNotEqualTo(rejected.contains(row));
      }
    }
  }

  private Answer always(Received request) {
    stored.addAll(request.lines());
    return Answer.stored();
  }

  @Test
  void quotedLineThatIsInTheBatchTwiceIsRejectedTwice() throws Exception {
    PointBatch batch = twins();
    try (Connected server = connect(r -> take(Store.V2_PARSE, r))) {
      assertThat(Batches.rejectedRows(Batches.write(server.sink(), batch))).containsExactly(0, 1);
    }
  }

  private static PointBatch twins() {
    PointBatch one = Batches.of(1, i -> true);
    io.modelvane.spi.PointBatchBuilder builder = new io.modelvane.spi.PointBatchBuilder();
    builder.copyRow(one, 0);
    builder.copyRow(one, 0);
    builder.copyRow(Batches.good(1), 0);
    return builder.build();
  }

  @Test
  void failureInTheMiddleOfAHuntKeepsTheWholeBatch() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    PointBatch batch = Batches.of(ROWS, i -> i == 77);
    try (Connected server =
        connect(r -> calls.incrementAndGet() == 9 ? Answer.of(503, "") : take(Store.SILENT, r))) {
      assertThat(Batches.write(server.sink(), batch).kind()).isEqualTo(Outcome.Kind.RETRYABLE);
      assertThat(Batches.rejectedRows(Batches.write(server.sink(), batch))).containsExactly(77);
      assertStored(batch, i -> i != 77);
    }
  }

  @Test
  void writingTheBatchAgainDuringAHuntJoinsIt() throws Exception {
    CountDownLatch reached = new CountDownLatch(5);
    CountDownLatch go = new CountDownLatch(1);
    PointBatch batch = Batches.of(ROWS, i -> i == 4_000);
    try (Connected server =
        connect(
            r -> {
              reached.countDown();
              if (reached.getCount() == 0) {
                await(go);
              }
              return take(Store.SILENT, r);
            })) {
      var first = server.sink().write(batch);
      await(reached);
      var second = server.sink().write(batch);
      go.countDown();

      assertThat(Batches.rejectedRows(first.toCompletableFuture().get())).containsExactly(4_000);
      assertThat(Batches.rejectedRows(second.toCompletableFuture().get())).containsExactly(4_000);
      assertThat(server.requests()).isLessThanOrEqualTo(bound(1));
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, java.util.concurrent.TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException interrupted) {
      throw new AssertionError(interrupted);
    }
  }

  @Test
  void rowThatBreaksTheServerIsHeldAloneOnceItHasBrokenItThreeTimes() throws Exception {
    PointBatch batch = Batches.of(ROWS, i -> i == 1_234);
    try (Connected server = connect(this::breaking)) {
      for (int attempt = 0; attempt < 3; attempt++) {
        assertThat(Batches.write(server.sink(), batch).kind()).isEqualTo(Outcome.Kind.RETRYABLE);
        assertThat(stored).isEmpty();
      }
      Outcome held = Batches.write(server.sink(), batch);

      assertThat(held.kind()).isEqualTo(Outcome.Kind.RETRYABLE);
      assertThat(held.reason()).contains("only 1 row", "calls,model=fraud", "panic");
      assertStored(batch, i -> i != 1_234);
      assertThat(context.recordedMeters().count("rejected_rows")).isZero();
    }
  }

  private Answer breaking(Received request) {
    if (request.lines().stream().anyMatch(HuntTest::isBad)) {
      return Answer.v2(500, "internal error", "panic");
    }
    return always(request);
  }

  @Test
  void serverThatIsAltogetherBrokenIsNotFloodedWithHalves() throws Exception {
    PointBatch batch = Batches.good(ROWS);
    try (Connected server = connect(r -> Answer.v2(500, "internal error", "panic"))) {
      for (int attempt = 0; attempt < 5; attempt++) {
        assertThat(Batches.write(server.sink(), batch).kind()).isEqualTo(Outcome.Kind.RETRYABLE);
      }
      assertThat(server.requests()).isLessThanOrEqualTo(3 + 2 * 20);
    }
  }

  @Test
  void noRowIsBlamedWhileAServerStoresNothing() throws Exception {
    PointBatch batch = Batches.good(2);
    try (Connected server = connect(r -> Answer.v2(500, "internal error", "no space left"))) {
      for (int attempt = 0; attempt < 5; attempt++) {
        assertThat(Batches.write(server.sink(), batch).reason())
            .contains("no space left")
            .doesNotContain("only", "is stored");
      }
    }
  }

  @Test
  void reasonOfARejectionIsTheServersOwnAndShort() throws Exception {
    PointBatch batch = Batches.of(3, i -> i == 1);
    String padding = "x".repeat(5_000);
    try (Connected server =
        connect(
            r ->
                r.lines().stream().anyMatch(HuntTest::isBad)
                    ? Answer.v2(400, "invalid", "too odd: " + padding)
                    : always(r))) {
      Outcome.Rejected outcome = (Outcome.Rejected) Batches.write(server.sink(), batch);
      assertThat(outcome.rows())
          .singleElement()
          .extracting(RowRejection::reason)
          .asString()
          .startsWith("too odd: xxx")
          .hasSizeLessThan(600);
    }
  }

  private void assertStored(PointBatch batch, IntPredicate expected) {
    Set<String> wanted =
        IntStream.range(0, batch.size())
            .filter(expected)
            .mapToObj(batch::line)
            .collect(Collectors.toSet());
    assertThat(stored.equals(wanted)).as("stored exactly the good rows").isTrue();
  }

  /** A started sink and its server. */
  private record Connected(ScriptedServer server, InfluxSink sink) implements AutoCloseable {
    int requests() {
      return server.received().size();
    }

    @Override
    public void close() {
      sink.stop();
      server.close();
    }
  }

  private Connected connect(Function<Received, Answer> script) throws Exception {
    ScriptedServer server = ScriptedServer.of(script);
    InfluxSink sink = new InfluxSink(Settings.of(server.url()).make(), context);
    sink.start();
    return new Connected(server, sink);
  }
}
