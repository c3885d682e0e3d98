package io.modelvane.alerting.rule;

import io.modelvane.spi.Series;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A condition on one tag of a series. A missing tag counts as an empty value, and a regular
 * expression must fit the whole value, as in Prometheus.
 *
 * @param tag the tag's key
 * @param pattern what the value is held against
 * @param negated whether it must not fit
 */
record TagMatcher(String tag, Pattern pattern, boolean negated) {

  /**
   * Reads {@code value}, {@code = value}, {@code != value}, {@code =~ regex} or {@code !~ regex}.
   *
   * @throws IllegalArgumentException with words for the operator when it makes no sense
   */
  static TagMatcher parse(String tag, String text) {
    String trimmed = text.strip();
    String operator =
        trimmed.matches("(?s)[=!]~.*|!=.*")
            ? trimmed.substring(0, 2)
            : trimmed.startsWith("=") ? "=" : "";
    String value = trimmed.substring(operator.length()).strip();
    boolean regex = operator.endsWith("~");
    if (tag.isBlank()) {
      throw new IllegalArgumentException("a tag needs a name");
    }
    return new TagMatcher(tag, compile(value, regex), operator.startsWith("!"));
  }

  private static Pattern compile(String value, boolean regex) {
    if (!regex) {
      return Pattern.compile(value, Pattern.LITERAL);
    }
    if (value.isEmpty()) {
      throw new IllegalArgumentException("a regular expression must follow the operator");
    }
    try {
      return Pattern.compile(value, Pattern.DOTALL);
    } catch (PatternSyntaxException invalid) {
      throw new IllegalArgumentException(
          "'%s' is not a regular expression: %s at position %d"
              .formatted(value, invalid.getDescription(), invalid.getIndex()),
          invalid);
    }
  }

  boolean matches(Series series) {
    String value = Objects.requireNonNullElse(series.tag(tag), "");
    return pattern.matcher(value).matches() != negated;
  }
}
