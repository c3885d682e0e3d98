package io.modelvane.alerting.check;

/** What a change is counted in. */
public enum ChangeUnit {
  /** Hundredths of the value before, whatever its sign. */
  PERCENT,
  /** The value's own unit. */
  ABSOLUTE;

  /** The change, above zero for more. From zero, any percentage is infinite. */
  double change(double before, double now) {
    if (this == ABSOLUTE || now == before) {
      return now - before;
    }
    return (now - before) / Math.abs(before) * 100;
  }
}
