package io.modelvane.alerting.outbox;

import io.modelvane.spi.IncidentStep;
import io.modelvane.spi.Level;

/**
 * What a notification says happened, as things stand at the attempt: its incident may have moved on
 * since it was planned, to a level that no rule tells this endpoint of.
 *
 * @param step what happened
 * @param previous the level before
 */
record Telling(IncidentStep step, Level previous) {
  static Telling of(OutboxRow row, Level now) {
    return switch (row.step()) {
      case OPENED, RESOLVED -> new Telling(row.step(), row.previous());
      case REPEATED, ACKNOWLEDGED -> new Telling(row.step(), now);
      case WORSENED, IMPROVED -> moved(row, now);
    };
  }

  private static Telling moved(OutboxRow row, Level now) {
    if (now == row.level()) {
      return new Telling(row.step(), row.previous());
    }
    return now.worseThan(row.previous())
        ? new Telling(IncidentStep.WORSENED, row.previous())
        : new Telling(IncidentStep.IMPROVED, row.level());
  }
}
