package io.modelvane.alerting.tag;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.modelvane.spi.Series;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A demand on the value of a tag: {@code credit}, {@code = credit}, {@code != credit}, {@code =~
 * credit.*}, {@code !~ test-.*}. A tag that is not there counts as empty; a regular expression has
 * to match the whole value, as in Prometheus, and is of the same kind
 * (https://github.com/google/re2/wiki/Syntax): its time is linear in the value, whatever both hold.
 *
 * @param operator how to compare
 * @param text the value or the regular expression
 * @param pattern the regular expression; null where values are compared
 */
public record TagPattern(Operator operator, String text, @Nullable Pattern pattern) {
  private static final int LONGEST = 1_000;
  private static final Pattern REPETITION = Pattern.compile("\\{(?:\\d+,)?(\\d+),?}");

  /** Each repetition is a copy in memory, and those inside others multiply. */
  private static final double MOST_REPETITIONS = 10_000;

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
    if (trimmed.length() > LONGEST) {
      throw new IllegalArgumentException("is longer than " + LONGEST + " characters");
    } else if (trimmed.startsWith("=~")) {
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
    return new TagPattern(operator, value, null);
  }

  private static TagPattern regex(Operator operator, String expression) {
    if (expression.isEmpty()) {
      throw new IllegalArgumentException("a regular expression must follow the operator");
    }
    if (repetitions(expression) > MOST_REPETITIONS) {
      throw new IllegalArgumentException("the repetitions of the regular expression are too many");
    }
    try {
      return new TagPattern(operator, expression, Pattern.compile(expression, Pattern.DOTALL));
    } catch (PatternSyntaxException invalid) {
      throw new IllegalArgumentException(
          "'%s' is not a regular expression: %s".formatted(expression, invalid.getDescription()),
          invalid);
    }
  }

  /** How many there are if each is inside all others. */
  private static double repetitions(String expression) {
    double all = 1;
    Matcher repetition = REPETITION.matcher(expression);
    while (repetition.find()) {
      all *= Math.max(1, Double.parseDouble(repetition.group(1)));
    }
    return all;
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
      case MATCHES -> matches(value);
      case NOT_MATCHES -> !matches(value);
    };
  }

  private boolean matches(String value) {
    return Objects.requireNonNull(pattern, "only values are compared").matcher(value).matches();
  }

  /** As one writes it. */
  @Override
  public String toString() {
    return operator.text + " " + text;
  }
}
