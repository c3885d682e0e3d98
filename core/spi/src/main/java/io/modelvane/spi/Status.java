package io.modelvane.spi;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One verdict of one check on one series at one time.
 *
 * @param check the check's name in the configuration
 * @param checkType {@code threshold}, {@code deadman} and so on
 * @param series what was checked
 * @param level the verdict
 * @param time when the verdict was reached
 * @param sourceTime the time of the point, or the end of the window, it rests on
 * @param field the field that was checked, where the check looks at one
 * @param value its value
 * @param message what was found, in one sentence
 * @param details further facts for templates ({@code threshold}, {@code window}, {@code
 *     request_id})
 */
public record Status(
    String check,
    String checkType,
    Series series,
    Level level,
    Instant time,
    Instant sourceTime,
    Optional<String> field,
    OptionalDouble value,
    String message,
    Map<String, String> details) {
  /** Copies the map. */
  public Status {
    details = Map.copyOf(details);
  }
}
