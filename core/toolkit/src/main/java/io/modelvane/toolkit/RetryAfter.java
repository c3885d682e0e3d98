package io.modelvane.toolkit;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** {@code Retry-After}: seconds or a date (RFC 9110, 10.2.3). */
final class RetryAfter {
  private static final Duration UNSAID = Duration.ofSeconds(30);
  private static final Duration LONGEST = Duration.ofHours(1);

  private RetryAfter() {}

  /** The pause asked for, at most an hour; half a minute when nothing sensible was said. */
  static Duration of(@Nullable String header, Clock clock) {
    String text = header == null ? "" : header.strip();
    if (text.matches("\\d+")) {
      return text.length() > 9 ? LONGEST : atMost(Duration.ofSeconds(Long.parseLong(text)));
    }
    try {
      Instant until = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      return atMost(Duration.between(clock.instant(), until));
    } catch (DateTimeException nonsense) {
      return UNSAID;
    }
  }

  private static Duration atMost(Duration pause) {
    if (pause.isNegative()) {
      return Duration.ZERO;
    }
    return pause.compareTo(LONGEST) > 0 ? LONGEST : pause;
  }
}
