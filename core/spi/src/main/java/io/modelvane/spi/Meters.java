package io.modelvane.spi;

import java.time.Duration;
import java.util.Map;
import java.util.function.DoubleSupplier;

/**
 * Metrics of one component. Names are lower_snake with a unit at the end where there is one ({@code
 * lag_seconds}, {@code sent_bytes}); the engine puts {@code modelvane_} and the component's kind
 * before them and adds tags {@code component} and, where it applies, {@code pipeline}. Asking twice
 * for the same name and tags gives the same meter. Safe for use by many threads.
 */
public interface Meters {
  /** A count that only grows. */
  Counter counter(String name, String description, Map<String, String> tags);

  /** As above, without tags. */
  default Counter counter(String name, String description) {
    return counter(name, description, Map.of());
  }

  /** How long something takes, exported in seconds with quantiles. */
  Timer timer(String name, String description, Map<String, String> tags);

  /** A value read when metrics are; the supplier must be quick and must not block. */
  void gauge(String name, String description, Map<String, String> tags, DoubleSupplier value);

  /** A count that only grows. */
  @FunctionalInterface
  interface Counter {
    /** Adds {@code amount}, not negative. */
    void add(long amount);
  }

  /** Collects durations. */
  @FunctionalInterface
  interface Timer {
    /** Adds one duration. */
    void record(Duration duration);
  }
}
