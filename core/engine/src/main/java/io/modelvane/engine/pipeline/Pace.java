package io.modelvane.engine.pipeline;

import java.time.Duration;

/**
 * When to poll again. A poll costs as much as a hundred messages, here and at the broker; so while
 * they trickle in, those of a moment are fetched together. The first after a quiet moment is
 * fetched at once, and a backlog waits for nothing.
 */
final class Pace {
  static final Duration MOMENT = Duration.ofMillis(1);
  private static final int MANY = 256;

  private boolean trickling;
  private long last;

  /**
   * A poll has returned.
   *
   * @param events how many it brought
   * @param nanos the time by {@link System#nanoTime}
   */
  void polled(int events, long nanos) {
    trickling = events > 0 && events < MANY;
    last = nanos;
  }

  /** How long the next poll should wait; not positive for not at all. */
  Duration rest(long nanos) {
    return trickling ? MOMENT.minusNanos(nanos - last) : Duration.ZERO;
  }
}
