package io.modelvane.engine.observe;

import static io.modelvane.engine.observe.ApiRig.CLIENT;
import static io.modelvane.engine.observe.ApiRig.TOKEN;
import static io.modelvane.engine.observe.ApiRig.detail;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelvane.spi.ApiResponse;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What limits the API sets to those who ask too much, too slowly or too often. */
class ApiLimitsTest {
  private final ApiRig api = new ApiRig();

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  void aBodyThatIsTooLongIsRefusedBeforeItIsRead() throws Exception {
    api.start(true, TOKEN);
    String fits = "\"" + "x".repeat(ApiCall.MOST_BYTES - 2) + "\"";
    assertThat(api.post("/api/v1/things", fits, TOKEN).statusCode()).isEqualTo(201);
    try (RawHttp http = new RawHttp(api.address())) {
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
    api.start(true, TOKEN);
    try (RawHttp http = new RawHttp(api.address())) {
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
  void aCallThatTakesTooLongIsInterruptedAndTheNextOneIsNot() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    api.routes.serve(
        "slow",
        "one",
        request -> {
          never.await();
          return ApiResponse.done();
        });
    api.routes.serve("things", "one", api::things);
    api.start(true, null, 50);
    for (int i = 0; i < ApiServer.MOST_AT_ONCE * 4; i++) {
      assertThat(detail(api.get("/api/v1/slow"), 503)).contains("longer than 50 ms");
      assertThat(api.get("/api/v1/things").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void manyAreAnsweredAtOnceAndTooManyAreToldToComeAgain() throws Exception {
    CyclicBarrier together = new CyclicBarrier(ApiServer.MOST_AT_ONCE + 1);
    CountDownLatch go = new CountDownLatch(1);
    api.routes.serve(
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
    api.start(true, null, 20_000);
    List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
    for (int i = 0; i < ApiServer.MOST_AT_ONCE; i++) {
      answers.add(CLIENT.sendAsync(api.request("/api/v1/busy").build(), BodyHandlers.ofString()));
    }
    together.await(20, TimeUnit.SECONDS);
    HttpResponse<String> refused = api.get("/api/v1/busy");
    assertThat(detail(refused, 503)).contains("too many");
    assertThat(refused.headers().firstValue("Retry-After")).hasValue("1");
    assertThat(api.get("/live").statusCode()).isEqualTo(200);
    go.countDown();
    for (CompletableFuture<HttpResponse<String>> answer : answers) {
      assertThat(answer.get(20, TimeUnit.SECONDS).statusCode()).isEqualTo(204);
    }
  }

  @Test
  void clientsThatSendSlowlyAreCutOffAndHealthIsAnsweredMeanwhile() throws Exception {
    api.routes.serve("things", "one", api::things);
    api.start(true, TOKEN, 1_000);
    List<RawHttp> slow = new ArrayList<>();
    try {
      for (int i = 0; i < ApiServer.MOST_AT_ONCE; i++) {
        slow.add(
            new RawHttp(api.address())
                .send(
                    "POST /api/v1/things HTTP/1.1",
                    "Host: localhost",
                    "Content-Type: application/json",
                    "Content-Length: 100",
                    "Authorization: Bearer " + TOKEN,
                    "",
                    "{"));
      }
      assertThat(api.get("/live").statusCode()).isEqualTo(200);
      for (RawHttp client : slow) {
        assertThat(client.rest()).isEmpty(); // closed without an answer, within the limit
      }
      assertThat(api.get("/api/v1/things").statusCode()).isEqualTo(200);
    } finally {
      for (RawHttp client : slow) {
        client.close();
      }
    }
  }

  @Test
  void endlessHeadersAreRefused() throws Exception {
    api.start(true, null);
    String[] headers = new String[5_000];
    java.util.Arrays.setAll(headers, i -> "X-Header-" + i + ": " + "y".repeat(50));
    assertThatThrownBy(
            () -> {
              String answer = RawHttp.ask(api.address(), "GET /api/v1/things", headers);
              throw new java.io.IOException(answer.startsWith("HTTP/1.1 400") ? "refused" : answer);
            })
        .isInstanceOf(java.io.IOException.class)
        .hasMessageMatching("refused|.*(reset|Broken pipe|aborted).*|");
    assertThat(api.get("/live").statusCode()).isEqualTo(200);
  }

  @Test
  void halfRequestsHoldUpNobodyElse() throws Exception {
    api.start(true, null);
    List<RawHttp> halves = new ArrayList<>();
    try {
      for (int i = 0; i < 120; i++) {
        halves.add(new RawHttp(api.address()).send("GET /live HTTP/1.1", "Host: a", "X-Slow: "));
      }
      long begun = System.nanoTime();
      for (String path : List.of("/live", "/ready", "/metrics", "/api/v1/things")) {
        assertThat(api.get(path).statusCode()).as(path).isEqualTo(200);
      }
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(10));
    } finally {
      for (RawHttp half : halves) {
        half.close();
      }
    }
  }
}
