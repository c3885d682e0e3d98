package io.modelvane.alerting;

import io.modelvane.alerting.codec.ByteReader;
import io.modelvane.alerting.incident.Incidents;
import io.modelvane.spi.ComponentException;
import io.modelvane.spi.Incident;
import io.modelvane.spi.Level;
import io.modelvane.spi.Outcome;
import io.modelvane.spi.Series;
import io.modelvane.spi.Status;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeSet;

/** Puts back what was kept, and ends what no check stands for any more. */
final class Recovery {
  private final Evaluation evaluation;
  private final Harvest harvest;
  private final Recalled recalled;
  private final Map<String, CheckStates> current = new HashMap<>();
  private final TreeSet<String> stale = new TreeSet<>();

  Recovery(Evaluation evaluation, Harvest harvest, Recalled recalled) {
    this.evaluation = evaluation;
    this.harvest = harvest;
    this.recalled = recalled;
  }

  /**
   * Does it.
   *
   * @return the checks whose states are of no use: they were changed, or are gone
   * @throws ComponentException {@code FATAL} when a state cannot be read
   */
  List<String> run(Instant now) throws ComponentException {
    evaluation.checks().forEach(states -> current.put(states.check.name(), states));
    for (Map.Entry<String, Recalled.States> kept : recalled.checks().entrySet()) {
      CheckStates states = current.get(kept.getKey());
      if (states == null || !states.check.definition().equals(kept.getValue().definition())) {
        stale.add(kept.getKey());
      } else {
        restore(states, kept.getValue());
      }
    }
    for (Recalled.OpenIncident open : recalled.incidents()) {
      attach(open, now);
    }
    evaluation.begin();
    return new ArrayList<>(stale);
  }

  private void restore(CheckStates states, Recalled.States kept) throws ComponentException {
    try {
      Map<Integer, ByteReader> bodies = new HashMap<>();
      kept.pages()
          .forEach(
              (number, page) -> CheckStates.decode(number * kept.statesPerPage(), page, bodies));
      kept.instances().forEach((id, series) -> states.restore(series, id, bodies.get(id)));
    } catch (IllegalStateException unreadable) {
      throw new ComponentException(
          Outcome.Kind.FATAL,
          "the kept state of check '%s' cannot be read: %s"
              .formatted(states.check.name(), unreadable.getMessage()),
          unreadable);
    }
    states.dropObsolete();
    if (kept.statesPerPage() != states.check.statesPerPage()) {
      states.instances().forEach(Instance::touch); // packed another way from now on
    }
  }

  private void attach(Recalled.OpenIncident open, Instant now) {
    Incident incident = open.incident();
    Optional<Instance> instance = instance(incident.check(), incident.series());
    if (instance.isPresent()) {
      instance.get().incident = incident;
      instance.get().breaches = incident.breaches();
      return;
    }
    Status status =
        new Status(
            incident.check(),
            open.checkType(),
            incident.series(),
            Level.OK,
            now,
            now,
            Optional.empty(),
            OptionalDouble.empty(),
            end(incident.check()),
            Map.of("breaches", Long.toString(incident.breaches())));
    harvest.take(Incidents.move(incident, status, incident.breaches()));
    harvest.resolve(incident);
  }

  /** Why nothing stands for an incident any more. */
  private String end(String check) {
    if (!current.containsKey(check)) {
      return "the check was taken out of the configuration";
    }
    return stale.contains(check)
        ? "the check was changed and begins anew"
        : "the check does not expect it any more";
  }

  private Optional<Instance> instance(String check, Series series) {
    CheckStates states = current.get(check);
    return states == null || stale.contains(check) ? Optional.empty() : states.find(series);
  }
}
