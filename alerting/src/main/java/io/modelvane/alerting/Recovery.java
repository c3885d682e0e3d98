package io.modelvane.alerting;

import io.modelvane.alerting.check.Check;
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
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Puts back what was kept, and ends what no check stands for any more. */
final class Recovery {
  private final Evaluation evaluation;
  private final Harvest harvest;
  private final Recalled recalled;
  private final Map<String, CheckStates> current = new HashMap<>();
  private final Map<String, String> changed = new HashMap<>();
  private final Set<String> stale = new TreeSet<>();

  Recovery(Evaluation evaluation, Harvest harvest, Recalled recalled) {
    this.evaluation = evaluation;
    this.harvest = harvest;
    this.recalled = recalled;
  }

  /**
   * Does it.
   *
   * @return the checks whose states are of no use: they mean something else now, or are gone
   * @throws ComponentException {@code FATAL} when a state cannot be read
   */
  List<String> run(Instant now) throws ComponentException {
    harvest.begin(now, null);
    evaluation.checks().forEach(states -> current.put(states.check.name(), states));
    for (Map.Entry<String, Recalled.States> kept : recalled.checks().entrySet()) {
      take(kept.getKey(), kept.getValue());
    }
    for (Recalled.OpenIncident open : recalled.incidents()) {
      attach(open, now);
    }
    evaluation.begin();
    return new ArrayList<>(stale);
  }

  private void take(String name, Recalled.States kept) throws ComponentException {
    CheckStates states = current.get(name);
    if (states == null) {
      stale.add(name);
      return;
    }
    Check check = states.check;
    boolean same = check.definition().equals(kept.definition());
    if (!same) {
      changed.put(name, check.type().equals(kept.type()) ? kept.definition() : "");
    }
    if (same || (check.type().equals(kept.type()) && check.understands(kept.definition()))) {
      restore(states, kept);
    } else {
      stale.add(name);
    }
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
    states.drop(instance -> instance.evaluator.isObsolete());
    if (changed.containsKey(states.check.name())) {
      Set<Series> open = open(states.check.name());
      states.drop(
          instance ->
              !states.check.goesOn(
                  kept.definition(), instance.series, open.contains(instance.series)));
    }
    if (kept.statesPerPage() != states.check.statesPerPage()) {
      states.instances().forEach(Instance::touch); // packed another way from now on
    }
  }

  private Set<Series> open(String check) {
    return recalled.incidents().stream()
        .map(Recalled.OpenIncident::incident)
        .filter(incident -> incident.check().equals(check))
        .map(Incident::series)
        .collect(Collectors.toSet());
  }

  private void attach(Recalled.OpenIncident open, Instant now) {
    Incident incident = open.incident();
    Optional<Instance> instance = instance(incident);
    if (instance.isPresent()) {
      goOn(instance.get(), incident);
    } else {
      end(open, now);
    }
  }

  private void end(Recalled.OpenIncident open, Instant now) {
    Incident incident = open.incident();
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
            why(incident.check()),
            Map.of("breaches", Long.toString(incident.breaches())));
    harvest.take(Incidents.move(incident, status, incident.breaches()));
    harvest.resolve(incident);
  }

  /** What lasts may have another level by the configuration as it is now. */
  private void goOn(Instance instance, Incident incident) {
    instance.incident = incident;
    instance.breaches = incident.breaches();
    Level level = instance.evaluator.level();
    if (level != Level.OK && level != incident.level()) {
      harvest.changed(
          instance, Math.max(evaluation.watermark().time(), Nanos.of(incident.since())));
    }
  }

  /** Why nothing stands for an incident any more. */
  private String why(String check) {
    if (!current.containsKey(check)) {
      return successor(check)
              .map("the check was renamed to '%s', which judges anew"::formatted)
              .orElse("the check was taken out of the configuration")
          + "; nothing says that it is well again";
    }
    return changed.containsKey(check)
        ? "the check was changed and looks at this no more; nothing says that it is well again"
        : "the check does not expect it any more";
  }

  /** The only check that is new and means what one meant that is gone. */
  private Optional<String> successor(String gone) {
    Recalled.States kept = recalled.checks().get(gone);
    if (kept == null) {
      return Optional.empty();
    }
    List<String> same =
        current.values().stream()
            .map(states -> states.check)
            .filter(check -> !recalled.checks().containsKey(check.name()))
            .filter(check -> check.type().equals(kept.type()))
            .filter(check -> check.definition().equals(kept.definition()))
            .map(Check::name)
            .toList();
    return same.size() == 1 ? Optional.of(same.get(0)) : Optional.empty();
  }

  private Optional<Instance> instance(Incident incident) {
    CheckStates states = current.get(incident.check());
    if (states == null) {
      return Optional.empty();
    }
    return stale.contains(incident.check())
        ? resumed(states, incident)
        : states.find(incident.series());
  }

  /** What was open when the check was changed is so until the check as it is now has judged. */
  private Optional<Instance> resumed(CheckStates states, Incident incident) {
    String earlier = changed.getOrDefault(incident.check(), "");
    if (!states.check.goesOn(earlier, incident.series(), true)) {
      return Optional.empty();
    }
    Instance instance = states.instance(incident.series());
    instance.evaluator.stand(incident.level(), Math.max(evaluation.watermark().time(), 0));
    instance.touch();
    return Optional.of(instance);
  }
}
