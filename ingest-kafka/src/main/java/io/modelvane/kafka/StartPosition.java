package io.modelvane.kafka;

import io.modelvane.spi.Option;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/**
 * Where a group begins that has committed nothing yet.
 *
 * @param earliest whether at the oldest message; else at the newest
 * @param time at the first message at or after it, if given
 */
record StartPosition(
    @Option(description = "At the oldest message, else at the newest.", defaultValue = "true")
        boolean earliest,
    @Option(description = "At the first message at or after this instant.")
        Optional<Instant> time) {
  /** Reads {@code earliest}, {@code latest} or an instant. */
  public static StartPosition parse(String text) {
    if (text.equals("earliest") || text.equals("latest")) {
      return new StartPosition(text.equals("earliest"), Optional.empty());
    }
    try {
      return new StartPosition(true, Optional.of(Instant.parse(text)));
    } catch (DateTimeParseException invalid) {
      throw new IllegalArgumentException(
          "'" + text + "' is no position; write earliest, latest or 2026-01-31T12:00:00Z", invalid);
    }
  }
}
