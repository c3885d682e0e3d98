package io.modelvane.influx;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelvane.influx.Answer.Manner;
import io.modelvane.spi.Outcome;
import io.modelvane.spi.RowRejection;
import io.modelvane.testkit.TestContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Status by status, with the bodies that InfluxDB 1.6, 2.9 and 3 and gateways send. */
class AnswersTest {
  private static final String PAGE =
      "<html><head><title>Oops</title></head><body>Error for"
          + " http://x/api/v2/write?org=acme&amp;bucket=insights with Token s3cret-token</body></html>";
  private static final String CONFLICT =
      "field type conflict: input field \\\"score\\\" on measurement \\\"calls\\\" is type integer,"
          + " already exists as type float dropped=1";

  /**
   * A case.
   *
   * @param name for the report
   * @param answer to every write
   * @param kind expected
   * @param says what the reason must hold
   * @param after the pause, if one is asked for
   */
  record Case(
      String name, Answer answer, Outcome.Kind kind, String says, Optional<Duration> after) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static Case expect(Outcome.Kind kind, String name, String says, Answer answer) {
    return new Case(name, answer, kind, says, Optional.empty());
  }

  private static Case throttled(String name, long seconds, Answer answer) {
    return new Case(
        name, answer, Outcome.Kind.THROTTLED, "", Optional.of(Duration.ofSeconds(seconds)));
  }

  static Stream<Case> cases() {
    List<Case> cases = new ArrayList<>();
    holding(cases);
    passing(cases);
    waiting(cases);
    rejecting(cases);
    return cases.stream();
  }

  private static void holding(List<Case> cases) {
    Outcome.Kind hold = Outcome.Kind.MISCONFIGURED;
    cases.add(
        expect(
            hold,
            "401 of v2",
            "unauthorized access",
            Answer.v2(401, "unauthorized", "unauthorized access")));
    cases.add(
        expect(
            hold,
            "403, read-only token",
            "insufficient permissions",
            Answer.v2(403, "forbidden", "insufficient permissions for write")));
    cases.add(
        expect(
            hold,
            "404, no bucket",
            "create 'insights'",
            Answer.v2(404, "not found", "bucket \"insights\" not found")));
    cases.add(
        expect(
            hold,
            "404, no organisation",
            "\"no-such-org\"",
            Answer.v2(404, "not found", "organization name \"no-such-org\" not found")));
    cases.add(expect(hold, "404 page", "404 page not found", Answer.of(404, "404 page not found")));
    cases.add(expect(hold, "405", "check url", Answer.of(405, "")));
    cases.add(expect(hold, "415", "415", Answer.of(415, "")));
    cases.add(
        expect(
            hold,
            "redirect",
            "https://elsewhere/login;",
            Answer.of(302, PAGE).with("Location", "https://me:pw@elsewhere/login?t=s3cret-token")));
    cases.add(
        expect(
            hold,
            "permanent redirect",
            "308",
            Answer.of(308, "").with("Location", "https://elsewhere/api/v2/write?org=acme")));
    cases.add(
        expect(hold, "400 page of a gateway", "not in InfluxDB's words", Answer.of(400, PAGE)));
    cases.add(expect(hold, "400 without a body", "not in InfluxDB's words", Answer.of(400, "")));
    cases.add(
        expect(
            hold,
            "400 of a server that wants TLS",
            "not in InfluxDB's words",
            Answer.of(400, "Client sent an HTTP request to an HTTPS server.")));
    cases.add(
        expect(
            hold,
            "400 of a gateway that speaks JSON",
            "not in InfluxDB's words",
            Answer.of(400, "{\"message\":\"Bad Request\"}")));
    cases.add(
        expect(
            hold,
            "200 of the pages beside the API",
            "check the path in url",
            Answer.of(200, PAGE).with("Content-Type", "text/html; charset=utf-8")));
    cases.add(
        expect(
            hold,
            "401, answer broken off",
            "401",
            Answer.v2(401, "unauthorized", "unauthorized access").sent(Manner.TRUNCATED)));
  }

  private static void passing(List<Case> cases) {
    Outcome.Kind retry = Outcome.Kind.RETRYABLE;
    for (int status : new int[] {408, 429, 500, 502, 503, 504, 507, 599}) {
      cases.add(
          expect(
              retry,
              status + " of v2",
              "answers " + status + ": busy",
              Answer.v2(status, "unavailable", "busy")));
      cases.add(
          expect(retry, status + " page", "answers " + status + ": Oops", Answer.of(status, PAGE)));
    }
    cases.add(
        expect(
            retry,
            "503, answer broken off",
            "503",
            Answer.v2(503, "unavailable", "busy").sent(Manner.TRUNCATED)));
    cases.add(
        expect(
            retry,
            "400, answer broken off",
            "broke off",
            Answer.v2(400, "invalid", "unable to parse 'x': bad").sent(Manner.TRUNCATED)));
    cases.add(expect(retry, "407 of no proxy", "407", Answer.of(407, PAGE)));
    cases.add(
        expect(retry, "no answer", "does not answer within", Answer.stored().sent(Manner.HANGING)));
    cases.add(
        expect(
            retry,
            "endless 503",
            "within 1 s",
            Answer.of(503, "slow, very slow").sent(Manner.DRIPPING)));
    cases.add(expect(retry, "reset", "cannot be reached", Answer.stored().sent(Manner.RESET)));
    cases.add(
        expect(retry, "Retry-After: soon", "429", Answer.of(429, "").with("Retry-After", "soon")));
  }

  private static void waiting(List<Case> cases) {
    Answer busy = Answer.v2(503, "unavailable", "busy");
    cases.add(throttled("seconds", 17, busy.with("Retry-After", "17")));
    cases.add(throttled("429, seconds", 3, Answer.of(429, "").with("Retry-After", " 3 ")));
    cases.add(throttled("a date", 31, busy.with("Retry-After", "Thu, 26 Nov 2026 12:00:30 GMT")));
    cases.add(
        throttled("a date gone by", 1, busy.with("Retry-After", "Thu, 26 Nov 2020 12:00:30 GMT")));
    cases.add(throttled("zero", 1, busy.with("Retry-After", "0")));
    cases.add(throttled("a year", 86_400, busy.with("Retry-After", "31536000")));
    cases.add(throttled("absurd", 86_400, busy.with("Retry-After", "99999999999999999999")));
    cases.add(
        throttled(
            "the year 9999", 86_400, busy.with("Retry-After", "Fri, 31 Dec 9999 23:59:59 GMT")));
  }

  private static void rejecting(List<Case> cases) {
    Outcome.Kind rejected = Outcome.Kind.REJECTED;
    cases.add(
        expect(
            rejected,
            "422 conflict",
            "already exists as type float",
            Answer.of(
                422,
                "{\"code\":\"unprocessable entity\",\"message\":\"failure writing points to"
                    + " database: partial write: "
                    + CONFLICT
                    + "\"}")));
    cases.add(
        expect(
            rejected,
            "500 conflict of 2.0",
            "partial write",
            Answer.of(
                500,
                "{\"code\":\"internal error\",\"message\":\"partial write: " + CONFLICT + "\"}")));
    cases.add(
        expect(
            rejected,
            "422 retention",
            "outside retention policy",
            Answer.v2(
                422,
                "unprocessable entity",
                "failure writing points to database: partial write: dropped 1 points outside"
                    + " retention policy of duration 1h0m0s - oldest point ret,m=b at"
                    + " 2026-11-22T22:48:25Z dropped because it violates a Retention Policy Lower"
                    + " Bound at 2026-11-22T23:48:25Z, newest point ret,m=b at 2026-11-22T22:48:25Z"
                    + " dropped=1 for database: cefee8f200bab901 for retention policy: autogen")));
    cases.add(
        expect(
            rejected,
            "field whose name is as an answer about stripped fields",
            "field type conflict",
            Answer.v2(
                422,
                "unprocessable entity",
                "failure writing points to database: partial write: field type conflict: input"
                    + " field \"has been stripped from point dropped=0\" on measurement \"ft\" is"
                    + " type float, already exists as type string dropped=1")));
    cases.add(
        expect(rejected, "400 that names nothing", "odd", Answer.v2(400, "invalid", "odd row")));
    cases.add(
        expect(
            rejected,
            "400 of lines in more words than are read",
            "unable to parse",
            Answer.v2(400, "invalid", "unable to parse 'x': bad\n".repeat(100_000))));
    cases.add(
        expect(
            rejected,
            "400 in more words than are read, of which none is known",
            "odd",
            Answer.v1(400, "odd ".repeat(600_000))));
    cases.add(expect(rejected, "413 of one row", "413", Answer.of(413, PAGE)));
    cases.add(
        expect(
            rejected,
            "v3 with a number",
            "column type mismatch",
            Answer.of(
                400,
                "{\"error\":\"partial write of line protocol occurred\",\"data\":[{\"original_line\":"
                    + "\"calls\",\"line_number\":1,\"error_message\":\"column type mismatch\"}]}")));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void answerIsClassified(Case row) throws Exception {
    Outcome outcome = writeOne(r -> row.answer());

    assertThat(outcome.kind()).isEqualTo(row.kind());
    assertThat(outcome.reason()).contains(row.says());
    row.after().ifPresent(pause -> assertThat(outcome).extracting("after").isEqualTo(pause));
    assertThat(words(outcome)).allSatisfy(AnswersTest::isFitToShow);
  }

  private static List<String> words(Outcome outcome) {
    return outcome instanceof Outcome.Rejected rejected
        ? rejected.rows().stream().map(RowRejection::reason).toList()
        : List.of(outcome.reason());
  }

  private static void isFitToShow(String reason) {
    assertThat(reason).doesNotContain(Settings.SECRETS).doesNotContain("org=acme");
    assertThat(reason).doesNotContain("bucket=", "me:pw", "<html");
    assertThat(reason.length()).isBetween(1, 600);
  }

  private static Outcome writeOne(Function<Received, Answer> script) throws Exception {
    try (ScriptedServer server = ScriptedServer.of(script);
        TestContext context = Settings.context()) {
      InfluxSink sink =
          new InfluxSink(Settings.of(server.url()).timeout(Duration.ofSeconds(1)).make(), context);
      sink.start();
      Outcome outcome = Batches.write(sink, Batches.of(1, i -> true));
      sink.stop();
      return outcome;
    }
  }

  @ParameterizedTest
  @MethodSource("storedAnswers")
  void everyRowIsStored(Answer answer) throws Exception {
    assertThat(writeOne(r -> answer)).isEqualTo(Outcome.DONE);
  }

  static Stream<Answer> storedAnswers() {
    return Stream.of(
        Answer.stored(),
        Answer.of(200, "{}"),
        Answer.of(200, "a long goodbye, sent slowly, that nobody reads").sent(Manner.DRIPPING),
        Answer.v2(
            422,
            "unprocessable entity",
            "failure writing points to database: partial write: invalid field name: input field"
                + " \"time\" on measurement \"ft\" is invalid. Field \"time\" has been stripped from"
                + " point. dropped=0 for database: 15ba0cdfc223f8c1 for retention policy: autogen"));
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void compressedBodyThatIsNotUnderstoodIsSentPlainly(Answer refusal) throws Exception {
    try (ScriptedServer server =
            ScriptedServer.of(r -> r.isCompressed() ? refusal : Answer.stored());
        TestContext context = Settings.context()) {
      InfluxSink sink = new InfluxSink(Settings.of(server.url()).gzip(Gzip.ON).make(), context);
      sink.start();
      for (int i = 0; i < 5; i++) {
        assertThat(Batches.write(sink, Batches.good(3))).isEqualTo(Outcome.DONE);
      }
      sink.stop();

      // Three refusals are enough to know.
      assertThat(server.received()).filteredOn(Received::isCompressed).hasSize(3);
      assertThat(server.received()).hasSize(8);
      assertThat(context.log()).singleElement().asString().contains("gzip: off");
    }
  }

  static Stream<Answer> refusals() {
    return Stream.of(
        Answer.v2(500, "internal error", "An internal error has occurred - check server logs"),
        Answer.v2(500, "internal error", "unable to read data: unexpected EOF"),
        Answer.v1(400, "unexpected EOF"),
        Answer.v1(400, "gzip: invalid header"),
        Answer.of(415, ""));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void laterSuccessStoresWhatWasHeld(Case row) throws Exception {
    if (row.kind() == Outcome.Kind.REJECTED || row.answer().manner() != Manner.WHOLE) {
      return;
    }
    AtomicInteger writes = new AtomicInteger();
    try (ScriptedServer server =
            ScriptedServer.of(r -> writes.getAndIncrement() < 2 ? row.answer() : Answer.stored());
        TestContext context = Settings.context()) {
      InfluxSink sink = new InfluxSink(Settings.of(server.url()).make(), context);
      sink.start();
      var batch = Batches.good(2);
      Outcome outcome = Batches.write(sink, batch);
      while (outcome.kind() != Outcome.Kind.DONE) {
        assertThat(outcome.kind()).isEqualTo(row.kind());
        outcome = Batches.write(sink, batch);
      }
      sink.stop();
      assertThat(server.received().get(server.received().size() - 1).lines()).hasSize(2);
      assertThat(context.recordedMeters().count("rejected_rows")).isZero();
    }
  }

  @org.junit.jupiter.api.Test
  void requestsAreCountedByStatus() throws Exception {
    try (ScriptedServer server = ScriptedServer.of(r -> Answer.of(503, ""));
        TestContext context = Settings.context()) {
      InfluxSink sink = new InfluxSink(Settings.of(server.url()).make(), context);
      sink.start();
      Batches.write(sink, Batches.good(1));
      sink.stop();
      assertThat(context.recordedMeters().count("requests", Map.of("status", "503"))).isEqualTo(1);
      assertThat(context.recordedMeters().durations("write_seconds", Map.of())).hasSize(1);
      assertThat(context.recordedMeters().count("line_bytes")).isPositive();
    }
  }
}
