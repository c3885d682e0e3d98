package io.modelvane.alerting.check;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How many values of a window have to reach a level: {@code any}, {@code all}, {@code 3}.
 *
 * @param least how many; more than a window can hold for all of them
 */
public record Quorum(int least) {
  static final Quorum ALL = new Quorum(Integer.MAX_VALUE);

  private static final Pattern NUMBER = Pattern.compile("[1-9]\\d{0,8}");

  /**
   * Reads it.
   *
   * @throws IllegalArgumentException with words for the user
   */
  public static Quorum parse(String text) {
    String stripped = text.strip();
    Matcher number = NUMBER.matcher(stripped);
    if (number.matches()) {
      return new Quorum(Integer.parseInt(stripped));
    }
    return switch (stripped) {
      case "any" -> new Quorum(1);
      case "all" -> ALL;
      default ->
          throw new IllegalArgumentException(
              "'%s' is not understood; write any, all or a number from 1 on".formatted(text));
    };
  }

  /** Whether there are enough of them. */
  boolean test(double matching, long samples) {
    return matching >= (equals(ALL) ? samples : least);
  }

  /** As one reads it. */
  @Override
  public String toString() {
    if (equals(ALL)) {
      return "all";
    }
    return least == 1 ? "any" : least + " or more";
  }
}
