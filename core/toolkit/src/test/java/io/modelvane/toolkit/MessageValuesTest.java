package io.modelvane.toolkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelvane.spi.IncidentStep;
import io.modelvane.spi.Level;
import io.modelvane.spi.Notification;
import io.modelvane.testkit.HostileTexts;
import io.modelvane.testkit.Samples;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MessageValuesTest {
  private static String text(Notification notification) {
    Map<String, Object> values = MessageValues.of(notification);
    return MessageValues.orHeadline(
        new Templates(text -> text).compile(MessageValues.TEXT).render(values), values);
  }

  @Test
  void the_default_text_leaves_out_what_there_is_not() {
    Notification silence =
        Samples.notification()
            .value(OptionalDouble.empty())
            .link(null)
            .message("no calls for 5 m")
            .build();
    assertThat(text(silence))
        .isEqualTo("no calls for 5 m\ncrit since 2026-03-01 11:59:00 UTC (1 m 0 s), 3 breaches");
  }

  @Test
  void several_incidents_can_be_listed() {
    Notification several =
        Samples.notification()
            .check("2 incidents")
            .member(
                Samples.notification()
                    .check("slow")
                    .step(IncidentStep.OPENED, Level.OK, Level.WARN)
                    .build())
            .member(Samples.notification().check("risky").message("a\nb").build())
            .build();
    String template =
        "{{count}}{{#several}}:{{#members}} {{LEVEL}} {{check}}"
            + " {{message}};{{/members}}{{/several}}";
    Templates templates = new Templates(text -> text);
    assertThat(templates.compile(template).render(MessageValues.of(several)))
        .isEqualTo("2: WARN slow risk_score is 0.93, above 0.7; CRIT risky a b;");
    assertThat(templates.compile(template).render(MessageValues.of(Samples.notification().build())))
        .isEqualTo("1");
  }

  @ParameterizedTest
  @CsvSource({
    "OPENED, OK, CRIT, CRIT, crit",
    "OPENED, OK, UNKNOWN, UNKNOWN, unknown",
    "WORSENED, WARN, CRIT, CRIT, 'crit, was warn'",
    "IMPROVED, CRIT, WARN, WARN, 'warn, was crit'",
    "REPEATED, CRIT, CRIT, CRIT, still crit",
    "ACKNOWLEDGED, CRIT, CRIT, ACKNOWLEDGED, 'acknowledged, still crit'",
    "RESOLVED, CRIT, OK, RESOLVED, 'ok again, was crit'",
  })
  void each_step_has_its_words(
      IncidentStep step, Level from, Level to, String headline, String change) {
    Map<String, Object> values =
        MessageValues.of(Samples.notification().step(step, from, to).build());
    assertThat(values).containsEntry("headline", headline).containsEntry("change", change);
  }

  @Test
  void an_acknowledgement_says_by_whom_and_why() {
    Notification notification =
        Samples.notification()
            .step(IncidentStep.ACKNOWLEDGED, Level.WARN, Level.WARN)
            .detail("acknowledged_by", "ana")
            .detail("acknowledged_because", "rolling back")
            .build();
    assertThat(MessageValues.of(notification))
        .containsEntry("change", "acknowledged by ana (rolling back), still warn");
  }

  @ParameterizedTest
  @CsvSource({
    "PT-5S, 0 s",
    "PT0S, 0 s",
    "PT59.9S, 59 s",
    "PT3M20S, 3 m 20 s",
    "PT4H, 4 h 0 m",
    "P2DT5H, 2 d 5 h"
  })
  void durations_are_told_in_their_two_largest_units(Duration duration, String words) {
    assertThat(MessageValues.words(duration)).isEqualTo(words);
  }

  @ParameterizedTest
  @CsvSource({"0.93, 0.93", "3, 3", "-0.0, 0", "1e20, 1.0E20", "NaN, NaN", "Infinity, Infinity"})
  void numbers_are_told_as_people_write_them(double value, String text) {
    Notification notification = Samples.notification().value(OptionalDouble.of(value)).build();
    assertThat(MessageValues.of(notification)).containsEntry("value", text);
  }

  @Test
  void the_names_of_nothing_are_those_of_every_notification() {
    assertThat(MessageValues.ofNothing().keySet())
        .isEqualTo(MessageValues.of(Samples.notification().build()).keySet());
  }

  @Test
  void hostile_texts_come_out_clean_and_short() {
    for (String text : HostileTexts.all().values()) {
      Map<String, Object> values =
          MessageValues.of(
              Samples.notification().message(text).check(text).detail("note", text).build());
      assertThat(String.valueOf(values.get("message")))
          .hasSizeLessThanOrEqualTo(1_500)
          .doesNotMatch("(?s).*[\\x00-\\x08\\x0b-\\x1f\\x7f\\u0085\\u2028\\u202e].*")
          .satisfies(clean -> assertThat(clean.chars().filter(c -> c == '\r')).isEmpty());
      assertThat(String.valueOf(values.get("check"))).hasSizeLessThanOrEqualTo(300);
    }
  }

  @Test
  void a_link_survives_the_longest_message() {
    assertThat(text(Samples.notification().message("x".repeat(100_000)).build()))
        .hasSizeLessThan(2_000)
        .endsWith("https://dash.example.com/d/models?var=credit&x=1");
  }

  @Test
  void a_cut_marks_what_is_missing_and_halves_no_character() {
    assertThat(MessageValues.cut("abcd", 4)).isEqualTo("abcd");
    assertThat(MessageValues.cut("abcde", 4)).isEqualTo("abc…");
    assertThat(MessageValues.cut("ab🚀de", 4)).isEqualTo("ab…");
    assertThat(MessageValues.cut("a🚀cde", 4)).isEqualTo("a🚀…");
  }

  @Test
  void line_ends_become_one_kind_and_halves_of_characters_are_marked() {
    assertThat(Texts.clean("a\r\nb\rc\nd\te\u0000f")).isEqualTo("a\nb\nc\nd\te f");
    assertThat(Texts.clean("a\ud800b\udc00🚀")).isEqualTo("a\ufffdb\ufffd🚀");
    assertThat(Texts.clean("abc\u202egnp.exe")).isEqualTo("abcgnp.exe");
  }

  @Test
  void one_breach_is_singular_and_a_template_of_nothing_is_the_headline() {
    Map<String, Object> values = MessageValues.of(Samples.notification().build());
    assertThat(values).containsEntry("times", "3 breaches").containsEntry("breaches", 3L);
    assertThat(MessageValues.orHeadline(" \n", values)).isEqualTo("CRIT risky-approvals");
  }
}
