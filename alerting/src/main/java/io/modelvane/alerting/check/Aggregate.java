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
  MEDIAN,
  /** Nine in ten are not above it. */
  P90,
  /** 95 in a hundred are not above it. */
  P95,
  /** 99 in a hundred are not above it. */
  P99,
  /** How many different values there are, numbers or texts: up to {@link Distinct#MOST}. */
  DISTINCT;

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
    return this == MEDIAN || this == P90 || this == P95 || this == P99 || this == DISTINCT;
  }
}
