package io.modelvane.alerting.rule;

import io.modelvane.alerting.incident.IncidentChange;
import io.modelvane.alerting.tag.Scope;
import io.modelvane.spi.Incident;
import io.modelvane.spi.Level;
import io.modelvane.spi.NotifierRef;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** One rule with its routes, ready to be asked. Conditions are its own, without those above it. */
final class Rule {
  private final String name;
  private final When when;
  private final Scope scope;
  private final RuleOptions options;
  private final List<Rule> routes = new ArrayList<>();

  /**
   * A rule.
   *
   * @param name that of the rule above, a slash and its own, for a route
   * @param options completed by those of the rule above
   */
  Rule(String name, RuleOptions options) {
    this.name = name;
    this.options = options;
    this.when = options.when().orElse(When.ALWAYS);
    this.scope = new Scope(options.where(), options.checks());
    options
        .routes()
        .forEach((own, route) -> routes.add(new Rule(name + "/" + own, route.below(options))));
  }

  String name() {
    return name;
  }

  List<String> endpoints() {
    return options.notify_().stream().map(NotifierRef::name).distinct().toList();
  }

  /** Everybody this rule or a route of it may tell. */
  Set<String> allEndpoints() {
    Set<String> all = new LinkedHashSet<>(endpoints());
    options.escalate().forEach(level -> all.addAll(level.endpoints()));
    routes.forEach(route -> all.addAll(route.allEndpoints()));
    return all;
  }

  /** It and everything below it. */
  Stream<Rule> all() {
    return Stream.concat(Stream.of(this), routes.stream().flatMap(Rule::all));
  }

  /** The time until the next reminder when so many have been given. */
  Optional<Duration> nextReminder(int given) {
    return options
        .repeatEvery()
        .flatMap(every -> options.repeat().orElse(RepeatOptions.PLAIN).next(every, given));
  }

  Optional<GroupOptions> group() {
    return options.group();
  }

  List<EscalationLevel> escalation() {
    return options.escalate();
  }

  Optional<Suppression> suppress(Instant now) {
    return options.activeHours().flatMap(hours -> hours.suppress(name, now));
  }

  Optional<Instant> hoursEnd(Instant now) {
    return options.activeHours().flatMap(hours -> hours.end(now));
  }

  Optional<Duration> countWithin() {
    return when.count().isPresent() ? when.within() : Optional.empty();
  }

  boolean enough(int steps) {
    return when.enough(steps);
  }

  /** How many steps there were of those it waits for; empty when these are enough. */
  Optional<String> missing(int steps) {
    return when.missing(steps);
  }

  /** Whether it is about this step, however often it happened. */
  boolean isAbout(IncidentChange change) {
    return when.leaves(change.previous())
        && when.arrivesAt(change.incident().level())
        && concerns(change.incident());
  }

  /** Whether the incident still stands at a level the rule is about. */
  boolean lasts(Incident incident) {
    return incident.level() != Level.OK && when.arrivesAt(incident.level()) && concerns(incident);
  }

  private boolean concerns(Incident incident) {
    return scope.covers(incident);
  }

  /**
   * Goes down the routes: the first that fits takes it, and all until then that go on; the rule
   * itself when none does.
   *
   * @param fits whether a rule fits, by its own conditions
   * @param goesOn whether the routes after one that fits are looked at as well
   * @param chosen gets those that take it
   * @return whether this rule fits
   */
  boolean choose(Predicate<Rule> fits, Predicate<Rule> goesOn, Consumer<Rule> chosen) {
    if (!fits.test(this)) {
      return false;
    }
    boolean taken = false;
    for (Rule route : routes) {
      boolean fitting = route.choose(fits, goesOn, chosen);
      taken |= fitting;
      if (fitting && !goesOn.test(route)) {
        break;
      }
    }
    if (!taken) {
      chosen.accept(this);
    }
    return true;
  }

  /** Whether the routes after it are looked at as well. */
  boolean continues() {
    return options.continue_();
  }

  /** As {@link #continues}; one that counts may or may not have taken what lasts. */
  boolean mayContinue() {
    return continues() || when.count().isPresent();
  }
}
