package io.modelvane.alerting.check;

import io.modelvane.alerting.codec.ByteReader;
import io.modelvane.alerting.codec.ByteWriter;
import java.util.Arrays;

/**
 * The values of the last windows: as many as lie between a window and the one it is compared with,
 * and those before that whose successors may be judged again. Windows are counted by their number
 * since 1970.
 */
final class PastWindows {
  private static final long NONE = Long.MIN_VALUE;

  private final int reach;
  private final int kept;
  private double[] values = new double[0];
  private long last = NONE;

  /**
   * Remembers no window.
   *
   * @param reach how many windows before the present one the other is
   * @param again how many windows before the last may come again
   */
  PastWindows(int reach, int again) {
    this.reach = reach;
    this.kept = reach + again;
  }

  boolean isEmpty() {
    return last == NONE;
  }

  /** The number of the last window. */
  long last() {
    return last;
  }

  void clear() {
    last = NONE;
    values = new double[0];
  }

  /**
   * Remembers a window's value, and gives that of the one to compare with, NaN if it had none.
   *
   * @param window a later one than all before, or one of those that may come again
   */
  double exchange(long window, double value) {
    if (isEmpty()) {
      values = new double[kept];
      Arrays.fill(values, Double.NaN);
      last = window;
    }
    for (long passed = Math.max(last + 1, window - kept + 1); passed < window; passed++) {
      values[place(passed)] = Double.NaN;
    }
    long other = window - reach;
    boolean known = other <= last && (window > last || other > last - kept);
    double before = known ? values[place(other)] : Double.NaN;
    last = Math.max(last, window);
    values[place(window)] = value;
    return before;
  }

  private int place(long window) {
    return (int) Math.floorMod(window, (long) kept);
  }

  void encode(ByteWriter out) {
    out.putLong(isEmpty() ? 0 : 1);
    if (isEmpty()) {
      return;
    }
    out.putLong(last).putLong(Arrays.stream(values).filter(v -> !Double.isNaN(v)).count());
    for (int back = 0; back < kept; back++) {
      double value = values[place(last - back)];
      if (!Double.isNaN(value)) {
        out.putLong(back).putDouble(value);
      }
    }
  }

  void decode(ByteReader in) {
    if (in.nextLong() == 0) {
      return;
    }
    long newest = in.nextLong();
    values = new double[kept];
    Arrays.fill(values, Double.NaN);
    for (int i = in.nextCount(); i > 0; i--) {
      int at = place(newest - in.nextLong());
      values[at] = in.nextDouble();
    }
    last = newest;
  }
}
