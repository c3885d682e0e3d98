package io.modelvane.alerting.outbox;

import io.modelvane.alerting.outbox.Decisions.About;
import io.modelvane.alerting.outbox.Decisions.Decided;
import io.modelvane.alerting.outbox.Groups.Group;
import io.modelvane.alerting.response.Acknowledgements;
import io.modelvane.alerting.response.Response;
import io.modelvane.alerting.rule.Policy;
import io.modelvane.alerting.rule.Suppression;
import io.modelvane.alerting.silence.Silence;
import io.modelvane.alerting.silence.Silences;
import io.modelvane.spi.ComponentContext;
import io.modelvane.spi.Incident;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/** What people ask of the outbox while it runs, and what follows from that. */
final class Interventions implements Silences.Consequences, Acknowledgements.Consequences {
  private final Tables tables;
  private final Silences silences;
  private final Acknowledgements acknowledgements;
  private final Planner planner;
  private final GroupAttention attention;
  private final Runnable changed;
  private final Endpoints endpoints;

  /**
   * Interventions; no I/O yet.
   *
   * @param changed run when something is on the disk that may be due now
   */
  Interventions(Policy policy, ComponentContext context, Tables tables, Runnable changed) {
    this.endpoints = new Endpoints(policy.endpoints());
    this.tables = tables;
    this.changed = changed;
    this.silences = new Silences(context.state(), context.clock(), this);
    this.acknowledgements = new Acknowledgements(context.state(), context.clock(), this);
    Quiet quiet = new Quiet(policy, silences, acknowledgements, tables);
    this.planner = new Planner(policy, endpoints, tables, quiet);
    this.attention = new GroupAttention(tables, new Mailing(tables), planner.clocks());
  }

  /** Who may be told something. */
  Endpoints endpoints() {
    return endpoints;
  }

  Planner planner() {
    return planner;
  }

  Silences silences() {
    return silences;
  }

  Acknowledgements acknowledgements() {
    return acknowledgements;
  }

  @Override
  public void made(Connection connection, Silence silence, Instant now) throws SQLException {
    planner.holding().withdraw(planner.at(connection, now), Instant.EPOCH);
    planner.silenced();
  }

  @Override
  public void ended(Connection connection, Silence silence, Instant now) throws SQLException {
    tables.held().lookAgain(connection, Suppression.Kind.SILENCE, silence.id(), now);
  }

  @Override
  public boolean isOpen(Connection connection, String incident) throws SQLException {
    return tables.incidents().isOpen(connection, incident);
  }

  @Override
  public void acknowledged(Connection connection, String incident, Response.Acknowledgement said)
      throws SQLException {
    Moment moment = planner.at(connection, said.at());
    decided(moment, incident, DecisionKind.ACKNOWLEDGED, said.remark());
    for (Escalations.Timer timer : tables.escalations().waiting(connection, incident)) {
      unescalated(moment, timer, said.remark().author());
    }
    planner.clocks().park(moment, incident);
    Optional<Incidents.Known> known = tables.incidents().find(connection, incident);
    if (known.isPresent()) {
      planner.acknowledged(moment, known.get().incident());
    }
    for (Group group : tables.groups().with(connection, incident)) {
      attention.look(moment, group);
    }
  }

  /** Whom the rule would have turned to next hears of nothing: somebody was in time. */
  private void unescalated(Moment moment, Escalations.Timer timer, String author)
      throws SQLException {
    String reason =
        "acknowledged in time: level %d of the escalation is not told".formatted(timer.level() + 1);
    Decided decided = Decided.of(DecisionKind.CANCELLED, timer.rule(), reason).dueTo(author);
    tables.decisions().add(moment, About.incident(timer.incident()), decided);
  }

  @Override
  public void unacknowledged(Connection connection, String incident, Response.Acknowledgement said)
      throws SQLException {
    Moment moment = planner.at(connection, said.at());
    decided(moment, incident, DecisionKind.UNACKNOWLEDGED, said.remark());
    Optional<Incidents.Known> known = tables.incidents().find(connection, incident);
    if (known.isPresent()) {
      planner.unacknowledged(moment, known.get().incident());
    }
    for (Group group : tables.groups().with(connection, incident)) {
      unacknowledged(moment, group, said.remark());
    }
  }

  private void unacknowledged(Moment moment, Group group, Response.Remark remark)
      throws SQLException {
    if (attention.unacknowledge(moment, group, remark.author(), remark.comment())) {
      Optional<Incidents.Known> known = tables.incidents().find(moment.connection(), group.id());
      if (known.isPresent()) {
        planner.unacknowledged(moment, known.get().incident());
      }
    }
  }

  @Override
  public void snoozed(Connection connection, String incident, Response.Snooze said)
      throws SQLException {
    Moment moment = planner.at(connection, said.at());
    Optional<Incident> found =
        tables.incidents().find(connection, incident).map(Incidents.Known::incident);
    Optional<Suppression> suppression =
        found.isPresent() ? moment.suppress(found.get()) : Optional.empty();
    if (found.isPresent() && suppression.isPresent()) {
      planner.holding().withdraw(moment, Instant.EPOCH);
      planner.holding().askAgain(moment, found.get(), suppression.get());
    }
    // The time may be another than before.
    tables.held().lookAgain(connection, incident, said.at());
    decided(moment, incident, DecisionKind.SNOOZED, said.remark());
  }

  private void decided(Moment moment, String incident, DecisionKind kind, Response.Remark remark)
      throws SQLException {
    Decided decided = Decided.by(kind, remark.author(), remark.comment());
    tables.decisions().add(moment, About.incident(incident), decided);
  }

  @Override
  public void committed() {
    changed.run();
  }
}
