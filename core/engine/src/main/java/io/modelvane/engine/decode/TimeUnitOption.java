package io.modelvane.engine.decode;

/** The unit of a time given as a number. */
public enum TimeUnitOption {
  /** By size: the unit that puts it between 1973 and 5138. */
  AUTO(0),
  SECONDS(0),
  MILLISECONDS(3),
  MICROSECONDS(6),
  NANOSECONDS(9);

  private final int decimals;

  TimeUnitOption(int decimals) {
    this.decimals = decimals;
  }

  int decimals() {
    return decimals;
  }
}
