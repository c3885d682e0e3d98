package io.modelvane.alerting.check;

import io.modelvane.spi.Level;
import io.modelvane.spi.Problems;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Options of a check, by its {@code type}. */
public sealed interface CheckOptions
    permits ThresholdOptions,
        DeadmanOptions,
        RatioOptions,
        ChangeOptions,
        ExpressionOptions,
        NewVersionOptions,
        CompositeOptions {
  /**
   * Reports what is wrong across the options.
   *
   * @param path where the check stands, for the problems
   */
  void validate(String path, Problems problems);

  /** The names of the checks whose levels it looks at. */
  default List<String> follows() {
    return List.of();
  }

  /** The only tags its series have; empty where they have all of theirs. */
  Optional<List<String>> by();

  /** Where its incidents can stand; all but {@code ok}. */
  Set<Level> reachable();

  /** The check itself. */
  Check check(String name);
}
