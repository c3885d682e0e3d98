package io.modelvane.engine.decode;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads the common shapes of a time from bytes: {@code 2026-11-26T10:15:30.123456}, with {@code T}
 * or a space, with up to nine decimals or none, with {@code Z} or in the default zone; and whole
 * numbers. All else is {@link EventTime}'s. Used by one thread.
 */
final class FlatTime {
  private static final int DATE = 10;
  private static final int DATE_AND_TIME = 19;
  private static final int LONGEST_NUMBER = 19;

  private final TimeUnitOption unit;
  private final @Nullable ZoneOffset offset;
  private byte[] lastDate = {};
  private long lastEpochDay;

  FlatTime(TimeUnitOption unit, ZoneId zone) {
    this.unit = unit;
    this.offset = zone instanceof ZoneOffset fixed ? fixed : null;
  }

  /** The time that a text or number says, or null where {@link EventTime#parse} must look. */
  @Nullable EventTime parse(byte[] text, int from, int to) {
    if (to - from <= LONGEST_NUMBER) {
      EventTime number = number(text, from, to);
      if (number != null || to - from < DATE_AND_TIME) {
        return number;
      }
    }
    int dayTime = dayTime(text, from + DATE);
    if (dayTime < 0 || !date(text, from)) {
      return null;
    }
    return zoned(text, from + DATE_AND_TIME, to, lastEpochDay * 86_400 + dayTime);
  }

  private @Nullable EventTime number(byte[] text, int from, int to) {
    if (to == from || to - from > LONGEST_NUMBER) {
      return null;
    }
    long value = digits(text, from, to);
    if (value < 0) {
      return null;
    }
    int decimals = unit == TimeUnitOption.AUTO ? EventTime.decimals(value) : unit.decimals();
    long scale = EventTime.power(decimals);
    return EventTime.inRange(value / scale, value % scale, decimals);
  }

  /** The second of the day in {@code T10:15:30}, or -1. */
  private static int dayTime(byte[] text, int at) {
    if ((text[at] != 'T' && text[at] != ' ') || text[at + 3] != ':' || text[at + 6] != ':') {
      return -1;
    }
    long hour = digits(text, at + 1, at + 3);
    long minute = digits(text, at + 4, at + 6);
    long second = digits(text, at + 7, at + 9);
    boolean valid = hour >= 0 && hour < 24 && minute >= 0 && minute < 60;
    return valid && second >= 0 && second < 60 ? (int) (hour * 3600 + minute * 60 + second) : -1;
  }

  /** Looks whether a date is the last one again, which it nearly always is. */
  private boolean date(byte[] text, int from) {
    if (Arrays.equals(lastDate, 0, lastDate.length, text, from, from + DATE)) {
      return true;
    }
    long year = digits(text, from, from + 4);
    long month = digits(text, from + 5, from + 7);
    long day = digits(text, from + 8, from + 10);
    if (text[from + 4] != '-' || text[from + 7] != '-' || year < 0 || month < 0 || day < 0) {
      return false;
    }
    try {
      lastEpochDay = LocalDate.of((int) year, (int) month, (int) day).toEpochDay();
    } catch (DateTimeException invalid) {
      return false;
    }
    lastDate = Arrays.copyOfRange(text, from, from + DATE);
    return true;
  }

  private @Nullable EventTime zoned(byte[] text, int from, int to, long localSeconds) {
    boolean utc = to > from && text[to - 1] == 'Z';
    int end = utc ? to - 1 : to;
    if (!utc && offset == null) {
      return null;
    }
    long seconds = utc || offset == null ? localSeconds : localSeconds - offset.getTotalSeconds();
    if (end == from) {
      return EventTime.inRange(seconds, 0, 0);
    }
    int decimals = end - from - 1;
    if (text[from] != '.' || decimals < 1 || decimals > 9) {
      return null;
    }
    long below = digits(text, from + 1, end);
    return below < 0 ? null : EventTime.inRange(seconds, below, decimals);
  }

  /** Up to 19 digits as a number; negative where there are others, or it does not fit. */
  private static long digits(byte[] text, int from, int to) {
    long value = 0;
    for (int i = from; i < to; i++) {
      int digit = text[i] - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      value = value * 10 + digit;
    }
    return value;
  }
}
