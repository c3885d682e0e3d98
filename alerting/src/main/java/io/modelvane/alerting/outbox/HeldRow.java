package io.modelvane.alerting.outbox;

import io.modelvane.alerting.rule.Suppression;
import io.modelvane.spi.IncidentStep;
import io.modelvane.spi.Level;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Something that an endpoint is not told for now.
 *
 * @param incident the incident's id
 * @param endpoint the notifier's name
 * @param rules those that ask for it
 * @param step what it would have been told first
 * @param previous the level before that
 * @param suppression what keeps it back
 * @param since since when
 */
record HeldRow(
    String incident,
    String endpoint,
    List<String> rules,
    IncidentStep step,
    Level previous,
    Suppression suppression,
    Instant since) {
  HeldRow {
    rules = List.copyOf(rules);
  }

  static HeldRow of(Wish wish, Suppression suppression, Instant now) {
    return new HeldRow(
        wish.incident().id(),
        wish.endpoint(),
        wish.rules(),
        wish.step(),
        wish.previous(),
        suppression,
        now);
  }

  /** Whether the same is kept back by the same. */
  boolean isAsBefore(HeldRow earlier) {
    return step == earlier.step()
        && previous == earlier.previous()
        && suppression.kind() == earlier.suppression().kind()
        && suppression.reason().equals(earlier.suppression().reason());
  }

  /**
   * What is kept back when this comes after something that was kept back before: for the rules of
   * both, of which those are asked in the end that are about the incident as it stands then.
   */
  HeldRow after(HeldRow earlier) {
    boolean again = earlier.step() == IncidentStep.REPEATED;
    Set<String> both = new LinkedHashSet<>(rules);
    both.addAll(earlier.rules());
    return new HeldRow(
        incident,
        endpoint,
        List.copyOf(both),
        again ? step : earlier.step(),
        again ? previous : earlier.previous(),
        suppression,
        earlier.since());
  }
}
