package io.modelvane.alerting.rule;

import io.modelvane.alerting.incident.IncidentChange;
import io.modelvane.spi.Incident;
import io.modelvane.spi.IncidentStep;
import io.modelvane.spi.Problems;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** All rules, in the order of the configuration. Immutable. */
public final class Rules {
  private final Map<String, Rule> rules = new LinkedHashMap<>();

  /** Rules by name, found valid before. */
  public Rules(Map<String, RuleOptions> options) {
    options.forEach((name, rule) -> rules.put(name, new Rule(name, rule)));
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
        (name, rule) ->
            new RuleValidation(rule, checks, (path, words) -> problems.add(path(name, path), words))
                .run());
  }

  private static String path(String rule, String option) {
    return "rules." + rule + (option.isEmpty() ? "" : "." + option);
  }

  /** Every endpoint that some rule names. */
  public Set<String> endpoints() {
    Set<String> all = new LinkedHashSet<>();
    rules.values().forEach(rule -> all.addAll(rule.endpoints()));
    return all;
  }

  /**
   * Decides on one step.
   *
   * @param change the step
   * @param informed the endpoints that have been told of this incident, or are about to be
   */
  public Decision decide(IncidentChange change, Collection<String> informed) {
    Map<String, String> told = new LinkedHashMap<>();
    List<Decision.Reminder> reminders = new ArrayList<>();
    List<String> ended = new ArrayList<>();
    for (Rule rule : rules.values()) {
      boolean lasts = rule.lasts(change.incident());
      if (rule.matches(change)) {
        rule.endpoints().forEach(endpoint -> told.putIfAbsent(endpoint, rule.name()));
        if (lasts) {
          begin(rule, reminders);
        }
      }
      if (!lasts) {
        ended.add(rule.name());
      }
    }
    if (change.step() == IncidentStep.RESOLVED) {
      informed.forEach(endpoint -> told.putIfAbsent(endpoint, ""));
    }
    List<Decision.Told> list = new ArrayList<>();
    told.forEach((endpoint, rule) -> list.add(new Decision.Told(endpoint, rule)));
    return new Decision(list, reminders, ended);
  }

  private static void begin(Rule rule, List<Decision.Reminder> reminders) {
    rule.repeatEvery()
        .ifPresent(
            every ->
                rule.endpoints()
                    .forEach(
                        endpoint ->
                            reminders.add(new Decision.Reminder(rule.name(), endpoint, every))));
  }

  /**
   * How long after a reminder the next one is due; empty when the rule asks for none of this
   * incident, or not at this endpoint, any more.
   */
  public Optional<Duration> repeatEvery(String rule, String endpoint, Incident incident) {
    return Optional.ofNullable(rules.get(rule))
        .filter(found -> found.endpoints().contains(endpoint) && found.lasts(incident))
        .flatMap(Rule::repeatEvery);
  }
}
