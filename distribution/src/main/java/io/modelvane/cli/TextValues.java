package io.modelvane.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.TypeConversionException;

/** Reads times and lengths of time from the command line, or says how they are written. */
final class TextValues {
  private static final Pattern LENGTH = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)?");

  private TextValues() {}

  static void register(CommandLine line) {
    line.registerConverter(Instant.class, TextValues::instant);
    line.registerConverter(Duration.class, TextValues::duration);
  }

  private static Instant instant(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException none) {
      throw new TypeConversionException(
          "'" + text + "' is not a time; write it as 2026-01-31T12:00:00Z");
    }
  }

  private static Duration duration(String text) {
    Matcher matcher = LENGTH.matcher(text.strip());
    if (!matcher.matches()) {
      throw new TypeConversionException(
          "'" + text + "' is not a length of time; write 30s, 5m or 2h, or seconds");
    }
    long amount = Long.parseLong(matcher.group(1));
    String unit = matcher.group(2) == null ? "s" : matcher.group(2);
    return switch (unit) {
      case "ms" -> Duration.ofMillis(amount);
      case "m" -> Duration.ofMinutes(amount);
      case "h" -> Duration.ofHours(amount);
      case "d" -> Duration.ofDays(amount);
      default -> Duration.ofSeconds(amount);
    };
  }
}
