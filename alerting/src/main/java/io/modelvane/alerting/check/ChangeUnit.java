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

  /** A change in words that end in "from" or "the same as". */
  String words(double change) {
    if (change == 0) {
      return "the same as";
    }
    String way = change > 0 ? "up" : "down";
    if (Double.isInfinite(change)) {
      return way + " from";
    }
    String unit = this == PERCENT ? " %" : "";
    return "%s %s%s from".formatted(way, Figures.shortened(Math.abs(change)), unit);
  }
}
