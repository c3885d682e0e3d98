package io.modelvane.alerting;

import java.time.Instant;

/** Times as nanoseconds since 1970 in a {@code long}. */
final class Nanos {
  private static final long SECOND = 1_000_000_000L;

  private Nanos() {}

  static Instant instant(long nanos) {
    return Instant.ofEpochSecond(Math.floorDiv(nanos, SECOND), Math.floorMod(nanos, SECOND));
  }

  /** Times that a {@code long} cannot hold become the first or last that it can. */
  static long of(Instant time) {
    long seconds = time.getEpochSecond();
    if (seconds > Long.MAX_VALUE / SECOND - 1) {
      return Long.MAX_VALUE;
    } else if (seconds < Long.MIN_VALUE / SECOND + 1) {
      return Long.MIN_VALUE;
    }
    return seconds * SECOND + time.getNano();
  }
}
