package io.modelvane.alerting.check;

import io.modelvane.spi.Level;
import java.util.Optional;

/** What becomes of a level where a check cannot tell. */
public enum Fallback {
  /** It stays. */
  KEEP,
  /** All is taken to be well: an incident ends. */
  OK,
  /** The check cannot tell. */
  UNKNOWN,
  /** Worth knowing. */
  INFO,
  /** Needs a look. */
  WARN,
  /** Needs somebody now. */
  CRIT;

  /** The level it leads to; empty where it leads to none. */
  Optional<Level> level() {
    return this == KEEP ? Optional.empty() : Optional.of(Level.valueOf(name()));
  }
}
