package io.modelvane.alerting;

import io.modelvane.alerting.check.Check;
import io.modelvane.alerting.incident.IncidentChange;
import io.modelvane.alerting.incident.IncidentChange.Closing;
import io.modelvane.alerting.why.Running;
import io.modelvane.spi.ComponentContext;
import io.modelvane.spi.ComponentException;
import io.modelvane.spi.PointBatch;
import io.modelvane.spi.Series;
import io.modelvane.spi.StateStore;
import io.modelvane.spi.Status;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The evaluation and its place on the disk. After {@link #open} used by one thread; the figures may
 * be read by any.
 */
final class Ledger {
  private final List<Check> checks;
  private final Aftermath aftermath;
  private final ComponentContext context;
  private final StateStore store;
  private final Tables tables;
  private final Harvest harvest;
  private final AlertingMeters meters;
  private final Map<String, String> types = new HashMap<>();
  private @Nullable Evaluation evaluation;
  private @Nullable Checkpoint checkpoint;
  private volatile int openIncidents;
  private volatile long watermark = Watermark.NONE;

  Ledger(List<Check> checks, Duration recordEvery, Aftermath aftermath, ComponentContext context) {
    this.checks = checks;
    this.aftermath = aftermath;
    this.context = context;
    this.store = context.state();
    this.tables = new Tables(store);
    this.harvest = new Harvest(recordEvery);
    this.meters = new AlertingMeters(context.meters());
    checks.forEach(check -> types.put(check.name(), check.type()));
  }

  /** Reads what was kept and ends what no check stands for any more. */
  void open() throws ComponentException {
    store.migrate(tables.migrations());
    Recalled recalled = store.read(connection -> tables.reader(connection).read());
    Evaluation begun = new Evaluation(checks, harvest, recalled, meters);
    Instant now = context.clock().instant();
    List<String> stale = new Recovery(begun, harvest, recalled).run(now);
    evaluation = begun;
    for (String name : stale) {
      context
          .logger()
          .log(
              System.Logger.Level.INFO,
              "check {0} was changed or taken out; its states are dropped, and of its incidents those"
                  + " end that it looks at no more",
              name);
    }
    commit(connection -> tables.writeChecks(connection, checks, stale));
    meters.openIncidents(() -> openIncidents);
    meters.watermarkAge(this::watermarkAge);
  }

  long watermark() {
    return watermark;
  }

  private double watermarkAge() {
    long time = watermark;
    return time <= 0 // 1970 is told of a pipeline that has not begun
        ? Double.NaN
        : Duration.between(Nanos.instant(time), context.clock().instant()).toMillis() / 1e3;
  }

  private Evaluation evaluation() {
    return java.util.Objects.requireNonNull(evaluation, "open first");
  }

  /** Evaluates a batch. */
  void take(PointBatch batch) {
    long begin = System.nanoTime();
    Instant now = context.clock().instant();
    evaluation().batch(batch, now);
    evaluation().arrived().ifPresent(time -> meters.lag.record(lag(time, now)));
    openIncidents = evaluation().openIncidents();
    meters.evaluation.record(Duration.ofNanos(System.nanoTime() - begin));
  }

  private static Duration lag(Instant arrived, Instant now) {
    return arrived.isAfter(now) ? Duration.ZERO : Duration.between(arrived, now);
  }

  /** A pipeline tells how far it is; whether there is something to commit now. */
  boolean progress(String pipeline, Instant until) {
    boolean moved = evaluation().progress(pipeline, until, context.clock().instant());
    openIncidents = evaluation().openIncidents();
    watermark = evaluation().watermark().time();
    return moved;
  }

  /** Where a check stands on the series that are wanted. */
  List<Running.Standpoint> look(String check, Predicate<Series> wanted, int most) {
    return evaluation().checks().stream()
        .filter(states -> states.check.name().equals(check))
        .flatMap(states -> states.instances().stream())
        .filter(instance -> wanted.test(instance.series))
        .limit(most)
        .map(Ledger::standpoint)
        .toList();
  }

  /** Somebody ends an incident by hand; whether there is such an open one. */
  boolean close(String incident, Closing closing) {
    boolean closed = evaluation().close(incident, closing, context.clock().instant());
    openIncidents = evaluation().openIncidents();
    return closed;
  }

  private static Running.Standpoint standpoint(Instance instance) {
    return new Running.Standpoint(
        instance.series,
        instance.level(),
        message(instance),
        instance.evaluator.reservations(),
        instance.lateRows,
        instance.earlyRows);
  }

  private static String message(Instance instance) {
    if (!instance.evaluator.hasJudged()) {
      return "nothing has been judged yet";
    }
    String message = instance.evaluator.finding().message();
    return instance.level() == instance.evaluator.level()
        ? message
        : message + "; the incident of that was closed by hand";
  }

  /** Whether a level has changed, which others wait for. */
  boolean isUrgent() {
    return !harvest.changes().isEmpty();
  }

  /**
   * Brings everything since the last commit to the disk, in one transaction. After a failure
   * nothing has happened, and the next call tries the same again; nothing may be taken between.
   */
  void commit() throws ComponentException {
    commit(connection -> {});
  }

  /** Does something to the database. */
  private interface Work {
    void run(Connection connection) throws SQLException;
  }

  private void commit(Work before) throws ComponentException {
    Checkpoint current = checkpoint;
    if (current == null) {
      current = Checkpoint.of(harvest, evaluation());
      checkpoint = current;
    }
    Checkpoint written = current;
    long begin = System.nanoTime();
    List<IncidentChange> changes = List.copyOf(harvest.changes());
    List<Status> toRecord = List.copyOf(harvest.toRecord());
    Instant now = context.clock().instant();
    boolean done = false;
    try {
      done =
          store.transact(
              connection -> {
                before.run(connection);
                tables.write(connection, written, types);
                aftermath.apply(connection, changes, toRecord, now);
                return true;
              });
    } finally {
      if (!done) {
        aftermath.undone();
      }
    }
    meters.commit.record(Duration.ofNanos(System.nanoTime() - begin));
    toRecord.forEach(status -> meters.status(status.level()));
    checkpoint = null;
    evaluation().positions().kept();
    harvest.clear();
    aftermath.committed();
  }
}
