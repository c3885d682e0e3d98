package io.modelvane.alerting.outbox;

import io.modelvane.alerting.outbox.Decisions.Decided;
import io.modelvane.spi.Incident;
import io.modelvane.spi.IncidentStep;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * Tells another endpoint as well of what waits for one that cannot be reached. The one that cannot
 * be reached gets it all the same once it can.
 */
final class Fallback {
  private final String endpoint;
  private final String other;
  private final Tables tables;
  private final Mailing mailing;

  /**
   * A fallback.
   *
   * @param endpoint the one that cannot be reached
   * @param other the one that is told instead
   */
  Fallback(String endpoint, String other, Tables tables) {
    this.endpoint = endpoint;
    this.other = other;
    this.tables = tables;
    this.mailing = new Mailing(tables);
  }

  /** Hands over what waits and was not handed over before; whether there was anything. */
  boolean run(Moment moment) throws SQLException {
    boolean any = false;
    for (OutboxRow row : tables.rows().waiting().fallBack(moment.connection(), endpoint)) {
      Optional<Incident> incident =
          tables
              .incidents()
              .find(moment.connection(), row.target().incident())
              .map(Incidents.Known::incident);
      any |= incident.isPresent() && handOver(moment, row, incident.get());
    }
    return any;
  }

  private boolean handOver(Moment moment, OutboxRow row, Incident incident) throws SQLException {
    OutboxRow.Target target = new OutboxRow.Target(other, incident.id(), incident.key());
    boolean informed = Standing.read(moment, tables, incident.id()).informed().containsKey(other);
    boolean unheard = row.step() == IncidentStep.RESOLVED && !informed;
    if (unheard || tables.rows().exists(moment.connection(), target, row.id())) {
      return false;
    }
    List<String> rules = row.rule().isEmpty() ? List.of() : List.of(row.rule());
    Wish wish = new Wish(incident, other, rules, row.step(), row.previous());
    tables
        .decisions()
        .add(
            moment,
            wish,
            row.id(),
            Decided.of(
                DecisionKind.FALLEN_BACK,
                row.rule(),
                "endpoint %s cannot be reached".formatted(endpoint)));
    mailing.send(moment, wish, row.rule(), row.id());
    return true;
  }
}
