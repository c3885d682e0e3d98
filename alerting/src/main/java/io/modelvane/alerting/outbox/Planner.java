package io.modelvane.alerting.outbox;

import io.modelvane.alerting.incident.IncidentChange;
import io.modelvane.alerting.outbox.OutboxRow.Progress;
import io.modelvane.alerting.outbox.OutboxRow.Target;
import io.modelvane.alerting.outbox.OutboxRows.Ending;
import io.modelvane.alerting.rule.Decision;
import io.modelvane.alerting.rule.Rules;
import io.modelvane.spi.Incident;
import io.modelvane.spi.IncidentStep;
import io.modelvane.spi.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Turns steps of incidents, and the passing of time, into rows of the outbox. Writes only. */
final class Planner {
  private static final int MOST_REMINDERS = 500;

  private final Rules rules;
  private final Set<String> endpoints;
  private final Tables tables;

  Planner(Rules rules, Tables tables) {
    this.rules = rules;
    this.endpoints = rules.endpoints();
    this.tables = tables;
  }

  /** Plans what follows from one step. */
  void step(Connection connection, IncidentChange change, Instant now) throws SQLException {
    String incident = change.incident().id();
    String id = tables.incidents().step(connection, change, now);
    List<OutboxRow> live = tables.rows().live(connection, incident);
    Map<String, String> told = tables.incidents().told(connection, incident);
    Map<String, String> informed = new LinkedHashMap<>(told);
    live.forEach(row -> informed.putIfAbsent(row.target().endpoint(), row.rule()));
    informed.keySet().retainAll(endpoints);
    Decision decision = rules.decide(change, informed.keySet());
    for (Decision.Told next : decision.told()) {
      String rule =
          next.rule().isEmpty() ? informed.getOrDefault(next.endpoint(), "") : next.rule();
      List<OutboxRow> before =
          live.stream().filter(row -> row.target().endpoint().equals(next.endpoint())).toList();
      Target target = new Target(next.endpoint(), incident, change.incident().key());
      OutboxRow row =
          new OutboxRow(
              0,
              id,
              target,
              rule,
              change.step(),
              change.previous(),
              change.incident().level(),
              now,
              Progress.due(now));
      plan(connection, row, before, told.containsKey(next.endpoint()));
    }
    reminders(connection, change, decision, now);
  }

  /**
   * Adds a row for an endpoint, given what still waits for it of the same incident.
   *
   * @param told whether the endpoint has, or may have, been told of the incident
   */
  private void plan(Connection connection, OutboxRow row, List<OutboxRow> before, boolean told)
      throws SQLException {
    List<OutboxRow> unsent =
        before.stream().filter(old -> old.progress().state() == RowState.DUE).toList();
    boolean known = told || unsent.size() < before.size();
    boolean cancel = row.step() == IncidentStep.RESOLVED && !known && !unsent.isEmpty();
    RowState fate = cancel ? RowState.CANCELLED : RowState.SUPERSEDED;
    String reason = cancel ? "the incident ended before it was sent" : "a newer step is told";
    for (OutboxRow old : unsent) {
      tables.rows().end(connection, old, new Ending(fate, row.decidedAt(), reason));
    }
    if (cancel) {
      Progress cancelled = new Progress(fate, row.decidedAt(), 0, false);
      tables.rows().add(connection, row.at(cancelled), Optional.of(reason));
    } else {
      tables.rows().add(connection, opening(row, unsent, known), Optional.empty());
    }
  }

  /** To an endpoint that has not heard of the incident, whatever comes first is the opening. */
  private static OutboxRow opening(OutboxRow row, List<OutboxRow> unsent, boolean known) {
    if (known || unsent.isEmpty() || unsent.get(0).step() != IncidentStep.OPENED) {
      return row;
    }
    return row.as(IncidentStep.OPENED, unsent.get(0).previous());
  }

  private void reminders(
      Connection connection, IncidentChange change, Decision decision, Instant now)
      throws SQLException {
    String incident = change.incident().id();
    if (change.step() == IncidentStep.RESOLVED) {
      tables.reminders().endAll(connection, incident);
      return;
    }
    for (String rule : decision.ended()) {
      tables.reminders().end(connection, incident, rule);
    }
    for (Decision.Reminder reminder : decision.reminders()) {
      tables.reminders().begin(connection, incident, reminder, now);
    }
  }

  /**
   * Plans the reminders that are due.
   *
   * @return whether there may be more of them
   */
  boolean remind(Connection connection, Instant now) throws SQLException {
    List<Reminders.Timer> due = tables.reminders().due(connection, now, MOST_REMINDERS);
    Map<List<String>, List<Reminders.Timer>> groups = new LinkedHashMap<>();
    for (Reminders.Timer timer : due) {
      groups
          .computeIfAbsent(List.of(timer.incident(), timer.endpoint()), key -> new ArrayList<>())
          .add(timer);
    }
    for (List<Reminders.Timer> group : groups.values()) {
      remind(connection, group, now);
    }
    return due.size() == MOST_REMINDERS;
  }

  /** Reminds one endpoint of one incident once, however many rules ask for it. */
  private void remind(Connection connection, List<Reminders.Timer> group, Instant now)
      throws SQLException {
    Optional<Incidents.Known> known = tables.incidents().find(connection, group.get(0).incident());
    Optional<Reminders.Timer> first = Optional.empty();
    for (Reminders.Timer timer : group) {
      Optional<Duration> every =
          known.flatMap(k -> rules.repeatEvery(timer.rule(), timer.endpoint(), k.incident()));
      if (every.isPresent()) {
        tables.reminders().again(connection, timer, every.get(), now);
        first = first.isPresent() ? first : Optional.of(timer);
      } else {
        tables.reminders().end(connection, timer);
      }
    }
    if (first.isPresent() && known.isPresent()) {
      remind(connection, first.get(), known.get().incident(), now);
    }
  }

  /** What waits already tells that the incident lasts: then no reminder is needed. */
  private void remind(Connection connection, Reminders.Timer timer, Incident incident, Instant now)
      throws SQLException {
    boolean waits =
        tables.rows().live(connection, incident.id()).stream()
            .anyMatch(row -> row.target().endpoint().equals(timer.endpoint()));
    if (waits) {
      return;
    }
    Level level = incident.level();
    Target target = new Target(timer.endpoint(), incident.id(), incident.key());
    String id = tables.incidents().nextId(connection, incident.id());
    OutboxRow row =
        new OutboxRow(
            0,
            id,
            target,
            timer.rule(),
            IncidentStep.REPEATED,
            level,
            level,
            now,
            Progress.due(now));
    tables.rows().add(connection, row, Optional.empty());
  }
}
