package io.modelvane.alerting.rule;

import io.modelvane.alerting.tag.Scope;
import io.modelvane.alerting.tag.TagPattern;
import io.modelvane.spi.Level;
import io.modelvane.spi.Problems;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds rules and routes that no step of any check comes to, so that they never tell anybody. */
final class Reach {
  private final Problems warnings;

  Reach(Problems warnings) {
    this.warnings = warnings;
  }

  /** A step that a check can make. */
  private record Step(Watched watched, Level from, Level to) {}

  /** Looks at all rules. */
  void run(Map<String, RuleOptions> rules, List<Watched> checks) {
    Set<Step> all = new LinkedHashSet<>();
    checks.forEach(check -> all.addAll(steps(check)));
    rules.forEach((name, rule) -> look(rule, all, RuleValidation.below("rules." + name, warnings)));
  }

  private static List<Step> steps(Watched check) {
    Set<Level> levels = EnumSet.of(Level.OK);
    levels.addAll(check.levels());
    List<Step> steps = new ArrayList<>();
    for (Level from : levels) {
      for (Level to : levels) {
        if (from != to) {
          steps.add(new Step(check, from, to));
        }
      }
    }
    return steps;
  }

  /** Looks at a rule and its routes; what it is about of the steps that come to it. */
  private Set<Step> look(RuleOptions rule, Set<Step> coming, Problems own) {
    Scope scope = new Scope(rule.where(), rule.checks());
    Set<Step> named = kept(coming, step -> scope.names(step.watched.check()));
    Set<Step> covered = kept(named, step -> has(step.watched, rule.where()));
    When when = rule.when().orElse(When.ALWAYS);
    Set<Step> about = kept(covered, step -> when.leaves(step.from) && when.arrivesAt(step.to));
    if (named.isEmpty()) {
      own.add("checks", "names no check that comes here; nobody is ever told");
    } else if (covered.isEmpty()) {
      own.add(
          "where", "asks for a tag that no check it is about has in its 'by'; nobody is ever told");
    } else if (about.isEmpty()) {
      own.add(
          "when",
          "never happens: the checks it is about have the levels %s; nobody is ever told"
              .formatted(levels(covered)));
    } else {
      routes(rule, about, own);
    }
    return about;
  }

  private void routes(RuleOptions rule, Set<Step> about, Problems own) {
    Set<Step> left = new LinkedHashSet<>(about);
    rule.routes()
        .forEach(
            (name, route) -> {
              Problems below = RuleValidation.below("routes." + name, own);
              Set<Step> wanted = look(route, about, below);
              if (!wanted.isEmpty() && Collections.disjoint(wanted, left)) {
                below.add(
                    "", "is never reached: routes before it take all it is about; move it up");
              }
              if (takesAll(route)) {
                left.removeAll(wanted);
              }
            });
  }

  /** Whether nothing that the route is about goes on to the next. */
  private static boolean takesAll(RuleOptions route) {
    return !route.continue_()
        && route.where().isEmpty()
        && route.when().flatMap(When::count).isEmpty();
  }

  private static Set<Step> kept(Set<Step> steps, Predicate<Step> wanted) {
    Set<Step> kept = new LinkedHashSet<>(steps);
    kept.removeIf(wanted.negate());
    return kept;
  }

  /** {@code ok and crit, or ok and warn}. */
  private static String levels(Set<Step> steps) {
    return steps.stream()
        .map(step -> words(step.watched))
        .distinct()
        .collect(Collectors.joining(", or "));
  }

  private static String words(Watched check) {
    return Stream.concat(Stream.of(Level.OK), check.levels().stream().sorted())
        .map(Level::text)
        .collect(Collectors.joining(" and "));
  }

  private static boolean has(Watched check, Map<String, TagPattern> where) {
    return where.entrySet().stream()
        .allMatch(
            tag ->
                check.by().map(by -> by.contains(tag.getKey())).orElse(true)
                    || tag.getValue().test(""));
  }
}
