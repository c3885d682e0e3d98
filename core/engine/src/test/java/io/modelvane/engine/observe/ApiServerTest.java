package io.modelvane.engine.observe;

import static io.modelvane.engine.observe.ApiRig.TOKEN;
import static io.modelvane.engine.observe.ApiRig.detail;
import static io.modelvane.engine.observe.ApiRig.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelvane.spi.ApiHandler;
import io.modelvane.spi.ApiRequest;
import io.modelvane.spi.ApiResponse;
import io.modelvane.spi.ComponentException;
import io.modelvane.spi.Outcome;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.ServiceConfigurationError;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is answered by the API, and with what. */
class ApiServerTest {
  private final ApiRig api = new ApiRig();

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  void onLoopbackEverybodyMayReadAndSecretsAreMasked() throws Exception {
    api.start(true, null);
    HttpResponse<String> answer = api.get("/api/v1/things/a%2Fb/c?x=1%262&component=one");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("{\"secret\":\"****\"}");
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
    assertThat(answer.headers().firstValue("Cache-Control")).hasValue("no-store");
    assertThat(api.seen.get())
        .isEqualTo(new ApiRequest("GET", List.of("a/b", "c"), Map.of("x", "1&2"), "", "127.0.0.1"));
  }

  @Test
  void withoutAConfiguredTokenNothingCanBeChangedAndTheAnswerSaysHowToAllowIt() throws Exception {
    api.start(true, null);
    assertThat(detail(api.post("/api/v1/things", "{}", null), 403)).contains("set 'http.token'");
    assertThat(detail(api.post("/api/v1/things", "{}", "anything"), 403))
        .contains("set 'http.token'");
    assertThat(detail(send(api.request("/api/v1/things/1").DELETE()), 403)).contains("turned off");
    assertThat(api.seen.get()).isNull();
  }

  @Test
  void onLoopbackChangesNeedTheToken() throws Exception {
    api.start(true, TOKEN);
    HttpResponse<String> refused = api.post("/api/v1/things", "{}", null);
    assertThat(detail(refused, 401)).contains("Authorization: Bearer");
    assertThat(refused.headers().firstValue("WWW-Authenticate")).hasValue("Bearer");
    assertThat(api.seen.get()).isNull();

    HttpResponse<String> done = api.post("/api/v1/things", "{\"a\":1}", TOKEN);
    assertThat(done.statusCode()).isEqualTo(201);
    assertThat(done.headers().firstValue("Location")).hasValue("/api/v1/things/1");
    assertThat(Objects.requireNonNull(api.seen.get()).body()).isEqualTo("{\"a\":1}");
    assertThat(api.get("/api/v1/things").statusCode()).isEqualTo(200);
  }

  @Test
  void elsewhereReadingNeedsTheTokenTooAndHealthDoesNot() throws Exception {
    api.start(false, TOKEN);
    assertThat(detail(api.get("/api/v1/things"), 401)).contains("Authorization");
    assertThat(detail(api.get("/api/v1/none"), 401)).doesNotContain("things");
    assertThat(
            send(api.request("/api/v1/things").header("Authorization", "bearer " + TOKEN))
                .statusCode())
        .isEqualTo(200);
    for (String path : List.of("/live", "/ready", "/metrics")) {
      assertThat(api.get(path).statusCode()).as(path).isEqualTo(200);
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
    api.start(true, TOKEN);
    HttpResponse<String> answer =
        send(api.request("/api/v1/things").header("Authorization", authorization));
    assertThat(detail(answer, 401)).contains("not the token").doesNotContain("sesame");
    assertThat(answer.headers().firstValue("WWW-Authenticate").orElse(""))
        .contains("invalid_token");
  }

  @Test
  void twoAuthorizationsAreNone() throws Exception {
    api.start(true, TOKEN);
    String good = "Authorization: Bearer " + TOKEN;
    assertThat(RawHttp.ask(api.address(), "GET /api/v1/things", "Host: localhost", good))
        .startsWith("HTTP/1.1 200");
    assertThat(RawHttp.ask(api.address(), "GET /api/v1/things", "Host: localhost", good, good))
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
    api.start(true, null);
    assertThat(RawHttp.ask(api.address(), "GET /api/v1/things", "Host: " + host))
        .startsWith("HTTP/1.1 " + status);
  }

  @Test
  void withTheTokenAnyNameWill() throws Exception {
    api.start(true, TOKEN);
    assertThat(
            RawHttp.ask(
                api.address(),
                "GET /api/v1/things",
                "Host: modelvane.example.com",
                "Authorization: Bearer " + TOKEN))
        .startsWith("HTTP/1.1 200");
  }

  @Test
  void aFormOfABrowserIsNoRequest() throws Exception {
    api.start(true, TOKEN);
    HttpResponse<String> answer =
        send(
            api.request("/api/v1/things")
                .header("Authorization", "Bearer " + TOKEN)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("a=1")));
    assertThat(detail(answer, 415)).contains("application/json");
    assertThat(api.seen.get()).isNull();
  }

  @Test
  void headIsGetWithoutABody() throws Exception {
    api.start(true, null);
    HttpResponse<String> answer =
        send(api.request("/api/v1/things").method("HEAD", BodyPublishers.noBody()));
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEmpty();
    assertThat(Objects.requireNonNull(api.seen.get()).method()).isEqualTo("GET");
  }

  @ParameterizedTest
  @ValueSource(strings = {"OPTIONS", "TRACE", "BREW"})
  void otherMethodsAreNotAllowed(String method) throws Exception {
    api.start(true, null);
    assertThat(RawHttp.ask(api.address(), method + " /api/v1/things", "Host: localhost"))
        .startsWith("HTTP/1.1 405")
        .contains("Allow: GET, HEAD, POST, DELETE");
    assertThat(RawHttp.ask(api.address(), method + " /live", "Host: localhost"))
        .startsWith("HTTP/1.1 405")
        .contains("Allow: GET, HEAD");
  }

  @Test
  void whatIsNotServedIsNamedBesideWhatIs() throws Exception {
    api.start(true, null);
    assertThat(detail(api.get("/api/v1/thing"), 404)).contains("there are things");
    assertThat(detail(api.get("/api/v1"), 404)).contains("there are things");
    assertThat(detail(api.get("/api/v2/things"), 404)).contains("/api/v1/");
    assertThat(detail(api.get("/apiary"), 404)).contains("/api/v1/");
    api.routes.withdraw("one");
    assertThat(detail(api.get("/api/v1/things"), 404)).contains("'alerting'");
  }

  @Test
  void ofSeveralComponentsOneHasToBeChosen() throws Exception {
    api.start(true, null);
    api.routes.serve("things", "two", request -> ApiResponse.json(200, "{\"of\":\"two\"}"));
    assertThat(detail(api.get("/api/v1/things"), 400)).contains("?component=NAME", "one, two");
    assertThat(api.get("/api/v1/things?component=two").body()).contains("two");
    assertThat(detail(api.get("/api/v1/things?component=three"), 404)).contains("one, two");
  }

  @ParameterizedTest
  @CsvSource({"?a=1&a=2,is given twice", "?%ff%=1,400 Bad Request"})
  void aQueryThatMakesNoSenseIsRefused(String query, String words) throws Exception {
    api.start(true, null);
    assertThat(RawHttp.ask(api.address(), "GET /api/v1/things" + query, "Host: localhost"))
        .startsWith("HTTP/1.1 400")
        .contains(words);
    assertThat(api.seen.get()).isNull();
  }

  @Test
  void whatAComponentThrowsBecomesAProblemWithoutSecrets() throws Exception {
    api.start(true, null);
    api.routes.serve(
        "things", "one", failing(new IllegalStateException("hunter2hunter2 in table x")));
    assertThat(detail(api.get("/api/v1/things"), 500)).isEqualTo("it failed; the log says how");
    api.routes.serve("things", "one", failing(new StackOverflowError()));
    assertThat(detail(api.get("/api/v1/things"), 500)).contains("the log");
    api.routes.serve("things", "one", failing(new ServiceConfigurationError("no codec")));
    assertThat(detail(api.get("/api/v1/things"), 500)).contains("the log");
    api.routes.serve(
        "things",
        "one",
        request -> {
          throw new ComponentException(Outcome.Kind.RETRYABLE, "locked by hunter2hunter2");
        });
    assertThat(detail(api.get("/api/v1/things"), 503)).isEqualTo("locked by ****");
    api.routes.serve("things", "one", request -> ApiResponse.problem(409, "no hunter2hunter2"));
    assertThat(detail(api.get("/api/v1/things"), 409)).isEqualTo("no ****");
  }

  private static ApiHandler failing(Throwable failure) {
    return request -> {
      if (failure instanceof Error error) {
        throw error;
      }
      throw (RuntimeException) failure;
    };
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
    api.start(true, null);
    assertThat(RawHttp.ask(api.address(), first, "Host: localhost"))
        .containsAnyOf("HTTP/1.1 404", "HTTP/1.1 400", "HTTP/1.1 200")
        .doesNotContain("root:");
    ApiRequest reached = api.seen.get();
    assertThat(reached == null || first.startsWith("GET /api/v1/things/")).isTrue();
  }

  @Test
  void aPathOfSeveralSegmentsCannotBeServed() {
    assertThatThrownBy(() -> api.routes.serve("a/b", "one", api::things))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'a/b' cannot be served");
  }
}
