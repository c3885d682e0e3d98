package io.modelvane.engine.config;

import java.util.Optional;
import java.util.StringJoiner;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Values that people write plainly and YAML reads otherwise: comparisons, which begin like a folded
 * text or a tag, and placeholders between the braces of another mapping.
 *
 * @param column where the first of them begins, from 1
 * @param words what to write instead
 */
record Unquoted(int column, String words) {
  private static final Pattern VALUE =
      Pattern.compile(
          "(?<name>[\\w.-]+:\\s+|[\\[,]\\s*|^\\s*-\\s+)"
              + "(?<value>(?:>=?|!=|!~|=~)\\s*[^\\s,\\]}#'\"|>][^,\\]}#'\"]*"
              + "|[^\\s\"'\\[\\]{},#]*\\$\\{[^}\"']*}[^\\s\"'\\[\\]{},#]*)");

  /** What is to be quoted in a line, if it is that. Only such values are shown, no others. */
  static Optional<Unquoted> in(String line) {
    Matcher matcher = VALUE.matcher(line);
    StringJoiner quoted = new StringJoiner(", ", "put it in quotes: ", "");
    int column = 0;
    while (matcher.find()) {
      if (column == 0) {
        column = matcher.start("value") + 1;
      }
      String name = matcher.group("name").strip().replaceAll("^[\\[,]$", "");
      String value = '"' + matcher.group("value").strip() + '"';
      quoted.add(name.isEmpty() ? value : name + " " + value);
    }
    return column == 0 ? Optional.empty() : Optional.of(new Unquoted(column, quoted.toString()));
  }
}
