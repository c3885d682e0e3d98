package io.modelvane.alerting.rule;

import io.modelvane.spi.Level;
import io.modelvane.spi.Option;
import java.util.List;

/** Which steps a rule is about: from which level to which. Both must fit. */
public record When(
    @Option(
            description =
                "The level a step arrives at, coming from another: one, a list, or `any`. Not"
                    + " given: any.",
            example = "crit")
        List<LevelChoice> to,
    @Option(
            description =
                "The level a step leaves: one, a list, or `any`. `from: ok` is the opening of an"
                    + " incident. Not given: any.",
            example = "ok")
        List<LevelChoice> from) {
  /** Every step. */
  static final When ALWAYS = new When(List.of(), List.of());

  /** Copies the lists. */
  public When {
    to = List.copyOf(to);
    from = List.copyOf(from);
  }

  boolean leaves(Level previous) {
    return admits(from, previous);
  }

  boolean arrivesAt(Level level) {
    return admits(to, level);
  }

  /** Whether some step from one level to a different one fits. */
  boolean possible() {
    for (Level previous : Level.values()) {
      for (Level level : Level.values()) {
        if (previous != level && leaves(previous) && arrivesAt(level)) {
          return true;
        }
      }
    }
    return false;
  }

  /** Whether an incident can last at a level that fits. */
  boolean lasting() {
    for (Level level : Level.values()) {
      if (level != Level.OK && arrivesAt(level)) {
        return true;
      }
    }
    return false;
  }

  private static boolean admits(List<LevelChoice> choices, Level level) {
    return choices.isEmpty() || choices.stream().anyMatch(choice -> choice.admits(level));
  }
}
