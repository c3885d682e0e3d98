package io.modelvane.engine.config;

import io.modelvane.spi.DataSize;
import io.modelvane.spi.NotifierRef;
import io.modelvane.spi.Secret;
import io.modelvane.spi.SinkRef;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** The types that are written as one text, and how to read them. */
final class Scalars {
  private static final Pattern DURATION = Pattern.compile("(-?)(\\d+)\\s*(ms|s|m|h|d)");
  private static final Duration LONGEST = Duration.ofDays(36_500); // fits in nanoseconds

  /** Reads a text, or throws {@link IllegalArgumentException} with the words for the user. */
  static final Map<Class<?>, Function<String, Object>> READERS =
      Map.ofEntries(
          Map.entry(String.class, text -> text),
          Map.entry(boolean.class, Scalars::bool),
          Map.entry(Boolean.class, Scalars::bool),
          Map.entry(int.class, text -> Math.toIntExact(integer(text, Integer.MAX_VALUE))),
          Map.entry(Integer.class, text -> Math.toIntExact(integer(text, Integer.MAX_VALUE))),
          Map.entry(long.class, text -> integer(text, Long.MAX_VALUE)),
          Map.entry(Long.class, text -> integer(text, Long.MAX_VALUE)),
          Map.entry(double.class, Scalars::number),
          Map.entry(Double.class, Scalars::number),
          Map.entry(Duration.class, Scalars::duration),
          Map.entry(DataSize.class, DataSize::parse),
          Map.entry(URI.class, Scalars::uri),
          Map.entry(Path.class, Scalars::path),
          Map.entry(ZoneId.class, Scalars::zone),
          Map.entry(Instant.class, Scalars::instant),
          Map.entry(Pattern.class, Scalars::pattern),
          Map.entry(Secret.class, Secret::of),
          Map.entry(SinkRef.class, SinkRef::new),
          Map.entry(NotifierRef.class, NotifierRef::new));

  private static final int LAST_PORT = 65_535;

  private Scalars() {}

  private static Object bool(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException("'" + text + "' is neither true nor false");
    };
  }

  private static long integer(String text, long most) {
    try {
      long value = Long.parseLong(text.replace("_", ""));
      if (value >= -most && value <= most) {
        return value;
      }
      throw new IllegalArgumentException("'" + text + "' is too large; the largest is " + most);
    } catch (NumberFormatException notOne) {
      if (text.matches("[-+]?[0-9_]*[0-9][0-9_]*")) {
        throw new IllegalArgumentException(
            "'" + text + "' is too large; the largest is " + most, notOne);
      }
      throw new IllegalArgumentException("'" + text + "' is not a whole number", notOne);
    }
  }

  private static Object number(String text) {
    try {
      double value = Double.parseDouble(text);
      if (Double.isFinite(value)) {
        return value;
      }
    } catch (NumberFormatException notOne) {
      // reported below
    }
    throw new IllegalArgumentException("'" + text + "' is not a number");
  }

  static Duration duration(String text) {
    Matcher matcher = DURATION.matcher(text.strip());
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "'" + text + "' is not a duration; write 500ms, 10s, 5m, 4h or 7d");
    }
    if (!matcher.group(1).isEmpty()) {
      throw new IllegalArgumentException("'" + text + "' is negative; a duration is 0s or more");
    }
    String digits = matcher.group(2);
    Duration duration =
        digits.length() > 15 ? Duration.ofDays(99_999) : of(digits, matcher.group(3));
    if (duration.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "'" + text + "' is too long; the longest duration is " + LONGEST.toDays() + "d");
    }
    return duration;
  }

  private static Duration of(String digits, String unit) {
    long amount = Long.parseLong(digits);
    return switch (unit) {
      case "ms" -> Duration.ofMillis(amount);
      case "s" -> Duration.ofSeconds(amount);
      case "m" -> Duration.ofMinutes(amount);
      case "h" -> Duration.ofHours(amount);
      default -> Duration.ofDays(Math.min(amount, LONGEST.toDays() + 1));
    };
  }

  private static Object uri(String text) {
    try {
      URI uri = new URI(text);
      if (uri.getPort() > LAST_PORT) {
        throw new IllegalArgumentException(
            "has the port " + uri.getPort() + "; the last one is " + LAST_PORT);
      }
      if (uri.isAbsolute()) {
        return uri;
      }
      throw new IllegalArgumentException("is not a full URL; write http://host:port");
    } catch (URISyntaxException invalid) {
      // The text is not shown: it may hold a password.
      throw new IllegalArgumentException("is not a URL: " + invalid.getReason(), invalid);
    }
  }

  private static Object path(String text) {
    if (text.isBlank()) {
      throw new IllegalArgumentException("is empty; write a path, or leave the option out");
    }
    try {
      return Path.of(text);
    } catch (InvalidPathException invalid) {
      throw new IllegalArgumentException("'" + text + "' is not a path", invalid);
    }
  }

  private static Object zone(String text) {
    try {
      return ZoneId.of(text);
    } catch (DateTimeException unknown) {
      throw new IllegalArgumentException(
          "'" + text + "' is not a time zone; write UTC or Europe/Berlin", unknown);
    }
  }

  private static Object instant(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException invalid) {
      throw new IllegalArgumentException(
          "'" + text + "' is not an instant; write 2026-01-31T12:00:00Z", invalid);
    }
  }

  private static Object pattern(String text) {
    try {
      return Pattern.compile(text);
    } catch (PatternSyntaxException invalid) {
      throw new IllegalArgumentException(
          "'" + text + "' is not a regular expression: " + invalid.getDescription(), invalid);
    }
  }
}
