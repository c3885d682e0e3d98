package io.modelvane.alerting.outbox;

import io.modelvane.alerting.rule.Inhibition;
import io.modelvane.alerting.sql.Schema;
import io.modelvane.spi.ComponentException;
import io.modelvane.spi.StateStore;
import java.util.ArrayList;
import java.util.List;

/**
 * The outbox in the local database.
 *
 * @param rows planned notifications
 * @param incidents what they tell of
 * @param planned what is planned by time
 * @param decisions why they are planned, or not
 * @param groups incidents that are told as one
 * @param inhibitors which incidents explain others
 */
record Tables(
    OutboxRows rows,
    Incidents incidents,
    Planned planned,
    Decisions decisions,
    Groups groups,
    Inhibitors inhibitors) {
  /**
   * What is planned by time.
   *
   * @param reminders of incidents that last
   * @param escalations of incidents that nobody acknowledges
   * @param held what is kept back
   * @param counts how often steps happened
   * @param lastRules what rules wanted before
   */
  record Planned(
      Reminders reminders,
      Escalations escalations,
      Held held,
      Counts counts,
      LastRules lastRules) {}

  static Tables in(StateStore store, List<Inhibition> inhibitions) {
    Incidents incidents = new Incidents(store);
    return new Tables(
        new OutboxRows(store),
        incidents,
        new Planned(
            new Reminders(store),
            new Escalations(store),
            new Held(store),
            new Counts(store),
            new LastRules(store)),
        new Decisions(store),
        new Groups(store),
        new Inhibitors(store, inhibitions, incidents));
  }

  Reminders reminders() {
    return planned.reminders();
  }

  Escalations escalations() {
    return planned.escalations();
  }

  Held held() {
    return planned.held();
  }

  /** Makes the tables, or brings them up to date. The lists are only ever appended to. */
  void migrate(Schema schema) throws ComponentException {
    List<String> steps = new ArrayList<>(rows.firstSteps());
    steps.addAll(incidents.firstSteps());
    steps.addAll(reminders().firstSteps());
    schema.migrate("outbox", steps);
    schema.migrate("outbox_rows", rows.laterSteps());
    schema.migrate("outbox_incidents", incidents.laterSteps());
    schema.migrate("reminders", reminders().laterSteps());
    schema.migrate("escalations", escalations().steps());
    schema.migrate("held", held().steps());
    schema.migrate("counts", planned.counts().steps());
    schema.migrate("rules", planned.lastRules().steps());
    schema.migrate("decisions", decisions.steps());
    schema.migrate("groups", groups.steps());
    schema.migrate("inhibitors", inhibitors.steps());
  }
}
