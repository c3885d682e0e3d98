package io.modelvane.toolkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelvane.testkit.HostileTexts;
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
