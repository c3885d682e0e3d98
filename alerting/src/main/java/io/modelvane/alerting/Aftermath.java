package io.modelvane.alerting;

import io.modelvane.alerting.incident.IncidentChange;
import io.modelvane.spi.ComponentException;
import io.modelvane.spi.Status;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/**
 * What follows from verdicts: notifications are planned, statuses are recorded, history is kept.
 *
 * <p>Life: {@link #start()} (again after it failed) -> {@link #apply} and {@link #committed()}, or
 * {@link #undone()}, in turn, by one thread -> {@link #stop()} (at any time, more than once).
 */
public interface Aftermath {
  /** Opens what it needs; migrates its own tables. No transaction is open. */
  void start() throws ComponentException, InterruptedException;

  /**
   * Writes down what is to be done. Runs inside the transaction that holds the check states, the
   * incidents and the positions these changes rest on, so that all of it happens or nothing. Only
   * writes: whatever leaves the process waits for {@link #committed()}. After a failed transaction
   * it is called again with the same changes, more of them possibly at the end, so what it keeps in
   * memory of it has to go with {@link #undone()}.
   *
   * @param changes steps of incidents in the order they happened; each comes once in the life of
   *     the database
   * @param toRecord statuses to store for dashboards, those behind {@code changes} included, in
   *     order
   * @param now when the verdicts were reached, by the context's clock
   * @throws SQLException rolls everything back; it is tried again after a pause
   */
  void apply(
      Connection connection, List<IncidentChange> changes, List<Status> toRecord, Instant now)
      throws SQLException;

  /** The transaction is on the disk. Must not block: wakes those who deliver. */
  void committed();

  /** The transaction was rolled back, or not begun. Must not block. */
  default void undone() {}

  /** Ends deliveries; what was written down stays there for the next start. */
  void stop() throws InterruptedException;
}
