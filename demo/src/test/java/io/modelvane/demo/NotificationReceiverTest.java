package io.modelvane.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NotificationReceiverTest {
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
  private static final String KEY = "0123456789abcdef0123456789abcdef";
  private final NotificationReceiver receiver =
      NotificationReceiver.start(Clock.fixed(NOW, ZoneOffset.UTC));

  @AfterEach
  void stop() {
    receiver.close();
  }

  @Test
  void slackAnswersOkToAMessage() throws Exception {
    HttpResponse<String> answer = post(receiver.slackUrl(), "{\"text\":\"hello\"}");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("ok");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"not json|invalid_payload", "[]|invalid_payload", "{}|no_text"})
  void slackRefusesAMessageWithoutContent(String body, String reason) throws Exception {
    HttpResponse<String> answer = post(receiver.slackUrl(), body);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).isEqualTo(reason);
  }

  @Test
  void pagerDutyAcceptsATriggerAndNamesItsKey() throws Exception {
    HttpResponse<String> answer =
        post(
            receiver.pagerDutyUrl() + "/v2/enqueue",
            "{\"routing_key\":\""
                + KEY
                + "\",\"event_action\":\"trigger\",\"dedup_key\":\"abc\","
                + "\"payload\":{\"summary\":\"s\",\"source\":\"m\",\"severity\":\"critical\"}}");

    assertThat(answer.statusCode()).isEqualTo(202);
    assertThat(answer.body()).contains("\"status\":\"success\"").contains("\"dedup_key\":\"abc\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{}|'routing_key' is missing or blank",
        "{\"routing_key\":\"short\",\"event_action\":\"trigger\"}|should be 32 characters",
        "{\"routing_key\":\"0123456789abcdef0123456789abcdef\"}|'event_action' is missing",
        "{\"event_action\":\"shout\"}|'event_action' is invalid",
        "{\"event_action\":\"resolve\"}|'dedup_key' is missing or blank",
        "{\"event_action\":\"trigger\",\"payload\":{}}|'payload.summary' is missing or blank",
        "{\"event_action\":\"trigger\",\"payload\":{\"severity\":\"bad\"}}|'payload.severity' is inv",
        "no json|'routing_key' is missing or blank",
      })
  void pagerDutyRefusesAnIncompleteEvent(String body, String reason) throws Exception {
    HttpResponse<String> answer = post(receiver.pagerDutyUrl() + "/v2/enqueue", body);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("\"status\":\"invalid event\"").contains(reason);
  }

  @Test
  void everyRequestIsKeptWithItsArrival() throws Exception {
    List<Received> heard = new ArrayList<>();
    receiver.onRequest(heard::add);

    post(receiver.hookUrl(), "{\"a\":1}");
    post(receiver.url() + "/elsewhere", "x");

    assertThat(receiver.requests()).hasSize(2).isEqualTo(heard);
    Received hook = receiver.requests("/hook/").get(0);
    assertThat(hook.body()).isEqualTo("{\"a\":1}");
    assertThat(hook.header("x-demo")).contains("yes");
    assertThat(hook.arrivedAt()).isEqualTo(NOW);
    assertThat(hook.status()).isEqualTo(200);
    assertThat(receiver.requests("/elsewhere").get(0).status()).isEqualTo(404);
  }

  private static HttpResponse<String> post(String url, String body) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(url))
                .header("X-Demo", "yes")
                .POST(BodyPublishers.ofString(body))
                .build(),
            BodyHandlers.ofString());
  }
}
