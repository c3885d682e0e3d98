package io.modelvane.alerting.outbox;

import io.modelvane.alerting.rule.Policy;
import io.modelvane.alerting.sql.Sql;
import io.modelvane.spi.ComponentException;
import io.modelvane.spi.Incident;
import io.modelvane.spi.StateStore;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** Waits until an outbox with its threads has nothing to do at the time that its clock shows. */
public final class Rest {
  private static final long PAUSE_NANOS = 300_000;

  private final Outbox outbox;
  private final StateStore store;
  private final Clock clock;
  private final Tables tables;

  /** For an outbox of that policy, over the same store. */
  public Rest(Outbox outbox, Policy policy, StateStore store, Clock clock) {
    this.outbox = outbox;
    this.store = store;
    this.clock = clock;
    this.tables = Tables.in(store, policy.inhibitions());
  }

  /** Waits for it; answers when there is something to do again. */
  public Instant await() throws ComponentException {
    Instant next = Instant.MIN;
    while (!next.isAfter(clock.instant())) {
      outbox.wake();
      LockSupport.parkNanos(PAUSE_NANOS);
      next = store.read(this::next);
    }
    return next;
  }

  private Instant next(Connection connection) throws SQLException {
    return Stream.of(
            tables.held().next(connection),
            tables.reminders().next(connection),
            tables.escalations().next(connection),
            unsent(connection))
        .flatMap(Optional::stream)
        .min(Instant::compareTo)
        .orElse(Instant.MAX);
  }

  /** When something is to be sent; what is being sent is due. */
  private Optional<Instant> unsent(Connection connection) throws SQLException {
    return Sql.of(
            "SELECT MIN(CASE state WHEN 1 THEN 0 ELSE due END) FROM "
                + store.table("outbox")
                + " WHERE state <= 1 HAVING COUNT(*) > 0")
        .first(connection, row -> Instant.ofEpochMilli(row.getLong(1)));
  }

  /** The id of the open incident of a check on a model. */
  public String incident(String check, String model) throws ComponentException {
    return store
        .read(connection -> tables.incidents().open(connection).stream())
        .filter(incident -> incident.check().equals(check))
        .filter(incident -> model.equals(incident.series().tag("model")))
        .map(Incident::id)
        .findFirst()
        .orElseThrow(() -> new AssertionError("no incident of " + check + " on " + model));
  }
}
