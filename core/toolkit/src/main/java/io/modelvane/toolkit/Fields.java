package io.modelvane.toolkit;

import io.modelvane.spi.Problems;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Further facts that a message shows by name, each a template of the operator's, in the operator's
 * order. Names and values come out escaped.
 */
public final class Fields {
  private final Templates templates;
  private final Map<String, Templates.Template> given = new LinkedHashMap<>();

  /**
   * Reads the templates.
   *
   * @throws IllegalArgumentException when one is none; {@link #check} would have said so
   */
  public Fields(Templates templates, Map<String, String> given) {
    this.templates = templates;
    given.forEach((name, text) -> this.given.put(name, templates.compile(text)));
  }

  /** The operator's fields, with the values of {@link MessageValues}. */
  public Map<String, String> of(Map<String, Object> values) {
    Map<String, String> fields = new LinkedHashMap<>();
    given.forEach(
        (name, template) -> fields.put(templates.escaped(name), template.render(values).strip()));
    return fields;
  }

  /** The same, or the tags of the series where the operator asks for nothing. */
  public Map<String, String> orTags(Map<String, Object> values) {
    if (!given.isEmpty() || !(values.get("tags") instanceof Map<?, ?> tags)) {
      return of(values);
    }
    Map<String, String> fields = new LinkedHashMap<>();
    tags.forEach(
        (name, value) ->
            fields.put(
                templates.escaped(String.valueOf(name)), templates.escaped(String.valueOf(value))));
    return fields;
  }

  /** Reports what is wrong with the option {@code fields}. */
  public static void check(Map<String, String> given, Problems problems) {
    given.forEach(
        (name, text) -> {
          if (name.isBlank()) {
            problems.add("fields", "has a field without a name");
          }
          OptionChecks.template("fields." + name, text, problems);
        });
  }
}
