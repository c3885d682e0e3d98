package io.modelvane.demo;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/** How fast a count grows, over the latest window. */
final class RateMeter {
  private final Duration window;
  private final Deque<Reading> readings = new ArrayDeque<>();

  private record Reading(Duration at, long count) {}

  RateMeter(Duration window) {
    this.window = window;
  }

  /** Notes a count, and says by how much it grew per second; 0 at first. */
  double at(Duration now, long count) {
    readings.addLast(new Reading(now, count));
    while (readings.size() > 2 && readings.getFirst().at().plus(window).compareTo(now) < 0) {
      readings.removeFirst();
    }
    Reading oldest = readings.getFirst();
    long nanos = now.minus(oldest.at()).toNanos();
    return nanos <= 0 ? 0 : (count - oldest.count()) * 1e9 / nanos;
  }
}
