package io.modelvane.alerting.check;

import io.modelvane.spi.Problems;

/** Options of a check, by its {@code type}. */
public sealed interface CheckOptions
    permits ThresholdOptions, DeadmanOptions, RatioOptions, ChangeOptions {
  /**
   * Reports what is wrong across the options.
   *
   * @param path where the check stands, for the problems
   */
  void validate(String path, Problems problems);

  /** The check itself. */
  Check check(String name);
}
