package io.modelvane.alerting;

import io.modelvane.alerting.check.Evaluator;
import io.modelvane.alerting.check.Finding;
import io.modelvane.alerting.incident.IncidentChange;
import io.modelvane.alerting.incident.IncidentChange.Closing;
import io.modelvane.alerting.incident.Incidents;
import io.modelvane.spi.Incident;
import io.modelvane.spi.Level;
import io.modelvane.spi.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** What has been evaluated since the last commit. */
final class Harvest {
  private final long recordEvery;
  private final List<Instance> dirty = new ArrayList<>();
  private final List<Instance> retired = new ArrayList<>();
  private final List<Incident> resolved = new ArrayList<>();
  private final List<IncidentChange> changes = new ArrayList<>();
  private final List<Status> toRecord = new ArrayList<>();
  private Instant now = Instant.EPOCH;
  private @Nullable Origins row;

  Harvest(Duration recordEvery) {
    this.recordEvery = recordEvery.toNanos();
  }

  long recordEvery() {
    return recordEvery;
  }

  /**
   * Says what the following verdicts come from.
   *
   * @param row where rows stand in their source; null for ticks
   */
  void begin(Instant now, @Nullable Origins row) {
    this.now = now;
    this.row = row;
  }

  /** An instance has another level. */
  void changed(Instance instance, long sourceTime) {
    Incident open = instance.incident;
    if (open == null) {
      instance.breaches = 1;
    }
    Status status = status(instance, sourceTime);
    IncidentChange change =
        open == null
            ? Incidents.open(status, origin(sourceTime))
            : Incidents.move(open, status, instance.breaches);
    take(change);
    instance.incident = change.incident();
    if (status.level() == Level.OK) {
      resolved.add(change.incident());
      instance.incident = null;
      instance.breaches = 0;
    }
    instance.touch();
  }

  /** Somebody ends the incident of an instance, which stands as it does. */
  void closed(Instance instance, Closing closing) {
    Incident open = java.util.Objects.requireNonNull(instance.incident, "there is no incident");
    Status status =
        new Status(
            instance.check.check.name(),
            instance.check.check.type(),
            instance.series,
            Level.OK,
            now,
            now,
            Optional.empty(),
            OptionalDouble.empty(),
            closing.words(),
            Map.of("breaches", Long.toString(instance.breaches)));
    IncidentChange change = Incidents.close(open, status, closing);
    take(change);
    resolved.add(change.incident());
    instance.incident = null;
    instance.breaches = 0;
    instance.touch();
  }

  private String origin(long sourceTime) {
    String time = Long.toHexString(sourceTime);
    return row == null || !row.isKnown() ? time : time + "-" + row.partition() + "." + row.offset();
  }

  /** A verdict that changes nothing is to be recorded. */
  void record(Instance instance, long sourceTime) {
    toRecord.add(status(instance, sourceTime));
  }

  /** A verdict of the past is another one, which moves no incident. */
  void amended(Instance instance, Level level, Finding finding, long sourceTime) {
    toRecord.add(status(instance, level, finding, sourceTime));
  }

  /** A change that no evaluator made. */
  void take(IncidentChange change) {
    changes.add(change);
    toRecord.add(change.status());
  }

  /** An incident is over without an instance to say so. */
  void resolve(Incident incident) {
    resolved.add(incident);
  }

  private Status status(Instance instance, long sourceTime) {
    Evaluator evaluator = instance.evaluator;
    return status(instance, evaluator.level(), evaluator.finding(), sourceTime);
  }

  private Status status(Instance instance, Level level, Finding finding, long sourceTime) {
    Map<String, String> details = new LinkedHashMap<>(finding.details());
    if (instance.breaches > 0) {
      details.put("breaches", Long.toString(instance.breaches));
    }
    OptionalDouble value = finding.value();
    return new Status(
        instance.check.check.name(),
        instance.check.check.type(),
        instance.series,
        level,
        now,
        Nanos.instant(sourceTime),
        finding.field(),
        value.isPresent() && Double.isFinite(value.getAsDouble()) ? value : OptionalDouble.empty(),
        finding.message(),
        details);
  }

  /** Instances whose states have to be kept. */
  List<Instance> dirty() {
    return dirty;
  }

  /** Instances that are forgotten. */
  List<Instance> retired() {
    return retired;
  }

  /** Incidents that are over. */
  List<Incident> resolved() {
    return resolved;
  }

  /** Steps of incidents, in order. */
  List<IncidentChange> changes() {
    return changes;
  }

  /** Statuses to store, in order. */
  List<Status> toRecord() {
    return toRecord;
  }

  boolean isEmpty() {
    return dirty.isEmpty() && retired.isEmpty() && resolved.isEmpty() && toRecord.isEmpty();
  }

  /** All of it is kept. */
  void clear() {
    dirty.forEach(Instance::clean);
    dirty.clear();
    retired.clear();
    resolved.clear();
    changes.clear();
    toRecord.clear();
  }
}
