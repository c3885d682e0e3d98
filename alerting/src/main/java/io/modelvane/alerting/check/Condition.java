package io.modelvane.alerting.check;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A condition on a number: {@code > 0.7}, {@code <= 5}, {@code != 0}, {@code inside 0.2..0.8},
 * {@code outside 0.2..0.8}.
 *
 * @param operator how to compare
 * @param low the number, or the lower end of the range
 * @param high the same number, or the upper end
 */
public record Condition(Operator operator, double low, double high) implements Criterion {
  private static final String NUMBER = "([+-]?(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][+-]?\\d+)?)";
  private static final Pattern COMPARISON = Pattern.compile("(>=|<=|==|!=|>|<)\\s*" + NUMBER);
  private static final Pattern RANGE =
      Pattern.compile("(inside|outside)\\s+" + NUMBER + "\\s*\\.\\.\\s*" + NUMBER);

  /** How a number is compared. */
  public enum Operator {
    /** Above. */
    GREATER(">"),
    /** At or above. */
    AT_LEAST(">="),
    /** Below. */
    LESS("<"),
    /** At or below. */
    AT_MOST("<="),
    /** The same. */
    EQUAL("=="),
    /** Another. */
    NOT_EQUAL("!="),
    /** Between the ends, both of which belong to it. */
    INSIDE("inside"),
    /** Below the lower end or above the upper; neither end belongs to it. */
    OUTSIDE("outside");

    private final String text;

    Operator(String text) {
      this.text = text;
    }

    static Operator of(String text) {
      for (Operator operator : values()) {
        if (operator.text.equals(text)) {
          return operator;
        }
      }
      throw new IllegalArgumentException(text);
    }
  }

  /** A stretch of numbers; infinite ends are open. */
  private record Stretch(double low, boolean lowOpen, double high, boolean highOpen) {
    boolean meets(Stretch other) {
      double from = Math.max(low, other.low);
      double to = Math.min(high, other.high);
      return from < to || (from == to && holds(from) && other.holds(from));
    }

    boolean holds(double value) {
      return (value > low || (value == low && !lowOpen))
          && (value < high || (value == high && !highOpen));
    }

    boolean covers(Stretch other) {
      boolean below = low < other.low || (low == other.low && (!lowOpen || other.lowOpen));
      boolean above = high > other.high || (high == other.high && (!highOpen || other.highOpen));
      return below && above;
    }
  }

  /**
   * Reads a condition.
   *
   * @throws IllegalArgumentException with words for the user
   */
  public static Condition parse(String text) {
    String stripped = text.strip();
    Matcher comparison = COMPARISON.matcher(stripped);
    if (comparison.matches()) {
      double value = number(comparison.group(2));
      return new Condition(Operator.of(comparison.group(1)), value, value);
    }
    Matcher range = RANGE.matcher(stripped);
    if (range.matches()) {
      double low = number(range.group(2));
      double high = number(range.group(3));
      if (low > high) {
        throw new IllegalArgumentException(
            "'%s' begins above its end; write the smaller number first".formatted(stripped));
      }
      return new Condition(Operator.of(range.group(1)), low, high);
    }
    throw new IllegalArgumentException(
        "'%s' is no condition; write one of > >= < <= == != and a number, or inside 0.2..0.8, or outside 0.2..0.8"
            .formatted(stripped));
  }

  private static double number(String text) {
    double value = Double.parseDouble(text);
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException("'" + text + "' is too large for a number");
    }
    return value;
  }

  /** Whether it holds for a value; never for NaN. */
  public boolean test(double value) {
    return test(value, value);
  }

  @Override
  public boolean test(Estimate value) {
    return test(value.low(), value.high());
  }

  /** Whether it holds for every value from {@code least} to {@code most}, both included. */
  boolean test(double least, double most) {
    return switch (operator) {
      case GREATER -> least > low;
      case AT_LEAST -> least >= low;
      case LESS -> most < low;
      case AT_MOST -> most <= low;
      case EQUAL, INSIDE -> least >= low && most <= high;
      case NOT_EQUAL, OUTSIDE -> most < low || least > high;
    };
  }

  /** The one that is further in; the newer one of equals. */
  @Override
  public double worse(double before, double now) {
    return switch (operator) {
      case GREATER, AT_LEAST -> Math.max(before, now);
      case LESS, AT_MOST -> Math.min(before, now);
      case EQUAL, NOT_EQUAL, INSIDE -> now;
      case OUTSIDE -> {
        double middle = low / 2 + high / 2;
        yield Math.abs(now - middle) >= Math.abs(before - middle) ? now : before;
      }
    };
  }

  private List<Stretch> stretches() {
    double most = Double.POSITIVE_INFINITY;
    return switch (operator) {
      case GREATER -> List.of(new Stretch(low, true, most, true));
      case AT_LEAST -> List.of(new Stretch(low, false, most, true));
      case LESS -> List.of(new Stretch(-most, true, low, true));
      case AT_MOST -> List.of(new Stretch(-most, true, low, false));
      case EQUAL, INSIDE -> List.of(new Stretch(low, false, high, false));
      case NOT_EQUAL, OUTSIDE ->
          List.of(new Stretch(-most, true, low, true), new Stretch(high, true, most, true));
    };
  }

  /** Whether there is a number for which both hold. */
  boolean meets(Condition other) {
    return stretches().stream().anyMatch(a -> other.stretches().stream().anyMatch(a::meets));
  }

  /** Whether it holds wherever {@code other} does. */
  boolean covers(Condition other) {
    return other.stretches().stream()
        .allMatch(theirs -> stretches().stream().anyMatch(ours -> ours.covers(theirs)));
  }

  /** As one writes it. */
  @Override
  public String toString() {
    String first = operator.text + " " + Figures.exact(low);
    return operator == Operator.INSIDE || operator == Operator.OUTSIDE
        ? first + ".." + Figures.exact(high)
        : first;
  }
}
