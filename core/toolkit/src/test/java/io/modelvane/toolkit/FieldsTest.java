package io.modelvane.toolkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.modelvane.testkit.Samples;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class FieldsTest {
  private static final Map<String, Object> VALUES =
      MessageValues.of(Samples.notification().series(Samples.series(Map.of("a<b", "<x>"))).build());

  private final Templates html = new Templates(Escapes::html);

  @Test
  void fields_come_in_the_order_they_were_given_with_names_and_values_escaped() {
    Map<String, String> given = new LinkedHashMap<>();
    given.put("Team & owner", "{{tags.team}}");
    given.put("Limit", "{{details.threshold}} ");
    given.put("A", "<b>{{level}}</b>");
    assertThat(new Fields(html, given).orTags(VALUES))
        .containsExactly(
            entry("Team &amp; owner", "(no tags.team)"),
            entry("Limit", "&gt; 0.7"),
            entry("A", "<b>crit</b>"));
  }

  @Test
  void without_fields_the_tags_are_shown_where_the_notifier_wants_them() {
    Fields none = new Fields(html, Map.of());
    assertThat(none.of(VALUES)).isEmpty();
    assertThat(none.orTags(VALUES)).containsExactly(entry("a&lt;b", "&lt;x&gt;"));
  }

  @Test
  void a_field_without_a_name_and_one_that_is_no_template_are_reported() {
    Map<String, String> given = new LinkedHashMap<>();
    given.put(" ", "{{level}}");
    given.put("Team", "{{tags.team");
    given.put("Limit", "{{limit}}");
    List<String> problems = new ArrayList<>();
    Fields.check(given, (at, words) -> problems.add(at + ": " + words));
    assertThat(problems).hasSize(3);
    assertThat(problems.get(0)).isEqualTo("fields: has a field without a name");
    assertThat(problems.get(1)).startsWith("fields.Team: is not a Mustache template: line 1: ");
    assertThat(problems.get(2)).startsWith("fields.Limit: knows no 'limit'");
  }
}
