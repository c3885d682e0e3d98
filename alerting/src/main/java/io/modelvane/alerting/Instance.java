package io.modelvane.alerting;

import io.modelvane.alerting.check.Evaluator;
import io.modelvane.alerting.check.Finding;
import io.modelvane.alerting.check.Verdicts;
import io.modelvane.alerting.incident.IncidentChange.Closing;
import io.modelvane.spi.Incident;
import io.modelvane.spi.Level;
import io.modelvane.spi.Series;
import org.jspecify.annotations.Nullable;

/** One check on one series as it runs: the evaluator, its incident, and where it is kept. */
final class Instance implements Verdicts {
  static final int NOWHERE = -1;
  private static final long NEVER_RECORDED = Long.MIN_VALUE / 2;

  final CheckStates check;
  final Series series;
  final Evaluator evaluator;
  private final Harvest harvest;

  /** The open incident, as of its last change. */
  @Nullable Incident incident;

  /** Verdicts worse than ok since the incident began. */
  long breaches;

  /** Where its state is kept, or {@link #NOWHERE}. */
  int id = NOWHERE;

  /** When the next tick is due for it, as far as the queue knows. */
  long queuedAt = Evaluator.NEVER;

  /** Whether it is among the open ones. */
  boolean counted;

  /** Calls that came too late since the start. */
  long lateRows;

  /** Calls whose time was too far ahead, since the start. */
  long earlyRows;

  private long recordedAt = NEVER_RECORDED;
  private boolean dirty;

  Instance(CheckStates check, Series series, Evaluator evaluator, Harvest harvest) {
    this.check = check;
    this.series = series;
    this.evaluator = evaluator;
    this.harvest = harvest;
  }

  @Override
  public void judged(Level previous, long sourceTime, long known) {
    Level level = evaluator.level();
    if (level != Level.OK) {
      breaches++;
    }
    if (incident == null ? level != Level.OK : level != previous) {
      recordedAt = sourceTime;
      harvest.changed(this, sourceTime);
      check.relay.tell(this, known);
    } else if (level != previous) { // the incident was closed by hand before
      recordedAt = sourceTime;
      harvest.record(this, sourceTime);
    } else if (Math.abs(sourceTime - recordedAt) >= harvest.recordEvery()) {
      recordedAt = sourceTime;
      harvest.record(this, sourceTime);
    }
  }

  /** Whether this is its open incident. */
  boolean isOpen(String id) {
    return incident != null && incident.id().equals(id);
  }

  /** Where it stands, as far as others are concerned: what was closed by hand is over for them. */
  Level level() {
    return incident == null ? Level.OK : evaluator.level();
  }

  /** Somebody ends its incident by hand. The next verdict that is not ok begins another. */
  void close(Closing closing, long known) {
    harvest.closed(this, closing);
    check.relay.tell(this, known);
  }

  /** Records what lasts once more, when it is time. */
  void last(long time) {
    if (time - recordedAt >= harvest.recordEvery()) {
      recordedAt = time;
      harvest.record(this, time);
    }
  }

  @Override
  public void amended(Level level, Finding finding, long sourceTime) {
    harvest.amended(this, level, finding, sourceTime);
  }

  @Override
  public void failed() {
    check.failed.add(1);
  }

  @Override
  public void notNumeric() {
    check.notNumeric.add(1);
  }

  @Override
  public void late() {
    lateRows++;
    check.late.add(1);
  }

  /** Its state is another one: it has to be kept. */
  void touch() {
    if (!dirty) {
      dirty = true;
      harvest.dirty().add(this);
    }
  }

  void clean() {
    dirty = false;
  }
}
