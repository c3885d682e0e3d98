package io.modelvane.alerting.check;

import io.modelvane.spi.Level;
import io.modelvane.spi.Option;

/**
 * What another check has to say: {@code errors}, or {@code {check: errors, at_least: warn}}.
 *
 * @param check its name
 * @param atLeast how bad it has to be
 */
public record Term(
    @Option(description = "The name of the check.") String check,
    @Option(
            description =
                "It has to be so bad, or worse: `info`, `unknown`, `warn`, `crit`, in this order.",
            defaultValue = "info")
        Level atLeast) {
  /** A check that is worse than {@code ok}. */
  public static Term parse(String name) {
    return new Term(name, Level.INFO);
  }

  boolean test(Level level) {
    return level.severity() >= atLeast.severity();
  }

  /** The same text for the same term. */
  @Override
  public String toString() {
    return check + " >= " + atLeast.text();
  }
}
