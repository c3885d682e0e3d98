package io.modelvane.alerting.hours;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A time of day, from {@code 00:00} to {@code 24:00}.
 *
 * @param minutes since midnight
 */
public record TimeOfDay(int minutes) {
  private static final Pattern TEXT = Pattern.compile("(\\d{1,2}):(\\d{2})");
  private static final int HOUR = 60;
  private static final int DAY = 24 * HOUR;

  /**
   * Reads {@code 8:30} and the like.
   *
   * @throws IllegalArgumentException with words for the user
   */
  public static TimeOfDay parse(String text) {
    Matcher matcher = TEXT.matcher(text.strip());
    if (matcher.matches()) {
      int hours = Integer.parseInt(matcher.group(1));
      int rest = Integer.parseInt(matcher.group(2));
      int minutes = hours * HOUR + rest;
      if (rest < HOUR && minutes <= DAY) {
        return new TimeOfDay(minutes);
      }
    }
    throw new IllegalArgumentException(
        "'" + text + "' is not a time of day; write 08:30, from 00:00 to 24:00");
  }

  LocalDateTime on(LocalDate day) {
    return day.atStartOfDay().plusMinutes(minutes);
  }

  @Override
  public String toString() {
    return "%02d:%02d".formatted(minutes / HOUR, minutes % HOUR);
  }
}
