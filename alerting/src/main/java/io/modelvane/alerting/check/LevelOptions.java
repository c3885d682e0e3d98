package io.modelvane.alerting.check;

import io.modelvane.spi.Level;
import io.modelvane.spi.Problems;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What values lead to, as several checks have it among their options.
 *
 * @param levels when a level is reached, by its name
 * @param recover when it is left, by its name
 * @param damping what keeps it from following every value
 */
record LevelOptions(
    Map<String, Condition> levels, Map<String, Condition> recover, DampingOptions damping) {
  static final List<String> LEVELS = List.of("crit", "warn", "info");

  void validate(String path, Problems problems) {
    validateNames(levels, recover, path, problems);
    if (levels.isEmpty()) {
      problems.add(path + ".levels", "is required, for example { crit: \"> 0.7\" }");
    }
    validateRecovery(path + ".recover", problems);
    validateReach(path + ".levels", problems);
  }

  /** Reports names that are no levels, and a recovery from what is not there. */
  static void validateNames(
      Map<String, ?> levels, Map<String, ?> recover, String path, Problems problems) {
    validateNames(levels, path + ".levels", problems);
    validateNames(recover, path + ".recover", problems);
    for (String level : recover.keySet()) {
      if (LEVELS.contains(level) && !levels.containsKey(level)) {
        problems.add(
            path + ".recover." + level, "there is no such level in 'levels' to recover from");
      }
    }
  }

  private static void validateNames(Map<String, ?> given, String path, Problems problems) {
    for (String name : given.keySet()) {
      if (!LEVELS.contains(name)) {
        problems.add(path + "." + name, "is no level; known: crit, warn, info");
      }
    }
  }

  private void validateRecovery(String path, Problems problems) {
    recover.forEach(
        (level, left) -> {
          Condition reached = levels.get(level);
          if (reached != null && reached.meets(left)) {
            problems.add(
                path + "." + level,
                "'%s' must be on the other side of '%s': a value must not mean both"
                    .formatted(left, reached));
          }
        });
  }

  private void validateReach(String path, Problems problems) {
    List<String> used = LEVELS.stream().filter(levels::containsKey).toList();
    for (int mild = 1; mild < used.size(); mild++) {
      for (int bad = 0; bad < mild; bad++) {
        if (condition(used.get(bad)).covers(condition(used.get(mild)))) {
          problems.add(
              path + "." + used.get(mild),
              "is never reached, since '%s' of %s holds wherever it does"
                  .formatted(condition(used.get(bad)), used.get(bad)));
        }
      }
    }
  }

  private Condition condition(String level) {
    return Objects.requireNonNull(levels.get(level));
  }

  /** Reports levels that no value from {@code least} to {@code most} reaches. */
  void validateRange(double least, double most, String path, Problems problems) {
    Condition possible = new Condition(Condition.Operator.INSIDE, least, most);
    levels.forEach(
        (level, reached) -> {
          if (!reached.meets(possible)) {
            problems.add(
                path + ".levels." + level,
                "is never reached: values are from %s to %s"
                    .formatted(Figures.exact(least), Figures.exact(most)));
          }
        });
  }

  /** What is written by the name of a level, by the level. */
  static <T> Map<Level, T> byLevel(Map<String, T> named) {
    Map<Level, T> all = new EnumMap<>(Level.class);
    named.forEach((name, one) -> all.put(Level.valueOf(name.toUpperCase(Locale.ROOT)), one));
    return all;
  }

  /** The levels by these names, and those of a lack of data or an error; all but {@code ok}. */
  static Set<Level> reachable(Map<String, ?> named, Fallback... others) {
    Set<Level> all = EnumSet.noneOf(Level.class);
    all.addAll(byLevel(named).keySet());
    for (Fallback other : others) {
      other.level().ifPresent(all::add);
    }
    all.remove(Level.OK);
    return all;
  }

  Ladder ladder(boolean fullWindow) {
    return new Ladder(byLevel(levels), byLevel(recover), damping.damping(fullWindow));
  }
}
