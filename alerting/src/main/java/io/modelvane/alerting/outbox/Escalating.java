package io.modelvane.alerting.outbox;

import io.modelvane.alerting.outbox.Decisions.Decided;
import io.modelvane.alerting.rule.EscalationLevel;
import io.modelvane.alerting.rule.Periods;
import io.modelvane.alerting.rule.Rules;
import io.modelvane.spi.Incident;
import io.modelvane.spi.IncidentStep;
import io.modelvane.spi.Level;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Turns to somebody else about incidents that nobody has acknowledged in time. */
final class Escalating {
  private final Rules rules;
  private final Tables tables;
  private final Desk desk;

  Escalating(Rules rules, Tables tables, Desk desk) {
    this.rules = rules;
    this.tables = tables;
    this.desk = desk;
  }

  /** Plans at most so many; how many were due. */
  int run(Moment moment, int most) throws SQLException {
    List<Escalations.Timer> due = tables.escalations().due(moment.connection(), moment.now(), most);
    for (Escalations.Timer timer : due) {
      escalate(moment, timer);
    }
    return due.size();
  }

  private void escalate(Moment moment, Escalations.Timer timer) throws SQLException {
    List<EscalationLevel> levels = rules.escalation(timer.rule());
    Optional<Incident> incident =
        tables
            .incidents()
            .find(moment.connection(), timer.incident())
            .map(Incidents.Known::incident);
    boolean lasts =
        incident.isPresent()
            && tables
                .groups()
                .lasting(moment.connection(), rules, incident.get())
                .contains(timer.rule());
    if (incident.isEmpty() || !lasts || timer.level() >= levels.size()) {
      tables.escalations().end(moment.connection(), timer.incident(), timer.rule());
      return;
    }
    EscalationLevel level = levels.get(timer.level());
    String id = tables.incidents().nextId(moment.connection(), timer.incident());
    for (String endpoint : level.endpoints()) {
      tell(moment, wish(moment, incident.get(), endpoint, timer.rule()), id, level);
    }
    int next = timer.level() + 1;
    Escalations.Timer later =
        new Escalations.Timer(timer.incident(), timer.rule(), next, timer.begun());
    if (next < levels.size()) {
      tables
          .escalations()
          .set(moment.connection(), later, timer.begun().plus(levels.get(next).after()));
    } else {
      // Kept without a time, so that a later step of the same incident does not begin it anew.
      tables.escalations().set(moment.connection(), later, Clocks.OVER);
    }
  }

  private void tell(Moment moment, Wish wish, String id, EscalationLevel level)
      throws SQLException {
    String reason = "nobody has acknowledged it within " + Periods.words(level.after());
    tables
        .decisions()
        .add(moment, wish, id, Decided.of(DecisionKind.ESCALATED, wish.firstRule(), reason));
    var unused = desk.tell(moment, wish, id);
  }

  private Wish wish(Moment moment, Incident incident, String endpoint, String rule)
      throws SQLException {
    boolean informed =
        Standing.read(moment, tables, incident.id()).informed().containsKey(endpoint);
    return new Wish(
        incident,
        endpoint,
        List.of(rule),
        informed ? IncidentStep.REPEATED : IncidentStep.OPENED,
        informed ? incident.level() : Level.OK);
  }
}
