package io.modelvane.alerting;

import io.modelvane.alerting.incident.IncidentChange;
import io.modelvane.spi.Status;
import java.sql.Connection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Remembers what follows. */
final class RecordingAftermath implements Aftermath {
  private final List<IncidentChange> changes = new ArrayList<>();
  private final List<Status> statuses = new ArrayList<>();
  private List<IncidentChange> openChanges = List.of();
  private List<Status> openStatuses = List.of();
  private int commits;
  private boolean running;

  @Override
  public synchronized void start() {
    running = true;
  }

  synchronized boolean isRunning() {
    return running;
  }

  @Override
  public synchronized void apply(
      Connection connection, List<IncidentChange> changed, List<Status> toRecord, Instant now) {
    openChanges = changed;
    openStatuses = toRecord;
  }

  @Override
  public synchronized void committed() {
    changes.addAll(openChanges);
    statuses.addAll(openStatuses);
    openChanges = List.of();
    openStatuses = List.of();
    commits++;
  }

  @Override
  public synchronized void stop() {
    running = false;
  }

  synchronized List<IncidentChange> changes() {
    return List.copyOf(changes);
  }

  synchronized List<Status> statuses() {
    return List.copyOf(statuses);
  }

  synchronized int commits() {
    return commits;
  }
}
