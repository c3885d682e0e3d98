package io.modelvane.spi;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Exponential back-off with full jitter: the pause before retry {@code n} is uniform in {@code [0,
 * min(maximum, initial * 2^n)]}. See "Exponential Backoff And Jitter", AWS Architecture Blog, 2015.
 * A pause named by the other side ({@link Outcome.Throttled}) wins over it, up to {@code
 * maximum_throttle}.
 */
public record RetryPolicy(
    @Option(
            description = "Longest pause before the first retry.",
            defaultValue = "500ms",
            min = "1ms")
        Duration initial,
    @Option(description = "Longest pause between two retries.", defaultValue = "30s", min = "1ms")
        Duration maximum,
    @Option(
            description = "Longest pause that the other side may ask for (`Retry-After`).",
            defaultValue = "10m",
            min = "0s")
        Duration maximumThrottle) {

  /** The defaults of the three options. */
  public static final RetryPolicy DEFAULT =
      new RetryPolicy(Duration.ofMillis(500), Duration.ofSeconds(30), Duration.ofMinutes(10));

  /**
   * The pause before the next attempt.
   *
   * @param failures how many attempts have failed so far, at least 1
   * @param outcome the last failure
   */
  public Duration delay(int failures, Outcome outcome, RandomGenerator random) {
    if (outcome instanceof Outcome.Throttled throttled) {
      return min(throttled.after(), maximumThrottle);
    }
    int doublings = Math.min(Math.max(failures - 1, 0), 30);
    Duration ceiling = min(initial.multipliedBy(1L << doublings), maximum);
    return Duration.ofNanos(random.nextLong(ceiling.toNanos() + 1));
  }

  private static Duration min(Duration a, Duration b) {
    return a.compareTo(b) <= 0 ? a : b;
  }
}
