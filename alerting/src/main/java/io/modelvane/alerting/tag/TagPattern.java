package io.modelvane.alerting.tag;

import io.modelvane.spi.Series;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A demand on the value of a tag: {@code credit}, {@code = credit}, {@code != credit}, {@code =~
 * credit.*}, {@code !~ test-.*}. A tag that is not there counts as empty; a regular expression has
 * to match the whole value, as in Prometheus.
 *
 * @param operator how to compare
 * @param text the value or the regular expression
 * @param pattern what is compared
 */
public record TagPattern(Operator operator, String text, Pattern pattern) {
  /** How a value is compared. */
  public enum Operator {
    /** The same. */
    EQUAL("="),
    /** Another. */
    NOT_EQUAL("!="),
    /** Matches. */
    MATCHES("=~"),
    /** Does not match. */
    NOT_MATCHES("!~");

    private final String text;

    Operator(String text) {
      this.text = text;
    }
  }

  /**
   * Reads a demand; a text that begins with none of the operators is the value itself.
   *
   * @throws IllegalArgumentException with words for the user
   */
  public static TagPattern parse(String text) {
    String trimmed = text.strip();
    if (trimmed.startsWith("=~")) {
      return regex(Operator.MATCHES, trimmed.substring(2).strip());
    } else if (trimmed.startsWith("!~")) {
      return regex(Operator.NOT_MATCHES, trimmed.substring(2).strip());
    } else if (trimmed.startsWith("!=")) {
      return literal(Operator.NOT_EQUAL, trimmed.substring(2).strip());
    }
    return literal(
        Operator.EQUAL, trimmed.startsWith("=") ? trimmed.substring(1).strip() : trimmed);
  }

  private static TagPattern literal(Operator operator, String value) {
    return new TagPattern(operator, value, Pattern.compile(value, Pattern.LITERAL));
  }

  private static TagPattern regex(Operator operator, String expression) {
    if (expression.isEmpty()) {
      throw new IllegalArgumentException("a regular expression must follow the operator");
    }
    try {
      return new TagPattern(operator, expression, Pattern.compile(expression, Pattern.DOTALL));
    } catch (PatternSyntaxException invalid) {
      throw new IllegalArgumentException(
          "'%s' is not a regular expression: %s at position %d"
              .formatted(expression, invalid.getDescription(), invalid.getIndex()),
          invalid);
    }
  }

  /** Whether a series meets all demands, given by the tags' keys. */
  public static boolean allMet(Map<String, TagPattern> demands, Series series) {
    for (Map.Entry<String, TagPattern> demand : demands.entrySet()) {
      String value = Objects.requireNonNullElse(series.tag(demand.getKey()), "");
      if (!demand.getValue().test(value)) {
        return false;
      }
    }
    return true;
  }

  /** Whether a value is as demanded. */
  public boolean test(String value) {
    return switch (operator) {
      case EQUAL -> value.equals(text);
      case NOT_EQUAL -> !value.equals(text);
      case MATCHES -> pattern.matcher(value).matches();
      case NOT_MATCHES -> !pattern.matcher(value).matches();
    };
  }

  /** As one writes it. */
  @Override
  public String toString() {
    return operator.text + " " + text;
  }
}
