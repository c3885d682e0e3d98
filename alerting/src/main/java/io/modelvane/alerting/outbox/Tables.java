package io.modelvane.alerting.outbox;

import io.modelvane.spi.StateStore;
import java.util.ArrayList;
import java.util.List;

/**
 * The outbox in the local database.
 *
 * @param rows planned notifications
 * @param incidents what they tell of
 * @param reminders what is planned by time
 */
record Tables(OutboxRows rows, Incidents incidents, Reminders reminders) {
  static Tables in(StateStore store) {
    return new Tables(new OutboxRows(store), new Incidents(store), new Reminders(store));
  }

  /** The steps that make the tables; only ever appended to. */
  List<String> steps() {
    List<String> steps = new ArrayList<>(rows.steps());
    steps.addAll(incidents.steps());
    steps.addAll(reminders.steps());
    return steps;
  }
}
