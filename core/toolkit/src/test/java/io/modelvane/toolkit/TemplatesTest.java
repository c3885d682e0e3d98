package io.modelvane.toolkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelvane.testkit.HostileTexts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TemplatesTest {
  private static final Map<String, Object> VALUES =
      Map.of(
          "text",
          "<a>",
          "empty",
          "",
          "yes",
          true,
          "no",
          false,
          "tags",
          Map.of("model", "m1", "a.b", "dotted", "model name", "spaced"),
          "count",
          3L);

  private static String render(String template) {
    return new Templates(text -> text.replace("<", "&lt;")).compile(template).render(VALUES);
  }

  @ParameterizedTest
  @CsvSource({
    "{{text}}, &lt;a>",
    "{{{text}}}, <a>",
    "{{&text}}, <a>",
    "{{count}}, 3",
    "{{tags.model}}, m1",
    "{{tags.a.b}}, dotted",
    "{{tags.model name}}, spaced",
    "{{#tags}}{{model}}{{/tags}}, m1",
    "{{#text}}[{{.}}]{{/text}}, [&lt;a>]",
    "{{#text}}{{count}}{{/text}}, 3",
    "{{#yes}}y{{/yes}}{{#no}}n{{/no}}{{^no}}!{{/no}}, y!",
    "{{#empty}}x{{/empty}}{{^empty}}none{{/empty}}, none",
    "{{! a remark }}z, z",
  })
  void names_and_sections_mean_what_mustache_says(String template, String text) {
    assertThat(render(template)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "{{nope}}, (no nope)",
    "{{tags.nope}}, (no tags.nope)",
    "{{text.nope}}, (no text.nope)",
    "{{#nope}}x{{/nope}}{{^nope}}none{{/nope}}, none",
    "{{#tags.nope}}x{{/tags.nope}}z, z",
  })
  void a_name_that_does_not_exist_is_a_visible_mark_and_an_empty_section(
      String template, String text) {
    assertThat(render(template)).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text.class",
        "text.length",
        "text.notify",
        "text.hashCode",
        "count.longValue",
        "tags.size",
        "tags.class.classLoader",
        "getClass",
        "tags.clear"
      })
  void no_method_can_be_reached(String name) {
    assertThat(render("{{" + name + "}}")).isEqualTo("(no " + name + ")");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{{a", "{{#a}}", "{{/a}}", "{{#a}}{{/b}}", "{{>file}}", "{{<file}}", "{{=x}}"})
  void a_template_that_is_none_says_so(String template) {
    assertThatThrownBy(() -> render(template))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("is not a Mustache template");
  }

  @ParameterizedTest
  @CsvSource({
    "'a\n{{b', line 2: ",
    "'{{#a}}\n\n', line 1: Failed to close 'a'",
    "'x\n\n{{/a}}', line 3: ",
    "'\n{{> file}}', line 2: templates cannot include others: {{>file}}",
    "'\n\n{{>+file}}', line 3: templates cannot include others",
    "'{{<file}}{{/file}}', line 1: templates cannot extend others: {{<file}}",
    "'a\n{{%IMPLICIT}}', line 2: there are no pragmas: {{%IMPLICIT}}",
  })
  void a_mistake_is_shown_with_its_line(String template, String words) {
    assertThatThrownBy(() -> render(template.replace("\\n", "\n")))
        .hasMessageContaining(words)
        .hasMessageNotContaining("[template");
  }

  private static List<String> problems(String template) {
    List<String> problems = new ArrayList<>();
    OptionChecks.template("text", template, (at, words) -> problems.add(at + ": " + words));
    return problems;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        MessageValues.TITLE,
        MessageValues.TEXT,
        "{{tags.anything}}{{details.at_all}}{{{link}}}",
        "{{#tags}}{{model}}{{.}}{{/tags}}",
        "{{#details}}{{window}}{{/details}}{{^tags.team}}nobody's{{/tags.team}}",
        "{{#value}}{{field}} {{.}}{{/value}}",
      })
  void a_template_of_names_that_there_are_is_right(String template) {
    assertThat(problems(template)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "{{chekc}}, text: knows no 'chekc'; did you mean 'check'?",
    "{{Level}}, text: knows no 'Level'; did you mean 'level'?",
    "{{{check.name}}}, \"text: knows no 'check.name'; there are tags.NAME, details.NAME, level, \"",
    "{{#message}}{{vlaue}}{{/message}}, text: knows no 'vlaue'; did you mean 'value'?",
    "{{^tag}}x{{/tag}}, text: knows no 'tag'; did you mean 'tags'?",
  })
  void a_name_that_no_notification_has_is_reported_with_what_was_meant(
      String template, String problem) {
    assertThat(problems(template)).singleElement().asString().startsWith(problem.replace("\"", ""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"s3cret {{level", "s3cret {{s3cret}}", "{{#s3cret}}"})
  void what_is_wrong_with_a_secret_template_does_not_repeat_it(String template) {
    List<String> problems = new ArrayList<>();
    OptionChecks.secretTemplate("key", template, (at, words) -> problems.add(words));
    assertThat(problems).singleElement().asString().doesNotContain("s3cret");
  }

  @Test
  void any_text_is_a_template_or_refused_as_none_and_never_fails_later() {
    List<String> parts =
        List.of("{{", "}}", "{", "}", "#", "/", "^", "&", "text", "tags", ".", " ", "\n", "x", "!");
    Random random = new Random(42);
    for (int round = 0; round < 3_000; round++) {
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(12); i >= 0; i--) {
        text.append(parts.get(random.nextInt(parts.size())));
      }
      try {
        assertThat(render(text.toString())).isNotNull();
      } catch (IllegalArgumentException refused) {
        assertThat(refused).hasMessageStartingWith("is not a Mustache template");
      }
    }
  }

  @Test
  void a_value_is_never_read_as_a_template() {
    Templates.Template template = new Templates(text -> text).compile("[{{a}}|{{{a}}}]");
    for (String text : HostileTexts.all().values()) {
      Map<String, Object> values = new HashMap<>(VALUES);
      values.put("a", text);
      assertThat(template.render(values)).isEqualTo("[" + text + "|" + text + "]");
    }
  }
}
