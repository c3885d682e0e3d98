package io.modelvane.demo;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Durations, from the shortest to the longest. */
record Latencies(List<Duration> sorted) {
  Latencies {
    sorted = sorted.stream().sorted().toList();
  }

  /**
   * The smallest one that at least so many of a hundred do not exceed (nearest rank).
   *
   * @throws IllegalStateException if there is none
   */
  Duration percentile(double percent) {
    if (sorted.isEmpty()) {
      throw new IllegalStateException("nothing was measured");
    }
    int rank = (int) Math.ceil(percent / 100 * sorted.size());
    return sorted.get(Math.max(rank, 1) - 1);
  }

  /** For people. */
  String words() {
    return sorted.isEmpty()
        ? "none measured"
        : "p50 %s, p99 %s, max %s (%d measured)"
            .formatted(
                words(percentile(50)),
                words(percentile(99)),
                words(percentile(100)),
                sorted.size());
  }

  /** {@code 43 ms} or {@code 4.2 s}. */
  static String words(Duration duration) {
    return duration.compareTo(Duration.ofSeconds(2)) < 0
        ? duration.toMillis() + " ms"
        : String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
  }
}
