package io.modelvane.spi;

import java.util.Locale;

/** How bad it is. */
public enum Level {
  /** Nothing wrong. */
  OK,
  /** Worth knowing. */
  INFO,
  /** Needs a look. */
  WARN,
  /** Needs somebody now. */
  CRIT,
  /** The check cannot tell. */
  UNKNOWN;

  /** Worse levels have greater numbers; unknown stands between {@code INFO} and {@code WARN}. */
  public int severity() {
    return switch (this) {
      case OK -> 0;
      case INFO -> 1;
      case UNKNOWN -> 2;
      case WARN -> 3;
      case CRIT -> 4;
    };
  }

  /** Whether this is worse than {@code other}. */
  public boolean worseThan(Level other) {
    return severity() > other.severity();
  }

  /** {@code crit}, as in configuration and in InfluxDB's {@code _level}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
