package io.modelvane.alerting;

import io.modelvane.alerting.check.Check;
import io.modelvane.alerting.check.Evaluator;
import io.modelvane.alerting.check.Follower;
import io.modelvane.alerting.check.Row;
import io.modelvane.alerting.incident.IncidentChange.Closing;
import io.modelvane.spi.Incident;
import io.modelvane.spi.PointBatch;
import io.modelvane.spi.Series;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** All checks over all series, row by row. Used by one thread; does no I/O. */
final class Evaluation {
  private static final int MOST_BINDINGS = 100_000;

  /** A tick that is due; those of one time come in the order they were set. */
  private record Wake(long at, long order, Instance instance) implements Comparable<Wake> {
    @Override
    public int compareTo(Wake other) {
      int byTime = Long.compare(at, other.at);
      return byTime != 0 ? byTime : Long.compare(order, other.order);
    }
  }

  private final List<CheckStates> checks = new ArrayList<>();
  private final Harvest harvest;
  private final Positions positions;
  private final Watermark watermark;
  private final AlertingMeters meters;
  private final Map<Series, Instance[]> bindings = new HashMap<>();
  private final PriorityQueue<Wake> wakes = new PriorityQueue<>();
  private long order;
  private final Set<Instance> open = new LinkedHashSet<>();
  private final Row row = new Row();
  private final Relay relay = new Relay();
  private long firstArrived;

  Evaluation(List<Check> checks, Harvest harvest, Recalled recalled, AlertingMeters meters) {
    this.harvest = harvest;
    this.positions = recalled.positions();
    this.watermark = recalled.watermark();
    this.meters = meters;
    checks.forEach(check -> this.checks.add(new CheckStates(check, relay, harvest, meters)));
    relay.begin(this.checks);
  }

  List<CheckStates> checks() {
    return checks;
  }

  Positions positions() {
    return positions;
  }

  Watermark watermark() {
    return watermark;
  }

  /** Makes the evaluators that exist without a row, and sets all of them their next tick. */
  void begin() {
    for (CheckStates states : checks) {
      states.restored();
      states.expect();
      for (Instance instance : states.instances()) {
        note(instance);
      }
    }
    relay.tellAll(checks, Math.max(watermark.time(), 0));
    deliver();
    checks.forEach(states -> states.instances().forEach(this::schedule));
  }

  /** Takes a batch, but for the rows that were evaluated before. */
  @SuppressWarnings("ReferenceEquality") // decoders hand out the same object: no need to compare
  void batch(PointBatch batch, Instant now) {
    Origins origins = new Origins(batch, positions);
    harvest.begin(now, origins);
    long latest = Nanos.of(now);
    long earliest = watermark.time();
    boolean ownClockIsBehind = latest < earliest; // it was set back: those of others are believed
    Series last = null;
    Instance[] bound = {};
    long repeated = 0;
    firstArrived = Watermark.NONE;
    for (int r = 0; r < batch.size(); r++) {
      Series series = batch.series(r);
      if (series != last) {
        bound = bound(series);
        last = series;
      }
      if (bound.length == 0) {
        continue;
      }
      origins.move(batch.origin(r));
      if (origins.isRepeated()) {
        repeated++;
        continue;
      }
      long arrived = Math.min(origins.arrived(batch.time(r)), latest);
      if (firstArrived == Watermark.NONE) {
        firstArrived = arrived;
      }
      arrived = Math.max(arrived, earliest);
      row.move(batch, r, arrived, ownClockIsBehind ? Long.MAX_VALUE : arrived + Row.AHEAD);
      if (row.isEarly()) {
        early(bound);
      }
      for (Instance instance : bound) {
        take(instance);
      }
    }
    positions.advance(batch.nextOffsets());
    if (repeated > 0) {
      meters.repeated.add(repeated);
    }
  }

  /** When the first call of the last batch that was evaluated had arrived at its source. */
  Optional<Instant> arrived() {
    return firstArrived == Watermark.NONE
        ? Optional.empty()
        : Optional.of(Nanos.instant(firstArrived));
  }

  private void early(Instance[] bound) {
    meters.early.add(1);
    for (Instance instance : bound) {
      instance.earlyRows++;
    }
  }

  private void take(Instance instance) {
    if (instance.evaluator.row(row, instance)) {
      moved(instance);
      if (instance.evaluator.wakeAt() < instance.queuedAt) {
        schedule(instance);
      }
    }
  }

  private void moved(Instance instance) {
    instance.touch();
    note(instance);
    if (!relay.isEmpty()) {
      deliver();
    }
    if (instance.evaluator.isRetired()) {
      instance.check.forget(instance);
      harvest.retired().add(instance);
      bindings.clear();
    }
  }

  /** What one check has decided, others may have to judge. */
  private void deliver() {
    for (Instance follower : relay.deliver()) {
      follower.touch();
      schedule(follower);
    }
  }

  private void note(Instance instance) {
    boolean isOpen = instance.incident != null;
    if (isOpen == instance.counted) {
      return;
    }
    instance.counted = isOpen;
    if (isOpen) {
      open.add(instance);
    } else {
      open.remove(instance);
    }
  }

  private void schedule(Instance instance) {
    long at = instance.evaluator.wakeAt();
    if (at < instance.queuedAt) {
      instance.queuedAt = at;
      wakes.add(new Wake(at, order++, instance));
    }
  }

  private Instance[] bound(Series series) {
    Instance[] known = bindings.get(series);
    return known == null ? bind(series) : known;
  }

  private Instance[] bind(Series series) {
    if (bindings.size() >= MOST_BINDINGS) {
      bindings.clear(); // hostile cardinality: what holds a state stays, the rest is made again
      checks.forEach(CheckStates::dropFresh);
    }
    List<Instance> bound = new ArrayList<>();
    for (CheckStates states : checks) {
      states.check.concerns(series).forEach(s -> bound.add(states.instance(s)));
    }
    Instance[] array = bound.toArray(new Instance[0]);
    bindings.put(series, array);
    return array;
  }

  /**
   * A pipeline tells how far it is.
   *
   * @return whether that moved anything
   */
  boolean progress(String pipeline, Instant until, Instant now) {
    if (!watermark.tell(pipeline, Nanos.of(until))) {
      return false;
    }
    long time = watermark.time();
    harvest.begin(now, null);
    while (!wakes.isEmpty() && wakes.element().at() <= time) {
      wake(wakes.remove(), time);
    }
    open.forEach(instance -> instance.last(time));
    return !harvest.isEmpty();
  }

  private void wake(Wake wake, long time) {
    Instance instance = wake.instance();
    if (wake.at() != instance.queuedAt) {
      return; // it was queued again for an earlier time
    }
    instance.queuedAt = Evaluator.NEVER;
    // Who follows others goes no further than they have come.
    long until = instance.evaluator instanceof Follower ? wake.at() : time;
    if (instance.evaluator.tick(until, instance)) {
      moved(instance);
    }
    if (!instance.evaluator.isRetired()) {
      schedule(instance);
    }
  }

  /**
   * Somebody ends an incident by hand.
   *
   * @return whether there is such an open one
   */
  boolean close(String incident, Closing closing, Instant now) {
    Optional<Instance> found = open.stream().filter(each -> each.isOpen(incident)).findFirst();
    found.ifPresent(
        instance -> {
          harvest.begin(now, null);
          instance.close(closing, Math.max(watermark.time(), 0));
          note(instance);
          deliver();
        });
    return found.isPresent();
  }

  /** How many incidents are open. */
  int openIncidents() {
    return open.size();
  }

  /** The open incidents of instances that are to be kept. */
  static @Nullable Incident incident(Instance instance) {
    Incident incident = instance.incident;
    return incident == null
        ? null
        : new Incident(
            incident.id(),
            incident.key(),
            incident.check(),
            incident.series(),
            incident.level(),
            incident.worst(),
            incident.since(),
            instance.breaches);
  }
}
