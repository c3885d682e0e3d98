package io.modelvane.alerting.check;

/** What a window's values are made into. */
public enum Aggregate {
  /** The number of values. */
  COUNT,
  /** Values per second. */
  RATE,
  /** Their sum. */
  SUM,
  /** Their mean. */
  MEAN,
  /** The least. */
  MIN,
  /** The greatest. */
  MAX,
  /** The greatest less the least. */
  SPREAD,
  /** The earliest. */
  FIRST,
  /** The latest. */
  LAST,
  /** The standard deviation of a sample: divided by one less than their number. */
  STDDEV,
  /** The middle one. */
  MEDIAN(0.5),
  /** Five in a hundred are not above it. */
  P5(0.05),
  /** One in ten is not above it. */
  P10(0.1),
  /** One in four is not above it. */
  P25(0.25),
  /** Three in four are not above it. */
  P75(0.75),
  /** Nine in ten are not above it. */
  P90(0.9),
  /** 95 in a hundred are not above it. */
  P95(0.95),
  /** 99 in a hundred are not above it. */
  P99(0.99),
  /** 999 in a thousand are not above it. */
  P999(0.999),
  /** How many different values there are, numbers or texts: up to {@link Distinct#MOST}. */
  DISTINCT;

  private final double quantile;

  Aggregate() {
    this(Double.NaN);
  }

  Aggregate(double quantile) {
    this.quantile = quantile;
  }

  /** Which quantile it is; NaN if none. */
  double quantile() {
    return quantile;
  }

  boolean isQuantile() {
    return !Double.isNaN(quantile);
  }

  /** Whether rows are counted rather than values, so that no field need be named. */
  boolean countsRows() {
    return this == COUNT || this == RATE;
  }

  /** Whether it has a value for a window without any. */
  boolean knowsNothing() {
    return this == COUNT || this == RATE || this == SUM || this == DISTINCT;
  }

  /** Whether the values themselves are kept. */
  boolean needsValues() {
    return isQuantile() || this == DISTINCT;
  }
}
