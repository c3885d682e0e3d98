package io.modelvane.alerting.check;

/**
 * How time is cut: windows end at multiples of {@code every} since 1970 and reach back {@code
 * length}; panes are the largest stretches that all windows are made of.
 *
 * @param length of a window, in nanoseconds
 * @param every from the end of one window to the end of the next
 * @param lateness how long after its end a window waits for rows
 * @param leastSamples a window with fewer says nothing
 * @param aggregate what a window's values are made into
 */
record Windows(long length, long every, long lateness, long leastSamples, Aggregate aggregate) {
  /** The length of a pane. */
  long pane() {
    long a = length;
    long b = every;
    while (b != 0) {
      long rest = a % b;
      a = b;
      b = rest;
    }
    return a;
  }

  /** The end of the first window that holds a time. */
  long firstEnd(long time) {
    return (Math.floorDiv(time, every) + 1) * every;
  }

  /** The end of the last window that holds a time. */
  long lastEnd(long time) {
    return Math.floorDiv(time + length, every) * every;
  }

  /** The same windows for something else. */
  Windows with(Aggregate other) {
    return new Windows(length, every, lateness, leastSamples, other);
  }

  /** How many panes a window has. */
  long panes() {
    return length / pane();
  }
}
