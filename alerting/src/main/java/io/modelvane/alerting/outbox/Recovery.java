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
import java.util.TreeSet;

/** Puts the outbox in order after the process has ended, however it ended. */
final class Recovery {
  private final ComponentContext context;
  private final Tables tables;
  private final Policy policy;
  private final Planner planner;
  private final Endpoints endpoints;

  /**
   * A recovery.
   *
   * @param policy as it is configured now
   */
  Recovery(ComponentContext context, Tables tables, Policy policy, Interventions interventions) {
    this.context = context;
    this.tables = tables;
    this.policy = policy;
    this.planner = interventions.planner();
    this.endpoints = interventions.endpoints();
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
    unnamed(connection, now);
    // The configuration may be another: what is kept back is judged anew.
    tables.inhibitors().reset(connection, tables.incidents().open(connection));
    tables.held().lookAgain(connection, now);
    new ChangedRules(policy.rules(), tables).run(planner.at(connection, now));
    return attempting.size();
  }

  /** An endpoint that is named no more still hears of ends, unless it is gone itself. */
  private void unnamed(Connection connection, Instant now) throws SQLException {
    Set<String> owed = new TreeSet<>();
    for (Map.Entry<String, Long> waiting : tables.rows().waitingFor(connection).entrySet()) {
      String endpoint = waiting.getKey();
      if (!endpoints.names(endpoint) && abandon(connection, endpoint, now) < waiting.getValue()) {
        owed.add(endpoint);
      }
    }
    for (Map.Entry<String, Long> told : tables.incidents().toldOfOpen(connection).entrySet()) {
      if (isConfigured(told.getKey())) {
        owed.add(told.getKey());
      } else if (!endpoints.names(told.getKey())) {
        leftAlone(told.getKey(), told.getValue());
      }
    }
    owed.removeIf(endpoints::names);
    endpoints.owe(owed);
  }

  private boolean isConfigured(String endpoint) {
    return context.configuredNotifier(endpoint).isPresent();
  }

  private void leftAlone(String endpoint, long incidents) {
    context
        .logger()
        .log(
            System.Logger.Level.WARNING,
            "{0} has been told of {1} incidents that are open, and is not configured any more: it"
                + " will not hear of their end; end them there by hand, or configure it until then",
            endpoint,
            incidents);
  }

  /** Cancels what waits but the ends that are sent all the same; how much that was. */
  private int abandon(Connection connection, String endpoint, Instant now) throws SQLException {
    OutboxRows.Ending ending =
        new OutboxRows.Ending(RowState.CANCELLED, now, "no rule names its endpoint any more");
    int count =
        isConfigured(endpoint)
            ? tables.rows().endAllButEnds(connection, endpoint, ending)
            : tables.rows().endAll(connection, endpoint, ending);
    if (count > 0) {
      context
          .logger()
          .log(
              System.Logger.Level.WARNING,
              "{0} notifications for {1} are cancelled: no rule names that endpoint any more",
              count,
              endpoint);
    }
    return count;
  }
}
