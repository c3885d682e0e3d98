package io.modelvane.engine.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.modelvane.spi.ApiHandler;
import io.modelvane.spi.ApiRequest;
import io.modelvane.spi.ApiResponse;
import io.modelvane.spi.ComponentException;
import io.modelvane.spi.Outcome;
import io.modelvane.spi.Secret;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is answered by the API, and what limits it sets. */
class ApiServerTest {
  private static final String TOKEN = "sesame-open-0815-4711";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private final ApiRoutes routes = new ApiRoutes();
  private final AtomicReference<@Nullable ApiRequest> seen = new AtomicReference<>();
  private @Nullable StatusServer server;

  private void start(boolean loopback, @Nullable String token, long limitMillis) throws Exception {
    ApiAccess access = new ApiAccess(loopback, Optional.ofNullable(token).map(Secret::of));
    server =
        StatusServer.start(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            new StatusServer.Sources(
                new HealthBoard(text -> text),
                new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
                text -> text,
                () -> true),
            new ApiServer(
                routes, access, text -> text.replace("hunter2hunter2", "****"), limitMillis));
  }

  private void start(boolean loopback, @Nullable String token) throws Exception {
    routes.serve("things", "one", this::things);
    start(loopback, token, 10_000);
  }

  private ApiResponse things(ApiRequest request) {
    seen.set(request);
    return request.method().equals("GET")
        ? ApiResponse.json(200, "{\"secret\":\"hunter2hunter2\"}")
        : ApiResponse.json(201, "{}").with("Location", "/api/v1/things/1");
  }

  @AfterEach
  void stop() {
    if (server != null) {
      server.close();
    }
  }

  private InetSocketAddress address() {
    return Objects.requireNonNull(server).address();
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + address().getPort() + path));
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return CLIENT.send(request.build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> get(String path) throws Exception {
    return send(request(path));
  }

  private HttpResponse<String> post(String path, String body, @Nullable String token)
      throws Exception {
    HttpRequest.Builder request =
        request(path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body));
    return send(token == null ? request : request.header("Authorization", "Bearer " + token));
  }

  private static JsonNode problem(HttpResponse<String> answer, int status) throws Exception {
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    JsonNode problem = JSON.readTree(answer.body());
    assertThat(problem.path("status").asInt()).isEqualTo(status);
    assertThat(problem.path("title").asText()).isNotBlank();
    return problem;
  }

  private static String detail(HttpResponse<String> answer, int status) throws Exception {
    return problem(answer, status).path("detail").asText();
  }

  @Test
  void onLoopbackEverybodyMayReadAndSecretsAreMasked() throws Exception {
    start(true, null);
    HttpResponse<String> answer = get("/api/v1/things/a%2Fb/c?x=1%262&component=one");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("{\"secret\":\"****\"}");
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
    assertThat(answer.headers().firstValue("Cache-Control")).hasValue("no-store");
    assertThat(seen.get())
        .isEqualTo(new ApiRequest("GET", List.of("a/b", "c"), Map.of("x", "1&2"), "", "127.0.0.1"));
  }

  @Test
  void withoutAConfiguredTokenNothingCanBeChangedAndTheAnswerSaysHowToAllowIt() throws Exception {
    start(true, null);
    assertThat(detail(post("/api/v1/things", "{}", null), 403)).contains("set 'http.token'");
    assertThat(detail(post("/api/v1/things", "{}", "anything"), 403)).contains("set 'http.token'");
    assertThat(detail(send(request("/api/v1/things/1").DELETE()), 403)).contains("turned off");
    assertThat(seen.get()).isNull();
  }

  @Test
  void onLoopbackChangesNeedTheToken() throws Exception {
    start(true, TOKEN);
    HttpResponse<String> refused = post("/api/v1/things", "{}", null);
    assertThat(detail(refused, 401)).contains("Authorization: Bearer");
    assertThat(refused.headers().firstValue("WWW-Authenticate")).hasValue("Bearer");
    assertThat(seen.get()).isNull();

    HttpResponse<String> done = post("/api/v1/things", "{\"a\":1}", TOKEN);
    assertThat(done.statusCode()).isEqualTo(201);
    assertThat(done.headers().firstValue("Location")).hasValue("/api/v1/things/1");
    assertThat(Objects.requireNonNull(seen.get()).body()).isEqualTo("{\"a\":1}");
    assertThat(get("/api/v1/things").statusCode()).isEqualTo(200);
  }

  @Test
  void elsewhereReadingNeedsTheTokenTooAndHealthDoesNot() throws Exception {
    start(false, TOKEN);
    assertThat(detail(get("/api/v1/things"), 401)).contains("Authorization");
    assertThat(detail(get("/api/v1/none"), 401)).doesNotContain("things");
    assertThat(
            send(request("/api/v1/things").header("Authorization", "bearer " + TOKEN)).statusCode())
        .isEqualTo(200);
    for (String path : List.of("/live", "/ready", "/metrics")) {
      assertThat(get(path).statusCode()).as(path).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Bearer",
        "Bearer ",
        "Bearer x",
        "Bearer " + TOKEN + "x",
        "Basic " + TOKEN,
        TOKEN,
        "Bearer sesame-open-0815-471"
      })
  void aWrongTokenIsRefusedWhateverItIsFor(String authorization) throws Exception {
    start(true, TOKEN);
    HttpResponse<String> answer =
        send(request("/api/v1/things").header("Authorization", authorization));
    assertThat(detail(answer, 401)).contains("not the token").doesNotContain("sesame");
    assertThat(answer.headers().firstValue("WWW-Authenticate").orElse(""))
        .contains("invalid_token");
  }

  @Test
  void twoAuthorizationsAreNone() throws Exception {
    start(true, TOKEN);
    String good = "Authorization: Bearer " + TOKEN;
    assertThat(RawHttp.ask(address(), "GET /api/v1/things", "Host: localhost", good))
        .startsWith("HTTP/1.1 200");
    assertThat(RawHttp.ask(address(), "GET /api/v1/things", "Host: localhost", good, good))
        .startsWith("HTTP/1.1 401");
  }

  @ParameterizedTest
  @CsvSource({
    "localhost,200",
    "LOCALHOST:9464,200",
    "127.0.0.1:1,200",
    "127.8.8.8,200",
    "[::1]:9464,200",
    "evil.example.com,403",
    "127.0.0.1.evil.example.com,403",
    "localhost.evil.com:9464,403",
    "10.0.0.1,403",
    "localhost@evil.com,403"
  })
  void withoutATokenOnlyItsOwnNamesAreAnswered(String host, int status) throws Exception {
    start(true, null);
    assertThat(RawHttp.ask(address(), "GET /api/v1/things", "Host: " + host))
        .startsWith("HTTP/1.1 " + status);
  }

  @Test
  void withTheTokenAnyNameWill() throws Exception {
    start(true, TOKEN);
    assertThat(
            RawHttp.ask(
                address(),
                "GET /api/v1/things",
                "Host: modelvane.example.com",
                "Authorization: Bearer " + TOKEN))
        .startsWith("HTTP/1.1 200");
  }

  @Test
  void aFormOfABrowserIsNoRequest() throws Exception {
    start(true, TOKEN);
    HttpResponse<String> answer =
        send(
            request("/api/v1/things")
                .header("Authorization", "Bearer " + TOKEN)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("a=1")));
    assertThat(detail(answer, 415)).contains("application/json");
    assertThat(seen.get()).isNull();
  }

  @Test
  void headIsGetWithoutABody() throws Exception {
    start(true, null);
    HttpResponse<String> answer =
        send(request("/api/v1/things").method("HEAD", BodyPublishers.noBody()));
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEmpty();
    assertThat(Objects.requireNonNull(seen.get()).method()).isEqualTo("GET");
  }

  @ParameterizedTest
  @ValueSource(strings = {"OPTIONS", "TRACE", "BREW"})
  void otherMethodsAreNotAllowed(String method) throws Exception {
    start(true, null);
    assertThat(RawHttp.ask(address(), method + " /api/v1/things", "Host: localhost"))
        .startsWith("HTTP/1.1 405")
        .contains("Allow: GET, HEAD, POST, DELETE");
    assertThat(RawHttp.ask(address(), method + " /live", "Host: localhost"))
        .startsWith("HTTP/1.1 405")
        .contains("Allow: GET, HEAD");
  }

  @Test
  void whatIsNotServedIsNamedBesideWhatIs() throws Exception {
    start(true, null);
    assertThat(detail(get("/api/v1/thing"), 404)).contains("there are things");
    assertThat(detail(get("/api/v1"), 404)).contains("there are things");
    assertThat(detail(get("/api/v2/things"), 404)).contains("/api/v1/");
    assertThat(detail(get("/apiary"), 404)).contains("/api/v1/");
    routes.withdraw("one");
    assertThat(detail(get("/api/v1/things"), 404)).contains("'alerting'");
  }

  @Test
  void ofSeveralComponentsOneHasToBeChosen() throws Exception {
    start(true, null);
    routes.serve("things", "two", request -> ApiResponse.json(200, "{\"of\":\"two\"}"));
    assertThat(detail(get("/api/v1/things"), 400)).contains("?component=NAME", "one, two");
    assertThat(get("/api/v1/things?component=two").body()).contains("two");
    assertThat(detail(get("/api/v1/things?component=three"), 404)).contains("one, two");
  }

  @ParameterizedTest
  @CsvSource({"?a=1&a=2,is given twice", "?%ff%=1,400 Bad Request"})
  void aQueryThatMakesNoSenseIsRefused(String query, String words) throws Exception {
    start(true, null);
    assertThat(RawHttp.ask(address(), "GET /api/v1/things" + query, "Host: localhost"))
        .startsWith("HTTP/1.1 400")
        .contains(words);
    assertThat(seen.get()).isNull();
  }

  @Test
  void aBodyThatIsTooLongIsRefusedBeforeItIsRead() throws Exception {
    start(true, TOKEN);
    String fits = "\"" + "x".repeat(ApiCall.MOST_BYTES - 2) + "\"";
    assertThat(post("/api/v1/things", fits, TOKEN).statusCode()).isEqualTo(201);
    try (RawHttp http = new RawHttp(address())) {
      http.send(
          "POST /api/v1/things HTTP/1.1",
          "Host: localhost",
          "Content-Type: application/json",
          "Content-Length: 99999999999",
          "Authorization: Bearer " + TOKEN,
          "",
          "");
      assertThat(http.firstLine()).startsWith("HTTP/1.1 413");
    }
  }

  @Test
  void aBodyOfUnknownLengthIsCutOff() throws Exception {
    start(true, TOKEN);
    try (RawHttp http = new RawHttp(address())) {
      http.send(
          "POST /api/v1/things HTTP/1.1",
          "Host: localhost",
          "Content-Type: application/json",
          "Transfer-Encoding: chunked",
          "Connection: close",
          "Authorization: Bearer " + TOKEN,
          "",
          Integer.toHexString(ApiCall.MOST_BYTES + 1),
          "x".repeat(ApiCall.MOST_BYTES + 1),
          "0",
          "",
          "");
      assertThat(http.rest()).startsWith("HTTP/1.1 413");
    }
  }

  @Test
  void whatAComponentThrowsBecomesAProblemWithoutSecrets() throws Exception {
    start(true, null);
    routes.serve("things", "one", failing(new IllegalStateException("hunter2hunter2 in table x")));
    assertThat(detail(get("/api/v1/things"), 500)).isEqualTo("it failed; the log says how");
    routes.serve("things", "one", failing(new StackOverflowError()));
    assertThat(detail(get("/api/v1/things"), 500)).contains("the log");
    routes.serve(
        "things",
        "one",
        request -> {
          throw new ComponentException(Outcome.Kind.RETRYABLE, "locked by hunter2hunter2");
        });
    assertThat(detail(get("/api/v1/things"), 503)).isEqualTo("locked by ****");
    routes.serve("things", "one", request -> ApiResponse.problem(409, "no hunter2hunter2"));
    assertThat(detail(get("/api/v1/things"), 409)).isEqualTo("no ****");
  }

  private static ApiHandler failing(Throwable failure) {
    return request -> {
      if (failure instanceof Error error) {
        throw error;
      }
      throw (RuntimeException) failure;
    };
  }

  @Test
  void aCallThatTakesTooLongIsInterruptedAndTheNextOneIsNot() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    routes.serve(
        "slow",
        "one",
        request -> {
          never.await();
          return ApiResponse.done();
        });
    routes.serve("things", "one", this::things);
    start(true, null, 50);
    for (int i = 0; i < ApiServer.MOST_AT_ONCE * 4; i++) {
      assertThat(detail(get("/api/v1/slow"), 503)).contains("longer than 50 ms");
      assertThat(get("/api/v1/things").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void manyAreAnsweredAtOnceAndTooManyAreToldToComeAgain() throws Exception {
    CyclicBarrier together = new CyclicBarrier(ApiServer.MOST_AT_ONCE + 1);
    CountDownLatch go = new CountDownLatch(1);
    routes.serve(
        "busy",
        "one",
        request -> {
          try {
            together.await(20, TimeUnit.SECONDS);
          } catch (java.util.concurrent.BrokenBarrierException
              | java.util.concurrent.TimeoutException impossible) {
            throw new IllegalStateException(impossible);
          }
          go.await();
          return ApiResponse.done();
        });
    start(true, null, 20_000);
    List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
    for (int i = 0; i < ApiServer.MOST_AT_ONCE; i++) {
      answers.add(CLIENT.sendAsync(request("/api/v1/busy").build(), BodyHandlers.ofString()));
    }
    together.await(20, TimeUnit.SECONDS);
    HttpResponse<String> refused = get("/api/v1/busy");
    assertThat(detail(refused, 503)).contains("too many");
    assertThat(refused.headers().firstValue("Retry-After")).hasValue("1");
    assertThat(get("/live").statusCode()).isEqualTo(200);
    go.countDown();
    for (CompletableFuture<HttpResponse<String>> answer : answers) {
      assertThat(answer.get(20, TimeUnit.SECONDS).statusCode()).isEqualTo(204);
    }
  }

  @Test
  void clientsThatSendSlowlyAreCutOffAndHealthIsAnsweredMeanwhile() throws Exception {
    routes.serve("things", "one", this::things);
    start(true, TOKEN, 1_000);
    List<RawHttp> slow = new ArrayList<>();
    try {
      for (int i = 0; i < ApiServer.MOST_AT_ONCE; i++) {
        slow.add(
            new RawHttp(address())
                .send(
                    "POST /api/v1/things HTTP/1.1",
                    "Host: localhost",
                    "Content-Type: application/json",
                    "Content-Length: 100",
                    "Authorization: Bearer " + TOKEN,
                    "",
                    "{"));
      }
      assertThat(get("/live").statusCode()).isEqualTo(200);
      for (RawHttp client : slow) {
        assertThat(client.rest()).isEmpty(); // closed without an answer, within the limit
      }
      assertThat(get("/api/v1/things").statusCode()).isEqualTo(200);
    } finally {
      for (RawHttp client : slow) {
        client.close();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /api/v1/things%00",
        "GET /api/v1/%2e%2e/%2e%2e/etc/passwd",
        "GET /api/v1/things/../../../etc/passwd",
        "GET /api//v1/things",
        "GET http://evil.example.com/api/v2",
        "GET /api/v1/things/%F0%9F",
      })
  void aHostileTargetReachesNothingElse(String first) throws Exception {
    start(true, null);
    assertThat(RawHttp.ask(address(), first, "Host: localhost"))
        .containsAnyOf("HTTP/1.1 404", "HTTP/1.1 400", "HTTP/1.1 200")
        .doesNotContain("root:");
    ApiRequest reached = seen.get();
    assertThat(reached == null || first.startsWith("GET /api/v1/things/")).isTrue();
  }

  @Test
  void endlessHeadersAreRefused() throws Exception {
    start(true, null);
    String[] headers = new String[5_000];
    java.util.Arrays.setAll(headers, i -> "X-Header-" + i + ": " + "y".repeat(50));
    assertThatThrownBy(
            () -> {
              String answer = RawHttp.ask(address(), "GET /api/v1/things", headers);
              throw new java.io.IOException(answer.startsWith("HTTP/1.1 400") ? "refused" : answer);
            })
        .isInstanceOf(java.io.IOException.class)
        .hasMessageMatching("refused|.*(reset|Broken pipe|aborted).*|");
    assertThat(get("/live").statusCode()).isEqualTo(200);
  }

  @Test
  void aPathOfSeveralSegmentsCannotBeServed() {
    assertThatThrownBy(() -> routes.serve("a/b", "one", this::things))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'a/b' cannot be served");
  }

  @Test
  void halfRequestsHoldUpNobodyElse() throws Exception {
    start(true, null);
    List<RawHttp> halves = new ArrayList<>();
    try {
      for (int i = 0; i < 120; i++) {
        halves.add(new RawHttp(address()).send("GET /live HTTP/1.1", "Host: a", "X-Slow: "));
      }
      long begun = System.nanoTime();
      for (String path : List.of("/live", "/ready", "/metrics", "/api/v1/things")) {
        assertThat(get(path).statusCode()).as(path).isEqualTo(200);
      }
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(10));
    } finally {
      for (RawHttp half : halves) {
        half.close();
      }
    }
  }
}
