package io.modelvane.alerting.check;

/**
 * A criterion that a measure has tested by itself.
 *
 * @param bit where the answer stands among what {@link Estimate#holds(int)}
 * @param words what was asked
 * @param moreIsWorse whether a greater value is worse; there is no telling otherwise
 */
record Answer(int bit, String words, boolean moreIsWorse) implements Criterion {
  /** One of which nobody knows what makes a value worse. */
  static Answer latest(int bit, String words) {
    return new Answer(bit, words, false);
  }

  @Override
  public boolean test(Estimate value) {
    return value.holds(bit);
  }

  @Override
  public double worse(double before, double now) {
    return moreIsWorse ? Math.max(before, now) : now;
  }

  @Override
  public String toString() {
    return words;
  }
}
