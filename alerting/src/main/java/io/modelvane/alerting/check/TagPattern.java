package io.modelvane.alerting.check;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A demand on the value of a tag: {@code credit}, {@code = credit}, {@code != credit}, {@code =~
 * credit.*}, {@code !~ test-.*}. A tag that is not there counts as empty; a regular expression has
 * to match the whole value.
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
    if (text.startsWith("=~")) {
      return regex(Operator.MATCHES, text.substring(2).strip());
    } else if (text.startsWith("!~")) {
      return regex(Operator.NOT_MATCHES, text.substring(2).strip());
    } else if (text.startsWith("!=")) {
      return literal(Operator.NOT_EQUAL, text.substring(2).strip());
    }
    return literal(Operator.EQUAL, text.startsWith("=") ? text.substring(1).strip() : text);
  }

  private static TagPattern literal(Operator operator, String value) {
    return new TagPattern(operator, value, Pattern.compile(value, Pattern.LITERAL));
  }

  private static TagPattern regex(Operator operator, String expression) {
    try {
      return new TagPattern(operator, expression, Pattern.compile(expression, Pattern.DOTALL));
    } catch (PatternSyntaxException invalid) {
      throw new IllegalArgumentException(
          "'%s' is no regular expression: %s".formatted(expression, invalid.getDescription()),
          invalid);
    }
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
