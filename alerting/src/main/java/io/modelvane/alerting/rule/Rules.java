package io.modelvane.alerting.rule;

import io.modelvane.alerting.incident.IncidentChange;
import io.modelvane.spi.Incident;
import io.modelvane.spi.IncidentStep;
import io.modelvane.spi.Problems;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** All rules, in the order of the configuration. Immutable. */
public final class Rules {
  private final List<Rule> top = new ArrayList<>();
  private final Map<String, Rule> byName = new LinkedHashMap<>();

  /** Rules by name, found valid before. */
  public Rules(Map<String, RuleOptions> options) {
    options.forEach((name, rule) -> top.add(new Rule(name, rule)));
    top.forEach(rule -> rule.all().forEach(each -> byName.put(each.name(), each)));
  }

  /**
   * Reports what is wrong with rules beyond their single options.
   *
   * @param options rules by name
   * @param checks the names of the configured checks
   * @param problems gets them, with paths that begin with {@code rules.}
   */
  public static void validate(
      Map<String, RuleOptions> options, Collection<String> checks, Problems problems) {
    options.forEach(
        (name, rule) -> {
          Problems own = RuleValidation.below("rules." + name, problems);
          if (rule.continue_()) {
            own.add("continue", "only a route can go on to the next; all rules are looked at");
          }
          new RuleValidation(rule, rule, checks, own).run();
        });
  }

  /**
   * Warns of rules that never tell anybody, and where there are none.
   *
   * @param options rules by name, found valid before
   * @param checks the configured checks
   * @param warnings gets them, with paths that begin with {@code rules}
   */
  public static void warn(
      Map<String, RuleOptions> options, List<Watched> checks, Problems warnings) {
    if (options.isEmpty()) {
      warnings.add(
          "rules",
          "there is none: nobody is told of any incident; add one, for example page: { when: { to:"
              + " crit }, notify: [oncall] }");
    }
    new Reach(warnings).run(options, checks);
  }

  /** Every endpoint that some rule names. */
  public Set<String> endpoints() {
    Set<String> all = new LinkedHashSet<>();
    top.forEach(rule -> all.addAll(rule.allEndpoints()));
    return all;
  }

  /** The names of all rules and routes. */
  public Set<String> names() {
    return Collections.unmodifiableSet(byName.keySet());
  }

  /** Whether there is such a rule. */
  public boolean contains(String rule) {
    return byName.containsKey(rule);
  }

  /**
   * The rules that are about this step if it happened often enough, with the time within which it
   * has to.
   */
  public Map<String, Duration> counting(IncidentChange change) {
    Map<String, Duration> counting = new LinkedHashMap<>();
    for (Rule rule : top) {
      rule.choose(
          fitting -> {
            boolean fits = fitting.isAbout(change);
            fitting
                .countWithin()
                .filter(within -> fits)
                .ifPresent(within -> counting.put(fitting.name(), within));
            return fits;
          },
          Rule::mayContinue,
          chosen -> {});
    }
    return counting;
  }

  /**
   * The rules that are about a step that has not happened often enough, each with how many there
   * were of how many.
   *
   * @param counts as for {@link #decide}
   */
  public Map<String, String> missing(Map<String, Integer> counts) {
    Map<String, String> missing = new LinkedHashMap<>();
    counts.forEach(
        (name, steps) ->
            find(name)
                .flatMap(rule -> rule.missing(steps))
                .ifPresent(words -> missing.put(name, words)));
    return missing;
  }

  /**
   * Decides on one step.
   *
   * @param change the step
   * @param informed the endpoints that have been told of this incident, or are about to be
   * @param counts how often it happened, this time included, by the name of each rule that counts
   */
  public Decision decide(
      IncidentChange change, Collection<String> informed, Map<String, Integer> counts) {
    Map<String, List<String>> told = new LinkedHashMap<>();
    Predicate<Rule> fits =
        rule -> rule.isAbout(change) && rule.enough(counts.getOrDefault(rule.name(), 1));
    for (Rule rule : top) {
      rule.choose(fits, Rule::continues, chosen -> ask(chosen, told));
    }
    if (change.step() == IncidentStep.RESOLVED) {
      informed.forEach(endpoint -> told.computeIfAbsent(endpoint, any -> new ArrayList<>()));
    }
    List<Decision.Told> list = new ArrayList<>();
    told.forEach((endpoint, rules) -> list.add(new Decision.Told(endpoint, rules)));
    Set<String> ended = new LinkedHashSet<>(byName.keySet());
    ended.removeAll(lasting(change.incident()));
    return new Decision(list, List.copyOf(ended));
  }

  private static void ask(Rule rule, Map<String, List<String>> told) {
    for (String endpoint : rule.endpoints()) {
      told.computeIfAbsent(endpoint, any -> new ArrayList<>()).add(rule.name());
    }
  }

  /** The rules that are about an incident as it stands. */
  public Set<String> lasting(Incident incident) {
    Set<String> lasting = new LinkedHashSet<>();
    for (Rule rule : top) {
      rule.choose(
          fitting -> fitting.lasts(incident),
          Rule::mayContinue,
          chosen -> lasting.add(chosen.name()));
    }
    return lasting;
  }

  /**
   * Judges whether something is told now.
   *
   * @param asking the rules that ask for it, at least one
   * @param all what keeps back the incident as a whole
   */
  public Judgement judge(List<String> asking, Optional<Suppression> all, Instant now) {
    List<Optional<Suppression>> hours =
        asking.stream().map(rule -> find(rule).flatMap(found -> found.suppress(now))).toList();
    return Judgement.of(asking, all, hours);
  }

  /**
   * The time until the next reminder of a rule, when so many have been given; empty when there is
   * none.
   */
  public Optional<Duration> nextReminder(String rule, int given) {
    return find(rule).flatMap(found -> found.nextReminder(given));
  }

  /** Whether a rule tells this endpoint by itself, not only by escalation. */
  public boolean tells(String rule, String endpoint) {
    return find(rule).filter(found -> found.endpoints().contains(endpoint)).isPresent();
  }

  /** How a rule tells incidents together; empty when it tells each by itself. */
  public Optional<GroupOptions> group(String rule) {
    return find(rule).flatMap(Rule::group);
  }

  /** When the hours of a rule end; empty when it has none, or is outside of them. */
  public Optional<Instant> hoursEnd(String rule, Instant now) {
    return find(rule).flatMap(found -> found.hoursEnd(now));
  }

  /** The levels of escalation of a rule. */
  public List<EscalationLevel> escalation(String rule) {
    return find(rule).map(Rule::escalation).orElse(List.of());
  }

  private Optional<Rule> find(String rule) {
    return Optional.ofNullable(byName.get(rule));
  }
}
