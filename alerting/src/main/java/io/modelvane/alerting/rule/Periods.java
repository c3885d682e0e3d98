package io.modelvane.alerting.rule;

import java.time.Duration;
import java.util.Locale;

/** Durations as they are configured. */
public final class Periods {
  private Periods() {}

  /** {@code 1h30m}. */
  public static String words(Duration time) {
    return time.toString().substring(2).toLowerCase(Locale.ROOT);
  }
}
