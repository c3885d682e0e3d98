package io.modelvane.alerting.check;

/**
 * A value and how sure it is.
 *
 * @param value what was found; NaN where nothing can be said
 * @param low it is hardly less than this
 * @param high it is hardly more than this
 */
record Estimate(double value, double low, double high) {
  /** A value that is what it is. */
  static Estimate exactly(double value) {
    return new Estimate(value, value, value);
  }
}
