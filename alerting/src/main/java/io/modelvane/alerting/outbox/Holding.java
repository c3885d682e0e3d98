package io.modelvane.alerting.outbox;

import io.modelvane.alerting.outbox.Decisions.Decided;
import io.modelvane.alerting.outbox.OutboxRows.Ending;
import io.modelvane.alerting.rule.Policy;
import io.modelvane.alerting.rule.Rules;
import io.modelvane.alerting.rule.Suppression;
import io.modelvane.spi.Incident;
import io.modelvane.spi.IncidentStep;
import io.modelvane.spi.Level;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Takes back what waits when something keeps it back, and tells it when nothing does any more. */
final class Holding {
  private final Rules rules;
  private final Set<String> endpoints;
  private final Tables tables;
  private final Desk desk;
  private final Leaving leaving;

  Holding(Policy policy, Tables tables, Desk desk) {
    this.rules = policy.rules();
    this.endpoints = policy.endpoints();
    this.tables = tables;
    this.desk = desk;
    this.leaving = new Leaving(tables, new Clocks(rules, tables), desk.grouping());
  }

  /** Looks at what may be told now, at most so many; how many were due. */
  int run(Moment moment, int most) throws SQLException {
    List<HeldRow> due = tables.held().due(moment.connection(), moment.now(), most);
    for (HeldRow row : due) {
      release(moment, row);
    }
    return due.size();
  }

  private void release(Moment moment, HeldRow row) throws SQLException {
    Optional<Incident> incident =
        tables
            .incidents()
            .find(moment.connection(), row.incident())
            .map(Incidents.Known::incident)
            .filter(found -> found.level() != Level.OK);
    if (incident.isEmpty()) {
      tables.held().end(moment.connection(), row);
      return;
    }
    Standing standing = Standing.read(moment, tables, row.incident());
    if (!standing.live(row.endpoint()).isEmpty()) {
      cancel(moment, row, incident.get(), "what waits tells where things stand");
    } else {
      release(moment, row, incident.get(), standing.told().containsKey(row.endpoint()));
    }
  }

  private void release(Moment moment, HeldRow row, Incident incident, boolean told)
      throws SQLException {
    Set<String> lasting = tables.groups().lasting(moment.connection(), rules, incident);
    List<String> asking = row.rules().stream().filter(lasting::contains).toList();
    boolean repeated = row.step() == IncidentStep.REPEATED;
    if (!endpoints.contains(row.endpoint())) {
      cancel(moment, row, incident, "no rule names its endpoint any more");
    } else if (asking.isEmpty() && !(told && repeated)) {
      cancel(moment, row, incident, "no rule is about its level any more");
    } else if (told && repeated && moment.isAcknowledged(incident.id())) {
      cancel(moment, row, incident, "somebody sees to it");
    } else if (!told && isEscalation(row) && moment.isAcknowledged(incident.id())) {
      cancel(moment, row, incident, "acknowledged in time");
    } else if (told && !repeated && row.previous() == incident.level()) {
      cancel(moment, row, incident, "it stands where it was told to stand");
    } else {
      Wish wish =
          new Wish(
              incident,
              row.endpoint(),
              asking,
              told ? step(row, incident) : IncidentStep.OPENED,
              told ? row.previous() : Level.OK);
      var unused = desk.tell(moment, wish, "");
    }
  }

  private boolean isEscalation(HeldRow row) {
    return row.rules().stream().noneMatch(rule -> rules.tells(rule, row.endpoint()));
  }

  private static IncidentStep step(HeldRow row, Incident incident) {
    if (row.step() == IncidentStep.REPEATED) {
      return IncidentStep.REPEATED;
    }
    return incident.level().worseThan(row.previous())
        ? IncidentStep.WORSENED
        : IncidentStep.IMPROVED;
  }

  /** Gives up what is kept back of an incident from endpoints, for a reason. */
  void cancel(Moment moment, HeldRow row, Incident incident, String reason) throws SQLException {
    tables.held().end(moment.connection(), row);
    Wish wish = new Wish(incident, row.endpoint(), row.rules(), row.step(), row.previous());
    tables
        .decisions()
        .add(moment, wish, "", Decided.of(DecisionKind.CANCELLED, wish.firstRule(), reason));
  }

  /**
   * Takes back what waits, was never tried, and is kept back from now on.
   *
   * @param since when it was planned at the earliest
   */
  void withdraw(Moment moment, Instant since) throws SQLException {
    for (OutboxRow row : tables.rows().waiting().untried(moment.connection(), since)) {
      Optional<Incident> incident = incident(moment, row);
      if (incident.isPresent()) {
        withdraw(moment, row, incident.get());
      }
    }
  }

  /**
   * Takes back what a courier had taken and gives back, if something keeps it back since: while it
   * was being sent, nobody asked. An incident that explains it is no reason, once it has waited;
   * nor is anything for what is told whatever keeps other things back.
   */
  void givenBack(Moment moment, OutboxRow row) throws SQLException {
    boolean always = row.step() == IncidentStep.RESOLVED || row.step() == IncidentStep.ACKNOWLEDGED;
    if (always || !tables.rows().waiting().isUntried(moment.connection(), row)) {
      return;
    }
    Optional<Incident> incident = incident(moment, row);
    boolean waited = row.decidedAt().isBefore(moment.now().minus(Planner.EXPLAINED_AFTER));
    if (incident.isPresent() && !(waited && isExplained(moment, incident.get()))) {
      withdraw(moment, row, incident.get());
    }
  }

  private static boolean isExplained(Moment moment, Incident incident) throws SQLException {
    return moment
        .suppress(incident)
        .filter(found -> found.kind() == Suppression.Kind.INHIBITION)
        .isPresent();
  }

  private Optional<Incident> incident(Moment moment, OutboxRow row) throws SQLException {
    return tables
        .incidents()
        .find(moment.connection(), row.target().incident())
        .map(Incidents.Known::incident);
  }

  private void withdraw(Moment moment, OutboxRow row, Incident incident) throws SQLException {
    if (Groups.isGroup(incident.id())) {
      leaving.run(moment, row);
    }
    Optional<Suppression> suppression =
        moment.suppress(incident).filter(found -> !tellsAnEnd(row, found));
    if (suppression.isEmpty() || !tables.rows().waiting().isUntried(moment.connection(), row)) {
      return;
    }
    String reason = suppression.get().reason();
    Ending ending = new Ending(RowState.HELD, moment.now(), reason);
    tables.rows().end(moment.connection(), row, ending);
    Wish wish =
        new Wish(
            incident,
            row.target().endpoint(),
            asking(moment, row, incident),
            row.step(),
            row.previous());
    tables.held().put(moment.connection(), HeldRow.of(wish, suppression.get(), moment.now()));
    tables
        .decisions()
        .add(moment, wish, row.id(), Decided.of(DecisionKind.HELD, row.rule(), suppression.get()));
  }

  /** The rule that a message names, and the others that are about the incident as it stands. */
  private List<String> asking(Moment moment, OutboxRow row, Incident incident) throws SQLException {
    if (row.rule().isEmpty()) {
      return List.of();
    }
    Set<String> asking = new LinkedHashSet<>(List.of(row.rule()));
    tables.groups().lasting(moment.connection(), rules, incident).stream()
        .filter(rule -> desk.isTold(incident, rule, row.target().endpoint()))
        .forEach(asking::add);
    return List.copyOf(asking);
  }

  /** A group gets better as one of its members ends, and whoever heard of that hears of its end. */
  private static boolean tellsAnEnd(OutboxRow row, Suppression suppression) {
    return Groups.isGroup(row.target().incident())
        && row.step() == IncidentStep.IMPROVED
        && suppression.kind() != Suppression.Kind.SNOOZE;
  }

  /** Tells later, to everybody who was told of an incident, that it still stands. */
  void askAgain(Moment moment, Incident incident, Suppression suppression) throws SQLException {
    Standing standing = Standing.read(moment, tables, incident.id());
    for (var informed : standing.informed().entrySet()) {
      if (standing.held(informed.getKey()).isEmpty()) {
        List<String> asking =
            informed.getValue().isEmpty() ? List.of() : List.of(informed.getValue());
        Wish wish =
            new Wish(incident, informed.getKey(), asking, IncidentStep.REPEATED, incident.level());
        tables.held().put(moment.connection(), HeldRow.of(wish, suppression, moment.now()));
      }
    }
  }
}
