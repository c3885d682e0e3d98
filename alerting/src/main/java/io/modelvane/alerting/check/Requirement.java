package io.modelvane.alerting.check;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How many of the last values have to be bad: {@code 3 of 5}.
 *
 * @param least how many
 * @param of how many of the last values are looked at; those before the first count as good
 */
public record Requirement(int least, int of) {
  /** Every value counts by itself. */
  static final Requirement NONE = new Requirement(1, 1);

  private static final int MOST = 100;
  private static final Pattern TEXT = Pattern.compile("(\\d{1,3})\\s+of\\s+(\\d{1,3})");

  /**
   * Reads a requirement.
   *
   * @throws IllegalArgumentException with words for the user
   */
  public static Requirement parse(String text) {
    Matcher matcher = TEXT.matcher(text.strip());
    if (!matcher.matches()) {
      throw new IllegalArgumentException("'%s' is not understood; write 3 of 5".formatted(text));
    }
    int least = Integer.parseInt(matcher.group(1));
    int of = Integer.parseInt(matcher.group(2));
    if (least < 1 || least > of || of > MOST) {
      throw new IllegalArgumentException(
          "'%s' can never be or is always so; write two numbers from 1 to %d, the smaller one first"
              .formatted(text, MOST));
    }
    return new Requirement(least, of);
  }

  /** Whether it looks at more than the value itself. */
  boolean looksBack() {
    return of > 1;
  }

  /** As one writes it. */
  @Override
  public String toString() {
    return least + " of " + of;
  }
}
