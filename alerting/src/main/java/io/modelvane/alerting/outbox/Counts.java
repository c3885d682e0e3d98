package io.modelvane.alerting.outbox;

import io.modelvane.alerting.incident.IncidentChange;
import io.modelvane.alerting.sql.Sql;
import io.modelvane.spi.StateStore;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How often steps happened, for rules that count. In the time of the calls, in milliseconds. */
final class Counts {
  private final String table;
  private final List<String> steps;

  Counts(StateStore store) {
    this.table = store.table("outbox_counts");
    this.steps =
        List.of(
            "CREATE TABLE "
                + table
                + " (rule TEXT NOT NULL, incident_key TEXT NOT NULL, at INTEGER NOT NULL)",
            "CREATE INDEX "
                + store.table("outbox_counts_by_key")
                + " ON "
                + table
                + " (rule, incident_key, at)");
  }

  List<String> steps() {
    return steps;
  }

  /**
   * Counts a step.
   *
   * @param rules those that count it, with the time within which it has to happen
   * @return how often it happened in that time until then, this time included; what was later in
   *     the time of the calls does not count
   */
  Map<String, Integer> count(
      Connection connection, IncidentChange change, Map<String, Duration> rules)
      throws SQLException {
    Map<String, Integer> counts = new LinkedHashMap<>();
    String key = change.incident().key();
    long at = change.status().sourceTime().toEpochMilli();
    for (Map.Entry<String, Duration> rule : rules.entrySet()) {
      long begin = at - rule.getValue().toMillis();
      Sql.of(
              "DELETE FROM " + table + " WHERE rule = ? AND incident_key = ? AND at <= ?",
              rule.getKey(),
              key,
              begin)
          .update(connection);
      Sql.of("INSERT INTO " + table + " VALUES (?,?,?)", rule.getKey(), key, at).update(connection);
      counts.put(
          rule.getKey(),
          Sql.of(
                  "SELECT COUNT(*) FROM "
                      + table
                      + " WHERE rule = ? AND incident_key = ? AND at > ? AND at <= ?",
                  rule.getKey(),
                  key,
                  begin,
                  at)
              .first(connection, row -> row.getInt(1))
              .orElse(0));
    }
    return counts;
  }
}
