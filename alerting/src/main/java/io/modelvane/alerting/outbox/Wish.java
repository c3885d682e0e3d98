package io.modelvane.alerting.outbox;

import io.modelvane.spi.Incident;
import io.modelvane.spi.IncidentStep;
import io.modelvane.spi.Level;
import java.util.List;

/**
 * What an endpoint is to be told, if nothing keeps it back.
 *
 * @param incident as it stands
 * @param endpoint the notifier's name
 * @param rules those that ask for it; none when it is told only because it was told before
 * @param step what happened
 * @param previous the level before
 */
record Wish(
    Incident incident, String endpoint, List<String> rules, IncidentStep step, Level previous) {
  Wish {
    rules = List.copyOf(rules);
  }

  /** The first rule that asks for it; empty when none does. */
  String firstRule() {
    return rules.isEmpty() ? "" : rules.get(0);
  }
}
