package io.modelvane.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class QuestDbStoreTest {
  private static final String CALL =
      "algorithmia,algorithm_name=credit_card_approval,algorithm_owner=asli,algorithm_version=1.0.6"
          + " risk_score=0.25,duration_milliseconds=8,request_id=\"req-1\",extra=1 ";
  private static final long TIME = 1_795_394_905_583_418_628L;
  @TempDir static Path folder;
  private static QuestDbStore store = new QuestDbStore(Path.of("."));

  @BeforeAll
  static void startStore() {
    store = new QuestDbStore(folder);
    store.start();
  }

  @AfterAll
  static void stopStore() {
    store.close();
  }

  @Test
  @Order(1)
  void repeatedPointIsStoredOnceAndNanosecondsKeepPointsApart() throws Exception {
    for (int round = 0; round < 3; round++) {
      assertThat(write(CALL + TIME + "\n" + CALL + (TIME + 1)).statusCode()).isEqualTo(204);
    }

    awaitCount(2);
    assertThat(store.query("SELECT risk_score, request_id, extra FROM algorithmia").rows().get(0))
        .containsExactly(0.25, "req-1", 1.0);
  }

  @Test
  @Order(2)
  void rowsSurviveAKilledStore() {
    store.kill();
    assertThat(store.isRunning()).isFalse();

    store.start();

    awaitCount(2);
  }

  @Test
  void badLineIsRefusedAsARequest() throws Exception {
    HttpResponse<String> answer = write("not line protocol");

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("message");
  }

  @Test
  void unknownMeasurementHasNoPoints() {
    assertThat(store.count("never_written")).isZero();
  }

  @Test
  void badSqlIsNamed() {
    assertThatThrownBy(() -> store.query("SELECT nonsense FROM nowhere"))
        .hasMessageContaining("nowhere");
  }

  private static void awaitCount(long expected) {
    await().atMost(Duration.ofSeconds(60)).until(() -> store.count("algorithmia") == expected);
  }

  private static HttpResponse<String> write(String lines) throws Exception {
    URI uri = URI.create(store.url() + "/api/v2/write?org=acme&bucket=insights&precision=ns");
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(uri).POST(BodyPublishers.ofString(lines)).build(),
            BodyHandlers.ofString());
  }
}
