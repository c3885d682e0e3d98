package io.modelvane.notifier.slack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modelvane.spi.IncidentStep;
import io.modelvane.spi.Level;
import io.modelvane.spi.Notification;
import io.modelvane.testkit.Samples;
import io.modelvane.toolkit.MessageValues;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SlackMessageTest {
  private static ObjectNode message(Notification notification) {
    return message(MessageValues.TITLE, MessageValues.TEXT, notification);
  }

  private static ObjectNode message(String title, String text, Notification notification) {
    return new SlackMessage(SlackSamples.withTemplates(title, text).options()).of(notification);
  }

  private static String body(ObjectNode message) {
    return message.at("/attachments/0/blocks/0/text/text").asText();
  }

  @Test
  void says_what_where_how_bad_since_when_how_often_and_where_to_look() {
    ObjectNode message = message(Samples.notification().build());
    assertThat(message.path("text").asText())
        .isEqualTo("CRIT risky-approvals: credit_card_approval 1.0.6");
    assertThat(message.at("/attachments/0/fallback")).isEqualTo(message.path("text"));
    assertThat(body(message))
        .isEqualTo(
            """
            risk_score is 0.93, above 0.7
            risk_score 0.93 (threshold &gt; 0.7)
            crit since 2026-03-01 11:59:00 UTC (1 m 0 s), 3 breaches
            https://dash.example.com/d/models?var=credit&amp;x=1\
            """);
    assertThat(message.at("/attachments/0/blocks/1/fields/0/text").asText())
        .isEqualTo("*algorithm_name*\ncredit_card_approval");
  }

  @ParameterizedTest
  @CsvSource({
    "OPENED, CRIT, danger",
    "OPENED, WARN, warning",
    "OPENED, UNKNOWN, warning",
    "OPENED, INFO, #439fe0",
    "RESOLVED, OK, good",
  })
  void the_colour_follows_the_level(IncidentStep step, Level level, String color) {
    ObjectNode message = message(Samples.notification().step(step, Level.WARN, level).build());
    assertThat(message.at("/attachments/0/color").asText()).isEqualTo(color);
  }

  @Test
  void data_cannot_mention_link_or_begin_markup() {
    Notification hostile =
        Samples.notification()
            .message("<!channel> & <@U1|you>")
            .series(Samples.series(Map.of("a<b", "<http://evil|x>")))
            .build();
    String json = message(hostile).toString();
    assertThat(json).doesNotContain("<").contains("&lt;!channel&gt; &amp; &lt;@U1|you&gt;");
  }

  @Test
  void a_mustache_in_data_is_not_a_template() {
    assertThat(body(message(Samples.notification().message("{{link}}{{{rule}}}").build())))
        .startsWith("{{link}}{{{rule}}}\n");
  }

  @Test
  void a_name_that_does_not_exist_is_shown_and_costs_nothing() {
    ObjectNode message =
        message("{{LEVEL}} {{nope}}", "{{tags.nope}}", Samples.notification().build());
    assertThat(message.path("text").asText()).isEqualTo("CRIT (no nope)");
    assertThat(body(message)).isEqualTo("(no tags.nope)");
  }

  @Test
  void templates_that_render_nothing_still_say_something() {
    ObjectNode message = message("{{#repeat}}x{{/repeat}}", " ", Samples.notification().build());
    assertThat(message.path("text").asText()).isEqualTo("CRIT risky-approvals");
    assertThat(body(message)).isEqualTo("CRIT risky-approvals");
  }

  @Test
  void a_cut_leaves_no_half_of_an_escaped_character() {
    for (int length = 2_880; length < 2_910; length++) {
      String text = "x".repeat(length) + "&".repeat(50);
      String cut = body(message("t", text.replace("&", "&amp;"), Samples.notification().build()));
      assertThat(cut).hasSizeLessThanOrEqualTo(2_900).matches("x+(&amp;)*…");
    }
  }

  @Test
  void only_ten_tags_are_shown_as_slack_takes_no_more() {
    Map<String, String> tags = new HashMap<>();
    for (int i = 0; i < 30; i++) {
      tags.put("tag" + i, "&".repeat(400));
    }
    ObjectNode message = message(Samples.notification().series(Samples.series(tags)).build());
    assertThat(message.at("/attachments/0/blocks/1/fields")).hasSize(10);
  }

  @Test
  void fields_of_the_operators_are_shown_instead_of_the_tags_ten_to_a_block() {
    SlackSamples samples = SlackSamples.withTemplates("t", "x");
    samples.fields.put("Team <b>", "{{tags.team}}");
    for (int i = 2; i <= SlackMessage.MOST_FIELDS; i++) {
      samples.fields.put("Fact " + i, "{{details.threshold}} {{details.request_id}}");
    }
    ObjectNode message = new SlackMessage(samples.options()).of(Samples.notification().build());
    assertThat(message.at("/attachments/0/blocks")).hasSize(3);
    assertThat(message.at("/attachments/0/blocks/1/fields")).hasSize(10);
    assertThat(message.at("/attachments/0/blocks/2/fields")).hasSize(10);
    assertThat(message.at("/attachments/0/blocks/1/fields/0/text").asText())
        .isEqualTo("*Team &lt;b&gt;*\n(no tags.team)");
    assertThat(message.at("/attachments/0/blocks/2/fields/9/text").asText())
        .isEqualTo("*Fact 20*\n&gt; 0.7 req-4711");
  }

  @Test
  void a_series_without_tags_has_no_empty_block() {
    ObjectNode message = message(Samples.notification().series(Samples.series(Map.of())).build());
    assertThat(message.at("/attachments/0/blocks")).hasSize(1);
    assertThat(message.path("text").asText()).isEqualTo("CRIT risky-approvals: insights");
  }

  @Test
  void a_repeat_is_marked_because_slack_cannot_tell_it() {
    assertThat(message(Samples.notification().repeated(2).build()).path("text").asText())
        .startsWith("CRIT (possibly repeated) risky-approvals");
  }
}
