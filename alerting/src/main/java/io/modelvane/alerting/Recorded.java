package io.modelvane.alerting;

import io.modelvane.alerting.incident.IncidentChange;
import io.modelvane.alerting.sql.Schema;
import io.modelvane.alerting.why.Chronicle;
import io.modelvane.spi.ComponentException;
import io.modelvane.spi.StateStore;
import io.modelvane.spi.Status;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/** What follows from verdicts, and beside it what each change of a level rested on. */
final class Recorded implements Aftermath {
  private final Aftermath inner;
  private final Chronicle chronicle;
  private final StateStore store;

  Recorded(Aftermath inner, Chronicle chronicle, StateStore store) {
    this.inner = inner;
    this.chronicle = chronicle;
    this.store = store;
  }

  @Override
  public void start() throws ComponentException, InterruptedException {
    inner.start();
    new Schema(store).migrate("why", chronicle.steps());
  }

  @Override
  public void apply(
      Connection connection, List<IncidentChange> changes, List<Status> toRecord, Instant now)
      throws SQLException {
    inner.apply(connection, changes, toRecord, now);
    chronicle.write(connection, changes, now);
  }

  @Override
  public void committed() {
    inner.committed();
  }

  @Override
  public void undone() {
    inner.undone();
  }

  @Override
  public void stop() throws InterruptedException {
    inner.stop();
  }
}
