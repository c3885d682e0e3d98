package io.modelvane.alerting.rule;

import io.modelvane.alerting.incident.IncidentChange;
import io.modelvane.alerting.tag.TagPattern;
import io.modelvane.spi.Incident;
import io.modelvane.spi.Level;
import io.modelvane.spi.NotifierRef;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** One rule, ready to be asked. */
final class Rule {
  private final String name;
  private final When when;
  private final RuleOptions options;

  Rule(String name, RuleOptions options) {
    this.name = name;
    this.options = options;
    this.when = options.when().orElse(When.ALWAYS);
  }

  String name() {
    return name;
  }

  List<String> endpoints() {
    return options.notify_().stream().map(NotifierRef::name).distinct().toList();
  }

  Optional<Duration> repeatEvery() {
    return options.repeatEvery();
  }

  /** Whether it tells of this step. */
  boolean matches(IncidentChange change) {
    return when.leaves(change.previous())
        && when.arrivesAt(change.incident().level())
        && concerns(change.incident());
  }

  /** Whether the incident still stands at a level the rule is about. */
  boolean lasts(Incident incident) {
    return incident.level() != Level.OK && when.arrivesAt(incident.level()) && concerns(incident);
  }

  private boolean concerns(Incident incident) {
    boolean checked = options.checks().isEmpty() || options.checks().contains(incident.check());
    return checked && TagPattern.allMet(options.where(), incident.series());
  }
}
