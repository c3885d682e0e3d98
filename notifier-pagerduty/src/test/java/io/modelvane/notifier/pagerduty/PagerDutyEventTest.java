package io.modelvane.notifier.pagerduty;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.modelvane.notifier.pagerduty.PagerDutyOptions.Image;
import io.modelvane.notifier.pagerduty.PagerDutyOptions.Link;
import io.modelvane.spi.IncidentStep;
import io.modelvane.spi.Level;
import io.modelvane.spi.Notification;
import io.modelvane.testkit.HostileTexts;
import io.modelvane.testkit.Samples;
import io.modelvane.testkit.ScriptedServer.Answer;
import io.modelvane.testkit.ScriptedServer.Request;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PagerDutyEventTest {
  private static JsonNode event(Notification notification) {
    return event("{{headline}} {{check}}", "{{series}}", notification);
  }

  private static JsonNode event(String summary, String source, Notification notification) {
    return event(PagerDutySamples.withTemplates(summary, source), notification);
  }

  private static JsonNode event(PagerDutySamples samples, Notification notification) {
    return EventsApi.parse(new PagerDutyEvent(samples.options()).alert(notification));
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
  void component_group_class_and_details_are_the_operators() {
    PagerDutySamples samples = new PagerDutySamples();
    samples.component = "{{tags.algorithm_name}}";
    samples.group = Optional.of("{{tags.team}}");
    samples.type = "{{check_type}}";
    samples.fields.put("team", "fraud {{tags.nope}}");
    samples.fields.put("rule", "mine");
    JsonNode payload = event(samples, Samples.notification().build()).path("payload");
    assertThat(payload.path("component").asText()).isEqualTo("credit_card_approval");
    assertThat(payload.path("group").asText()).isEqualTo("(no tags.team)");
    assertThat(payload.path("class").asText()).isEqualTo("threshold");
    assertThat(payload.at("/custom_details/team").asText()).isEqualTo("fraud (no tags.nope)");
    assertThat(payload.at("/custom_details/rule").asText()).isEqualTo("mine");
    assertThat(payload.at("/custom_details/level").asText()).isEqualTo("crit");
  }

  @Test
  void links_and_images_follow_the_notifications_own_link() {
    PagerDutySamples samples = new PagerDutySamples();
    samples.links = List.of(new Link("https://wiki.example.com/{{check}}?s={{subject}}", "How to"));
    samples.images =
        List.of(
            new Image(
                "https://dash.example.com/render?m={{tags.algorithm_name}}",
                Optional.of("{{{link}}}"),
                "{{check}}"));
    JsonNode event = event(samples, Samples.notification().check("a b/c&d").build());
    assertThat(event.at("/links/0/href")).isEqualTo(event.path("client_url"));
    assertThat(event.at("/links/1/href").asText())
        .isEqualTo("https://wiki.example.com/a%20b%2Fc%26d?s=credit_card_approval%201.0.6");
    assertThat(event.at("/links/1/text").asText()).isEqualTo("How to");
    assertThat(event.at("/images/0/src").asText())
        .isEqualTo("https://dash.example.com/render?m=credit_card_approval");
    assertThat(event.at("/images/0/href")).isEqualTo(event.path("client_url"));
    assertThat(event.at("/images/0/alt").asText()).isEqualTo("a b/c&d");
  }

  @Test
  void a_link_that_came_out_as_no_url_is_left_out_and_the_alert_is_not() {
    PagerDutySamples samples = new PagerDutySamples();
    samples.links = List.of(new Link("{{{tags.wiki}}}", "Wiki"), new Link("https://x.y/z", "Z"));
    samples.images = List.of(new Image("http://x.y/z.png", Optional.empty(), "Z"));
    JsonNode event = event(samples, Samples.notification().link(null).build());
    assertThat(event.path("links")).hasSize(1);
    assertThat(event.has("images")).isFalse();
    assertThat(event.at("/payload/custom_details/no_url").asText())
        .isEqualTo("link (no tags.wiki); image http://x.y/z.png");
  }

  @Test
  void a_change_event_has_what_an_alert_has_but_level_key_and_end() {
    PagerDutySamples samples = PagerDutySamples.withTemplates("{{subject}}", "{{measurement}}");
    samples.links = List.of(new Link("https://wiki.example.com/{{check}}", "How to"));
    Notification notification = Samples.notification().build();
    JsonNode event = EventsApi.parse(new PagerDutyEvent(samples.options()).change(notification));
    assertThat(event.path("routing_key").asText()).isEqualTo(EventsApi.KEY);
    assertThat(event.at("/payload/summary").asText()).isEqualTo("credit_card_approval 1.0.6");
    assertThat(event.at("/payload/source").asText()).isEqualTo("insights");
    assertThat(event.at("/payload/timestamp").asText()).isEqualTo("2026-03-01T11:59:59.750Z");
    assertThat(event.at("/payload/custom_details/tags/algorithm_version").asText())
        .isEqualTo("1.0.6");
    assertThat(event.path("links")).hasSize(2);
    assertThat(event.has("dedup_key") || event.has("event_action")).isFalse();
    assertThat(event.at("/payload/severity").isMissingNode()).isTrue();
  }

  @Test
  void the_service_takes_a_change_whatever_the_data_says() throws Exception {
    PagerDutySamples samples = new PagerDutySamples();
    samples.links = List.of(new Link("https://wiki.example.com/{{message}}", "{{message}}"));
    PagerDutyEvent events = new PagerDutyEvent(samples.options());
    for (String text : HostileTexts.all().values()) {
      Notification hostile =
          Samples.notification().check(text).message(text).detail("note", text).build();
      Request request =
          new Request("POST", URI.create("/v2/change/enqueue"), Map.of(), events.change(hostile));
      Answer answer = new EventsApi().answer(request);
      assertThat(answer.status()).as(answer.body()).isEqualTo(202);
    }
  }

  @Test
  void a_repeat_of_an_alert_is_not_marked_as_its_key_tells_it_but_one_of_a_change_is() {
    Notification repeat = Samples.notification().repeated(2).build();
    assertThat(event(repeat).at("/payload/summary").asText()).isEqualTo("CRIT risky-approvals");
    PagerDutySamples samples = PagerDutySamples.withTemplates("{{headline}}", "x");
    assertThat(new PagerDutyEvent(samples.options()).change(repeat)).contains("possibly repeated");
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
