package io.modelvane.alerting.rule;

import io.modelvane.spi.Level;
import io.modelvane.spi.Option;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Which steps a rule is about: from which level to which, and how many of them. All must fit. */
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
        List<LevelChoice> from,
    @Option(
            description =
                "Only from so many such steps of the same check and series on, within `within`, in"
                    + " the time of the calls.",
            min = "2",
            max = "1000",
            example = "3")
        Optional<Integer> count,
    @Option(description = "The time within which `count` steps have to happen.", example = "1h")
        Optional<Duration> within) {
  /** Every step. */
  static final When ALWAYS = of(List.of(), List.of());

  /** Copies the lists. */
  public When {
    to = List.copyOf(to);
    from = List.copyOf(from);
  }

  /** Steps by their levels alone. */
  public static When of(List<LevelChoice> to, List<LevelChoice> from) {
    return new When(to, from, Optional.empty(), Optional.empty());
  }

  boolean leaves(Level previous) {
    return admits(from, previous);
  }

  boolean arrivesAt(Level level) {
    return admits(to, level);
  }

  /** Whether so many steps are enough. */
  boolean enough(int steps) {
    return count.isEmpty() || steps >= count.get();
  }

  /** {@code 1 of 3 within 1h}, when so many steps are not enough. */
  Optional<String> missing(int steps) {
    if (enough(steps)) {
      return Optional.empty();
    }
    String period = within.map(time -> " within " + Periods.words(time)).orElse("");
    return Optional.of("%d of %d%s".formatted(steps, count.orElseThrow(), period));
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
