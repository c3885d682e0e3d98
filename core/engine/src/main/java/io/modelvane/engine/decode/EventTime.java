package io.modelvane.engine.decode;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads a time from text without going through a double, and remembers how many decimals of a
 * second the text shows: what lies below is free for telling events of one time apart.
 *
 * @param nanos since 1970
 * @param decimals 0 for whole seconds to 9 for nanoseconds
 */
record EventTime(long nanos, int decimals) {
  private static final long[] POWERS = {
    1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000
  };
  private static final Pattern ISO =
      Pattern.compile(
          "(\\d{4})-(\\d{2})-(\\d{2})[T ](\\d{2}):(\\d{2})(?::(\\d{2})(?:[.,](\\d{1,12}))?)?"
              + "\\s?(Z|z|UTC|[+-]\\d{2}(?::?\\d{2})?)?");
  private static final Pattern NUMBER = Pattern.compile("(\\d{1,19})(?:\\.(\\d{1,18}))?");
  // Java writes every double from 10^7 on like this.
  private static final Pattern SCIENTIFIC = Pattern.compile("\\d(?:\\.\\d{1,18})?[eE]\\+?\\d{1,2}");
  private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");
  private static final long EARLIEST = 946_684_800L; // 2000-01-01, nothing was served before
  private static final long LATEST = 7_258_118_400L; // 2200-01-01, nanoseconds end in 2262

  /** How many different times lie below the resolution that was shown. */
  long room() {
    return POWERS[9 - decimals];
  }

  static EventTime parse(String text, TimeUnitOption unit, ZoneId zone) throws Rejection {
    String stripped = text.strip();
    Matcher iso = ISO.matcher(stripped);
    if (iso.matches()) {
      return iso(iso, zone, stripped);
    }
    Matcher number =
        NUMBER.matcher(
            SCIENTIFIC.matcher(stripped).matches()
                ? new BigDecimal(stripped).toPlainString()
                : stripped);
    if (number.matches()) {
      return number(number, unit, stripped);
    }
    throw new Rejection(
        "'%s' is not a time; ISO-8601 and seconds, milli-, micro- or nanoseconds since 1970 are"
            .formatted(shortened(stripped)));
  }

  static EventTime ofMillis(long millis) {
    return new EventTime(Math.multiplyExact(millis, 1_000_000L), 3);
  }

  private static EventTime iso(Matcher part, ZoneId zone, String text) throws Rejection {
    try {
      LocalDate date =
          LocalDate.of(number(part.group(1)), number(part.group(2)), number(part.group(3)));
      int second = part.group(6) == null ? 0 : Math.min(number(part.group(6)), 59); // leap second
      LocalTime time = LocalTime.of(number(part.group(4)), number(part.group(5)), second);
      String fraction = part.group(7) == null ? "" : part.group(7);
      long seconds = seconds(LocalDateTime.of(date, time), part.group(8), zone);
      return of(seconds, fraction, text);
    } catch (DateTimeException invalid) {
      throw new Rejection("'%s' is not a time: %s".formatted(text, invalid.getMessage()));
    }
  }

  private static long seconds(LocalDateTime time, @Nullable String offset, ZoneId zone) {
    if (offset == null) {
      return zone instanceof ZoneOffset fixed
          ? time.toEpochSecond(fixed)
          : time.atZone(zone).toEpochSecond();
    }
    boolean utc = offset.equalsIgnoreCase("Z") || offset.equals("UTC");
    return time.toEpochSecond(utc ? ZoneOffset.UTC : ZoneOffset.of(offset));
  }

  private static int number(String digits) {
    return Integer.parseInt(digits);
  }

  private static EventTime number(Matcher part, TimeUnitOption unit, String text) throws Rejection {
    long value;
    try {
      value = Long.parseLong(part.group(1));
    } catch (NumberFormatException tooLarge) {
      throw outOfRange(text);
    }
    int decimals = unit == TimeUnitOption.AUTO ? decimals(value) : unit.decimals();
    long scale = POWERS[decimals];
    String below = String.valueOf(value % scale);
    String fraction = decimals == 0 ? "" : "0".repeat(decimals - below.length()) + below;
    return of(value / scale, fraction + (part.group(2) == null ? "" : part.group(2)), text);
  }

  /** Ten to the power of {@code decimals}. */
  static long power(int decimals) {
    return POWERS[decimals];
  }

  /** A time, or null when it is out of range. */
  static @Nullable EventTime inRange(long seconds, long below, int decimals) {
    return seconds < EARLIEST || seconds >= LATEST
        ? null
        : new EventTime(seconds * POWERS[9] + below * POWERS[9 - decimals], decimals);
  }

  /** How many decimals of a second a number shows, judged by its size. */
  static int decimals(long value) {
    if (value < 100_000_000_000L) {
      return 0;
    } else if (value < 100_000_000_000_000L) {
      return 3;
    }
    return value < 100_000_000_000_000_000L ? 6 : 9;
  }

  private static EventTime of(long seconds, String fraction, String text) throws Rejection {
    int decimals = Math.min(fraction.length(), 9);
    long below = decimals == 0 ? 0 : Long.parseLong(fraction.substring(0, decimals));
    EventTime time = inRange(seconds, below, decimals);
    if (time == null) {
      throw outOfRange(text);
    }
    return time;
  }

  private static Rejection outOfRange(String text) {
    return new Rejection(
        "the time '%s' is outside 2000 to 2200; check its unit".formatted(shortened(text)));
  }

  /** At most 64 characters and on one line: messages may hold anything. */
  static String shortened(String text) {
    String line =
        CONTROL.matcher(text.length() <= 64 ? text : text.substring(0, 64)).replaceAll("?");
    return text.length() <= 64 ? line : line + "...";
  }
}
