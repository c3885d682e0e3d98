package io.modelvane.alerting.rule;

import io.modelvane.spi.Level;

/** What a rule may ask of a level. */
public enum LevelChoice {
  /** Every level. */
  ANY,
  /** {@link Level#OK}. */
  OK,
  /** {@link Level#INFO}. */
  INFO,
  /** {@link Level#WARN}. */
  WARN,
  /** {@link Level#CRIT}. */
  CRIT,
  /** {@link Level#UNKNOWN}. */
  UNKNOWN;

  /** Whether {@code level} is what was asked for. */
  boolean admits(Level level) {
    return this == ANY || name().equals(level.name());
  }
}
