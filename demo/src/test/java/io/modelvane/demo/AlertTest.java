package io.modelvane.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelvane.demo.Alert.Endpoint;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AlertTest {
  private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");

  @Test
  void slackSaysItInItsText() {
    String body = "{\"text\":\"CRIT risky-approvals: credit_card_approval asli 1.0.6\"}";

    assertThat(Alert.read(request("/slack/services/x", body, 200)))
        .contains(alert(Endpoint.SLACK, Alert.CRIT, "risky-approvals", "credit_card_approval"));
  }

  @Test
  void pagerDutySaysItInItsSummary() {
    String body =
        "{\"event_action\":\"resolve\",\"payload\":{\"summary\":"
            + "\"RESOLVED silence: image_tagger medlab 1.4.0 - heard of again: fine\"}}";

    assertThat(Alert.read(request("/pagerduty/v2/enqueue", body, 202)))
        .contains(alert(Endpoint.PAGERDUTY, Alert.RESOLVED, "silence", "image_tagger"));
  }

  @Test
  void webhookSaysItInItsIncident() {
    assertThat(Alert.read(request("/hook/demo", webhook("opened", "crit"), 200)))
        .contains(alert(Endpoint.WEBHOOK, Alert.CRIT, "silence", "image_tagger"));
    assertThat(Alert.read(request("/hook/demo", webhook("resolved", "ok"), 200)))
        .contains(alert(Endpoint.WEBHOOK, Alert.RESOLVED, "silence", "image_tagger"));
  }

  @Test
  void markOfAPossibleRepeatIsNoPartOfTheCheck() {
    String body = "{\"text\":\"CRIT (possibly repeated) silence: image_tagger\"}";

    assertThat(Alert.read(request("/slack/x", body, 200)))
        .contains(alert(Endpoint.SLACK, Alert.CRIT, "silence", "image_tagger"));
  }

  @Test
  void refusedRequestToldNobody() {
    String body = "{\"text\":\"CRIT risky-approvals: credit_card_approval\"}";

    assertThat(Alert.read(request("/slack/x", body, 400))).isEmpty();
  }

  @Test
  void whatIsNoAlertIsNotTakenForOne() {
    assertThat(Alert.read(request("/slack/x", "not JSON", 200))).isEmpty();
    assertThat(Alert.read(request("/slack/x", "{\"text\":\"hello\"}", 200))).isEmpty();
    assertThat(Alert.read(request("/hook/demo", "{}", 200))).isEmpty();
    assertThat(Alert.read(request("/elsewhere", "{\"text\":\"CRIT a: b\"}", 200))).isEmpty();
  }

  private static String webhook(String step, String level) {
    return "{\"type\":\"modelvane.incident."
        + step
        + "\",\"data\":{\"incident\":{\"check\":\"silence\",\"level\":\""
        + level
        + "\",\"tags\":{\"algorithm_name\":\"image_tagger\"}}}}";
  }

  private static Alert alert(Endpoint endpoint, String what, String check, String model) {
    return new Alert(endpoint, what, check, model);
  }

  private static Received request(String path, String body, int status) {
    return new Received(path, Map.of(), body, NOW, status);
  }
}
