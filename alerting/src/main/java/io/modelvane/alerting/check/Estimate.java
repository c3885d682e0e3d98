package io.modelvane.alerting.check;

import io.modelvane.alerting.codec.ByteReader;
import io.modelvane.alerting.codec.ByteWriter;
import java.util.OptionalDouble;

/**
 * A value and how sure it is.
 *
 * @param value what was found; NaN where there is no single number
 * @param low it is hardly less than this
 * @param high it is hardly more than this
 * @param holds what holds, bit by bit, where that was asked of more than the value
 */
record Estimate(double value, double low, double high, long holds) {
  /** Nothing can be said. */
  static final Estimate NOTHING = exactly(Double.NaN);

  private static final long ASKED = 1L << 62;

  /** A value that is what it is. */
  static Estimate exactly(double value) {
    return new Estimate(value, value, value, 0);
  }

  /** A value between two bounds. */
  static Estimate between(double value, double low, double high) {
    return new Estimate(value, low, high, 0);
  }

  /** What was found by asking for more than a value. */
  static Estimate of(double value, long holds) {
    return new Estimate(value, value, value, holds | ASKED);
  }

  /** The value, where there is one. */
  OptionalDouble number() {
    return Double.isNaN(value) ? OptionalDouble.empty() : OptionalDouble.of(value);
  }

  boolean saysNothing() {
    return Double.isNaN(value) && holds == 0;
  }

  boolean holds(int bit) {
    return (holds >> bit & 1) != 0;
  }

  private boolean isExact() {
    return Double.compare(value, low) == 0 && Double.compare(value, high) == 0;
  }

  void encode(ByteWriter out) {
    out.put((isExact() ? 0 : 1) | (holds == 0 ? 0 : 2)).putDouble(value);
    if (!isExact()) {
      out.putDouble(low).putDouble(high);
    }
    if (holds != 0) {
      out.putLong(holds & ~ASKED);
    }
  }

  static Estimate decode(ByteReader in) {
    int shape = in.next();
    double value = in.nextDouble();
    boolean exact = (shape & 1) == 0;
    double low = exact ? value : in.nextDouble();
    double high = exact ? value : in.nextDouble();
    return new Estimate(value, low, high, (shape & 2) == 0 ? 0 : in.nextLong() | ASKED);
  }
}
