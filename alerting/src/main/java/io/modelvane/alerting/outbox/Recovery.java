package io.modelvane.alerting.outbox;

import io.modelvane.alerting.rule.Policy;
import io.modelvane.spi.ComponentContext;
import io.modelvane.spi.Delivery;
import io.modelvane.spi.Outcome;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Puts the outbox in order after the process has ended, however it ended. */
final class Recovery {
  private final ComponentContext context;
  private final Tables tables;
  private final Policy policy;
  private final Planner planner;

  /**
   * A recovery.
   *
   * @param policy as it is configured now
   */
  Recovery(ComponentContext context, Tables tables, Policy policy, Planner planner) {
    this.context = context;
    this.tables = tables;
    this.policy = policy;
    this.planner = planner;
  }

  /** What was being sent when the process ended may have arrived. */
  int run(Connection connection) throws SQLException {
    Instant now = context.clock().instant();
    String reason = "the process ended during the attempt";
    Delivery unknown = Delivery.failed(new Outcome.Retryable(reason));
    Settlement settlement = new Settlement(tables);
    List<OutboxRow> attempting = tables.rows().attempting(connection);
    for (OutboxRow row : attempting) {
      settlement.settle(connection, row, new Settlement.Attempt(unknown, reason, now, now));
    }
    Set<String> endpoints = policy.endpoints();
    for (String endpoint : tables.rows().waitingEndpoints(connection)) {
      if (!endpoints.contains(endpoint)) {
        abandon(connection, endpoint, now);
      }
    }
    for (Map.Entry<String, Long> told : tables.incidents().toldOfOpen(connection).entrySet()) {
      if (!endpoints.contains(told.getKey())) {
        leftAlone(told.getKey(), told.getValue());
      }
    }
    // The configuration may be another: what is kept back is judged anew.
    tables.inhibitors().reset(connection, tables.incidents().open(connection));
    tables.held().lookAgain(connection, now);
    new ChangedRules(policy.rules(), tables).run(planner.at(connection, now));
    return attempting.size();
  }

  private void leftAlone(String endpoint, long incidents) {
    context
        .logger()
        .log(
            System.Logger.Level.WARNING,
            "{0} has been told of {1} incidents that are open, and no rule names it any more: it will"
                + " not hear of their end; end them there by hand, or let a rule name it until then",
            endpoint,
            incidents);
  }

  private void abandon(Connection connection, String endpoint, Instant now) throws SQLException {
    OutboxRows.Ending ending =
        new OutboxRows.Ending(RowState.CANCELLED, now, "no rule names its endpoint any more");
    int count = tables.rows().endAll(connection, endpoint, ending);
    context
        .logger()
        .log(
            System.Logger.Level.WARNING,
            "{0} notifications for {1} are cancelled: no rule names that endpoint any more",
            count,
            endpoint);
  }
}
