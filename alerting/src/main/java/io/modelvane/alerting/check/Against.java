package io.modelvane.alerting.check;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a window is compared with: {@code previous}, {@code 1h}, {@code 1d}, {@code 7d}.
 *
 * @param distance how long before; empty for the window before
 */
public record Against(Optional<Duration> distance) {
  private static final Pattern DURATION = Pattern.compile("(\\d{1,6})\\s*([mhd])");

  /**
   * Reads it.
   *
   * @throws IllegalArgumentException with words for the user
   */
  public static Against parse(String text) {
    if (text.strip().equals("previous")) {
      return new Against(Optional.empty());
    }
    Matcher matcher = DURATION.matcher(text.strip());
    if (!matcher.matches() || Long.parseLong(matcher.group(1)) == 0) {
      throw new IllegalArgumentException(
          "'%s' is not understood; write previous, 1h, 1d or 7d".formatted(text));
    }
    long amount = Long.parseLong(matcher.group(1));
    return new Against(
        Optional.of(
            switch (matcher.group(2).charAt(0)) {
              case 'm' -> Duration.ofMinutes(amount);
              case 'h' -> Duration.ofHours(amount);
              default -> Duration.ofDays(amount);
            }));
  }
}
