package io.modelvane.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelvane.spi.Delivery;
import io.modelvane.spi.Notifier;
import io.modelvane.spi.Outcome;
import io.modelvane.spi.Outcome.Kind;
import io.modelvane.testkit.ScriptedServer.Answer;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * What every notifier that speaks HTTP promises: how it reads status codes, {@code Retry-After} and
 * broken connections; that it follows no redirect and repeats no secret that an answer holds; that
 * a failure says where it was, and what to do where the operator has to do something.
 *
 * <pre>{@code
 * final class PagerContractTest implements HttpNotifierContract {
 *   public Notifier notifier(TestContext context, URI server, Duration timeout) { ... }
 *   public ScriptedServer.Script vendor() { ... 202, or 400 saying what is invalid }
 *   public List<String> secrets() { return List.of("the-key"); }
 * }
 * }</pre>
 */
public interface HttpNotifierContract extends NotifierContract {
  /**
   * A notifier.
   *
   * @param server the vendor's host; a path may be added
   * @param timeout of a call
   */
  Notifier notifier(TestContext context, URI server, Duration timeout);

  /** Answers as the vendor does, and refuses what the vendor would refuse. */
  ScriptedServer.Script vendor();

  /** Status codes that this vendor means differently than most do. */
  default Map<Integer, Kind> exceptions() {
    return Map.of();
  }

  /** What a 200 without a body means. */
  default Kind emptyAnswer() {
    return Kind.DONE;
  }

  /** OkHttp keeps these for the whole process, and lets them end when they are idle. */
  @Override
  default boolean isSharedThread(String name) {
    return name.startsWith("OkHttp TaskRunner") || name.startsWith("Okio Watchdog");
  }

  @Override
  default HttpOutside outside() throws IOException {
    return new HttpOutside(this);
  }

  /** The status-code table. */
  private Map<Integer, Kind> table() {
    Map<Integer, Kind> kinds = new LinkedHashMap<>();
    List.of(200, 201, 202, 204).forEach(code -> kinds.put(code, Kind.DONE));
    List.of(301, 302, 307, 308).forEach(code -> kinds.put(code, Kind.MISCONFIGURED));
    List.of(401, 403, 404, 405, 410).forEach(code -> kinds.put(code, Kind.MISCONFIGURED));
    List.of(400, 413, 422).forEach(code -> kinds.put(code, Kind.REJECTED));
    List.of(408, 500, 501, 502, 503, 504).forEach(code -> kinds.put(code, Kind.RETRYABLE));
    kinds.put(429, Kind.THROTTLED);
    kinds.putAll(exceptions());
    return kinds;
  }

  @TestFactory
  default Stream<DynamicTest> each_status_code_means_what_it_should() {
    return table().entrySet().stream()
        .map(
            row ->
                DynamicTest.dynamicTest(
                    row.getKey() + " is " + row.getValue(),
                    () -> means(row.getKey(), row.getValue())));
  }

  private void means(int status, Kind kind) throws Exception {
    try (HttpOutside outside = outside();
        TestContext context = newContext()) {
      outside.server().script(request -> telltale(request, status));
      Notifier notifier = outside.component(context);
      Delivery delivery = notifier.deliver(Samples.notification().build());
      assertThat(delivery.outcome().kind()).as(delivery.outcome().reason()).isEqualTo(kind);
      assertThat(delivery.statusCode()).hasValue(status);
      assertThat(outside.server().requests()).as("redirects are not followed").hasSize(1);
      assertHelpful(delivery);
      assertSilent(delivery, context);
      notifier.stop();
    }
  }

  /** A reason says where, and to whom the operator must turn. */
  private static void assertHelpful(Delivery delivery) {
    String reason = delivery.outcome().reason();
    switch (delivery.outcome().kind()) {
      case DONE -> assertThat(reason).isEmpty();
      case MISCONFIGURED, FATAL ->
          assertThat(reason).contains("127.0.0.1").containsPattern("\\b(check|correct) ");
      case RETRYABLE, THROTTLED, REJECTED -> assertThat(reason).contains("127.0.0.1");
    }
  }

  /** A success as the vendor says it, or a failure that repeats everything it was told. */
  private Answer telltale(ScriptedServer.Request request, int status) {
    if (status < 300) {
      return Answer.of(status, status == 204 ? "" : vendor().answer(request).body());
    }
    String everything = request.target() + " " + request.headers() + " " + secrets();
    Answer answer = Answer.of(status, "no: " + everything + request.body());
    return status < 400 ? answer.with("Location", "/elsewhere") : answer;
  }

  @TestFactory
  default Stream<DynamicTest> retry_after_is_heeded_when_it_makes_sense() {
    String date =
        DateTimeFormatter.RFC_1123_DATE_TIME.format(
            Samples.NOW.plusSeconds(90).atOffset(ZoneOffset.UTC));
    String past =
        DateTimeFormatter.RFC_1123_DATE_TIME.format(
            Samples.NOW.minusSeconds(90).atOffset(ZoneOffset.UTC));
    Map<String, Duration> cases = new LinkedHashMap<>();
    cases.put("7", Duration.ofSeconds(7));
    cases.put("0", Duration.ZERO);
    cases.put(date, Duration.ofSeconds(90));
    cases.put(past, Duration.ZERO);
    cases.put("999999999", Duration.ofHours(1));
    cases.put("99999999999999999999999", Duration.ofHours(1));
    List.of("soon", "-5", "1.5", "").forEach(text -> cases.put(text, Duration.ofSeconds(30)));
    return Stream.of(429, 503)
        .flatMap(
            status ->
                cases.entrySet().stream()
                    .map(
                        row ->
                            DynamicTest.dynamicTest(
                                "%d and '%s'".formatted(status, row.getKey()),
                                () -> waits(status, row.getKey(), row.getValue()))));
  }

  private void waits(int status, String retryAfter, Duration pause) throws Exception {
    AtomicInteger attempts = new AtomicInteger();
    Answer answer = Answer.of(status, "").with("Retry-After", retryAfter);
    Delivery delivery =
        delivery(
            outside -> {
              outside.server().script(request -> counted(attempts, answer));
              return outside.url();
            });
    assertThat(attempts).as("one call is one attempt").hasValue(1);
    assertThat(delivery.outcome()).isInstanceOf(Outcome.Throttled.class);
    assertThat(((Outcome.Throttled) delivery.outcome()).after()).isEqualTo(pause);
  }

  private static Answer counted(AtomicInteger attempts, Answer answer) {
    attempts.incrementAndGet();
    return answer;
  }

  private static URI answering(HttpOutside outside, Answer answer) {
    outside.server().script(request -> answer);
    return outside.url();
  }

  /** What comes of one delivery to a URL of the outside. */
  private Delivery delivery(Function<HttpOutside, URI> where) throws Exception {
    return delivery(where, HttpOutside.PATIENT);
  }

  private Delivery delivery(Function<HttpOutside, URI> where, Duration timeout) throws Exception {
    try (HttpOutside outside = outside();
        TestContext context = newContext()) {
      Notifier notifier = notifier(context, where.apply(outside), timeout);
      long before = System.nanoTime();
      Delivery delivery = notifier.deliver(Samples.notification().build());
      assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(timeout.plus(GRACE));
      assertSilent(delivery, context);
      notifier.stop();
      return delivery;
    }
  }

  @Test
  default void a_connection_that_is_reset_before_the_answer_is_tried_again() throws Exception {
    Delivery delivery = delivery(outside -> outside.resettingAfter(0));
    assertThat(delivery.outcome().kind()).isEqualTo(Kind.RETRYABLE);
    assertThat(delivery.statusCode()).isEmpty();
    assertThat(delivery.sent()).as("it may have arrived").isTrue();
  }

  @Test
  default void an_answer_that_breaks_off_is_success_or_tried_again_but_never_given_up()
      throws Exception {
    Delivery delivery =
        delivery(
            outside -> {
              answering(outside, Answer.of(200, "x".repeat(100_000)));
              return outside.resettingAfter(4_000);
            });
    assertThat(delivery.outcome().kind()).isIn(Kind.DONE, Kind.RETRYABLE);
  }

  @Test
  default void plain_text_where_tls_is_expected_is_for_the_operator() throws Exception {
    try (Greeter plain = Greeter.saying("HTTP/1.1 400 Bad Request\r\n\r\n")) {
      URI url = URI.create("https://127.0.0.1:" + plain.port());
      assertThatTlsFailed(delivery(outside -> url));
    }
  }

  @Test
  default void a_certificate_that_nobody_vouches_for_is_for_the_operator() throws Exception {
    try (ScriptedServer server =
        ScriptedServer.secured(Certificate.ofThisMachine().server(), vendor())) {
      assertThatTlsFailed(delivery(outside -> server.url("/")));
      assertThat(server.requests()).as("what an impostor gets to see").isEmpty();
    }
  }

  private static void assertThatTlsFailed(Delivery delivery) {
    assertThat(delivery.outcome().kind()).isEqualTo(Kind.MISCONFIGURED);
    assertThat(delivery.outcome().reason()).contains("TLS", "127.0.0.1", "check the URL");
    assertThat(delivery.sent()).isFalse();
  }

  @Test
  default void a_redirect_tells_another_host_nothing() throws Exception {
    try (ScriptedServer another = ScriptedServer.answering(vendor())) {
      for (int status : List.of(301, 302, 303, 307, 308)) {
        Answer elsewhere =
            Answer.of(status, "").with("Location", another.url("/v2/enqueue").toString());
        Delivery delivery = delivery(outside -> answering(outside, elsewhere));
        assertThat(delivery.outcome().kind()).isEqualTo(Kind.MISCONFIGURED);
        assertThat(delivery.outcome().reason()).contains("127.0.0.1", "correct the URL");
      }
      assertThat(another.requests()).isEmpty();
    }
  }

  @Test
  default void a_host_that_nobody_knows_is_told_nothing_and_tried_again() throws Exception {
    Delivery delivery = delivery(outside -> URI.create("http://nobody.invalid"));
    assertThat(delivery.outcome().kind()).isEqualTo(Kind.RETRYABLE);
    assertThat(delivery.outcome().reason()).contains("nobody.invalid", "check the URL");
    assertThat(delivery.sent()).isFalse();
  }

  @Test
  default void what_is_no_http_is_tried_again_and_says_so() throws Exception {
    try (Greeter other = Greeter.saying("220 mail.example.com ESMTP\r\n")) {
      URI url = URI.create("http://127.0.0.1:" + other.port());
      Delivery delivery = delivery(outside -> url);
      assertThat(delivery.outcome().kind()).isEqualTo(Kind.RETRYABLE);
      assertThat(delivery.outcome().reason()).contains("127.0.0.1", "check the URL");
    }
  }

  @Test
  default void an_answer_that_drips_costs_no_more_than_the_timeout() throws Exception {
    Answer slow = Answer.of(200, "y".repeat(1_000)).dripping(Duration.ofMillis(50));
    assertThat(delivery(outside -> answering(outside, slow), TIMEOUT).outcome().kind())
        .isIn(Kind.DONE, Kind.RETRYABLE);
  }

  @Test
  default void a_huge_answer_is_read_in_part() throws Exception {
    Answer huge = Answer.of(500, "z".repeat(8_000_000));
    Delivery delivery = delivery(outside -> answering(outside, huge));
    assertThat(delivery.outcome().kind()).isEqualTo(Kind.RETRYABLE);
    assertThat(delivery.answer()).hasSizeLessThanOrEqualTo(1_024);
    assertThat(delivery.outcome().reason()).hasSizeLessThanOrEqualTo(1_024);
  }

  @Test
  default void an_empty_answer_is_read_by_its_status() throws Exception {
    assertThat(delivery(outside -> answering(outside, Answer.of(200, ""))).outcome().kind())
        .isEqualTo(emptyAnswer());
    assertThat(delivery(outside -> answering(outside, Answer.of(500, ""))).outcome().kind())
        .isEqualTo(Kind.RETRYABLE);
  }
}
