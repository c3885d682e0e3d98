package io.modelvane.alerting.outbox;

import io.modelvane.alerting.outbox.Decisions.Decided;
import io.modelvane.alerting.rule.Rules;
import io.modelvane.alerting.rule.Suppression;
import io.modelvane.spi.Incident;
import io.modelvane.spi.IncidentStep;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Plans the reminders that are due. */
final class Reminding {
  private final Rules rules;
  private final Tables tables;
  private final Desk desk;

  Reminding(Rules rules, Tables tables, Desk desk) {
    this.rules = rules;
    this.tables = tables;
    this.desk = desk;
  }

  /** Plans at most so many; how many were due. */
  int run(Moment moment, int most) throws SQLException {
    List<Reminders.Timer> due = tables.reminders().due(moment.connection(), moment.now(), most);
    Map<List<String>, List<Reminders.Timer>> groups = new LinkedHashMap<>();
    for (Reminders.Timer timer : due) {
      groups
          .computeIfAbsent(List.of(timer.incident(), timer.endpoint()), key -> new ArrayList<>())
          .add(timer);
    }
    for (List<Reminders.Timer> group : groups.values()) {
      remind(moment, group);
    }
    return due.size();
  }

  /** Reminds one endpoint of one incident once, however many rules ask for it. */
  private void remind(Moment moment, List<Reminders.Timer> group) throws SQLException {
    Optional<Incident> incident =
        tables
            .incidents()
            .find(moment.connection(), group.get(0).incident())
            .map(Incidents.Known::incident);
    Set<String> lasting =
        incident.isPresent()
            ? tables.groups().lasting(moment.connection(), rules, incident.get())
            : Set.of();
    List<Reminders.Timer> wanted = new ArrayList<>();
    for (Reminders.Timer timer : group) {
      if (lasting.contains(timer.rule()) && rules.tells(timer.rule(), timer.endpoint())) {
        wanted.add(timer);
      } else {
        tables.reminders().end(moment.connection(), timer);
      }
    }
    if (incident.isPresent() && !wanted.isEmpty()) {
      remind(moment, incident.get(), wanted);
    }
  }

  private void remind(Moment moment, Incident incident, List<Reminders.Timer> timers)
      throws SQLException {
    Wish wish =
        new Wish(
            incident,
            timers.get(0).endpoint(),
            timers.stream().map(Reminders.Timer::rule).toList(),
            IncidentStep.REPEATED,
            incident.level());
    boolean waits = waits(moment, wish);
    Optional<Suppression> suppression = waits ? Optional.empty() : desk.suppression(moment, wish);
    boolean quiet = waits || suppression.isPresent();
    if (suppression.isPresent()) {
      left(moment, wish, suppression.get());
    }
    if (!quiet) {
      desk.tellAlways(moment, wish, tables.incidents().nextId(moment.connection(), incident.id()));
    }
    for (Reminders.Timer timer : timers) {
      next(moment, quiet ? timer : timer.more());
    }
  }

  /** Keeps why no reminder is given: once, however many are left out for the same. */
  private void left(Moment moment, Wish wish, Suppression suppression) throws SQLException {
    boolean known =
        tables.decisions().of(moment.connection(), wish.incident().id()).stream()
            .filter(decision -> decision.endpoint().equals(wish.endpoint()))
            .reduce((earlier, later) -> later)
            .filter(last -> last.kind() == DecisionKind.DROPPED)
            .filter(last -> last.reason().equals(suppression.reason()))
            .isPresent();
    if (!known) {
      Decided decided = Decided.of(DecisionKind.DROPPED, wish.firstRule(), suppression);
      tables.decisions().add(moment, wish, "", decided);
    }
  }

  /** What waits, or is kept back, tells that the incident lasts: then no reminder is needed. */
  private boolean waits(Moment moment, Wish wish) throws SQLException {
    Standing standing = Standing.read(moment, tables, wish.incident().id());
    return !standing.live(wish.endpoint()).isEmpty() || standing.held(wish.endpoint()).isPresent();
  }

  private void next(Moment moment, Reminders.Timer timer) throws SQLException {
    Optional<Duration> next = rules.nextReminder(timer.rule(), timer.given());
    if (next.isPresent()) {
      tables.reminders().set(moment.connection(), timer, moment.now().plus(next.get()));
    } else {
      // Kept without a time: it begins anew when an acknowledgement is taken back.
      tables.reminders().set(moment.connection(), timer, Clocks.OVER);
    }
  }
}
