package io.modelvane.notifier.pagerduty;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.modelvane.spi.IncidentStep;
import io.modelvane.spi.Level;
import io.modelvane.spi.Notification;
import io.modelvane.testkit.Samples;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PagerDutyEventTest {
  private static JsonNode event(Notification notification) {
    return event("{{headline}} {{check}}", "{{series}}", notification);
  }

  private static JsonNode event(String summary, String source, Notification notification) {
    PagerDutyOptions options = PagerDutySamples.withTemplates(summary, source);
    return EventsApi.parse(new PagerDutyEvent(options).of(notification));
  }

  @Test
  void a_trigger_says_what_where_how_bad_since_when_and_where_to_look() {
    Notification notification = Samples.notification().build();
    JsonNode event = event(notification);
    assertThat(event.path("event_action").asText()).isEqualTo("trigger");
    assertThat(event.path("dedup_key").asText()).isEqualTo(notification.incident().key());
    assertThat(event.path("client_url").asText()).startsWith("https://dash.example.com/");
    assertThat(event.at("/links/0/href")).isEqualTo(event.path("client_url"));
    JsonNode payload = event.path("payload");
    assertThat(payload.path("summary").asText()).isEqualTo("CRIT risky-approvals");
    assertThat(payload.path("source").asText())
        .isEqualTo("insights,algorithm_name=credit_card_approval,algorithm_version=1.0.6");
    assertThat(payload.path("severity").asText()).isEqualTo("critical");
    assertThat(payload.path("timestamp").asText()).isEqualTo("2026-03-01T11:59:59.750Z");
    assertThat(payload.path("class").asText()).isEqualTo("risky-approvals");
    JsonNode details = payload.path("custom_details");
    assertThat(details.path("value").asDouble()).isEqualTo(0.93);
    assertThat(details.path("field").asText()).isEqualTo("risk_score");
    assertThat(details.path("breaches").asInt()).isEqualTo(3);
    assertThat(details.at("/facts/threshold").asText()).isEqualTo("> 0.7");
    assertThat(details.at("/tags/algorithm_version").asText()).isEqualTo("1.0.6");
  }

  @Test
  void the_key_is_the_same_for_every_level_and_resolves_what_it_triggered() {
    String opened = event(Samples.notification().build()).path("dedup_key").asText();
    Notification worse =
        Samples.notification().step(IncidentStep.WORSENED, Level.WARN, Level.CRIT).build();
    assertThat(event(worse).path("dedup_key").asText()).isEqualTo(opened);
    JsonNode resolved = event(Samples.notification().resolved().build());
    assertThat(resolved.path("dedup_key").asText()).isEqualTo(opened);
    assertThat(resolved.path("event_action").asText()).isEqualTo("resolve");
  }

  @ParameterizedTest
  @CsvSource({"CRIT, critical", "UNKNOWN, error", "WARN, warning", "INFO, info"})
  void levels_become_severities(Level level, String severity) {
    Notification notification =
        Samples.notification().step(IncidentStep.OPENED, Level.OK, level).build();
    assertThat(event(notification).at("/payload/severity").asText()).isEqualTo(severity);
  }

  @Test
  void a_summary_is_cut_to_what_the_service_takes_without_halving_a_character() {
    JsonNode event =
        event("x{{message}}", "s", Samples.notification().message("🚀".repeat(700)).build());
    assertThat(event.at("/payload/summary").asText()).hasSize(1_024).endsWith("🚀…");
  }

  @Test
  void details_that_are_too_many_are_left_out_and_the_alert_is_not() {
    Notification big = Samples.notification().detail("dump", "é".repeat(300_000)).build();
    JsonNode event = event(big);
    assertThat(event.toString().getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(512_000);
    assertThat(event.at("/payload/custom_details/left_out").asText()).contains("512 kB");
    assertThat(event.at("/payload/summary").asText()).isEqualTo("CRIT risky-approvals");
  }

  @Test
  void a_tag_cannot_hide_what_the_notifier_says() {
    Notification notification =
        Samples.notification().series(Samples.series(Map.of("level", "fine", "rule", "x"))).build();
    JsonNode details = event(notification).at("/payload/custom_details");
    assertThat(details.path("level").asText()).isEqualTo("crit");
    assertThat(details.at("/tags/level").asText()).isEqualTo("fine");
  }

  @Test
  void templates_that_render_nothing_still_say_something() {
    JsonNode event = event(" ", "{{#repeat}}x{{/repeat}}", Samples.notification().build());
    assertThat(event.at("/payload/summary").asText()).isEqualTo("CRIT risky-approvals");
    assertThat(event.at("/payload/source").asText()).isEqualTo("CRIT risky-approvals");
  }

  @Test
  void without_a_link_there_is_none() {
    JsonNode event = event(Samples.notification().link(null).build());
    assertThat(event.has("links")).isFalse();
    assertThat(event.has("client_url")).isFalse();
  }
}
