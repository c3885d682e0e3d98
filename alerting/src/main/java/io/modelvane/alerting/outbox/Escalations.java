package io.modelvane.alerting.outbox;

import io.modelvane.alerting.sql.Sql;
import io.modelvane.spi.StateStore;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** When rules turn to somebody else about incidents that nobody acknowledges. */
final class Escalations {
  private final String table;
  private final List<String> steps;

  Escalations(StateStore store) {
    this.table = store.table("outbox_escalations");
    this.steps =
        List.of(
            "CREATE TABLE "
                + table
                + " (incident TEXT NOT NULL, rule TEXT NOT NULL, level INTEGER NOT NULL,"
                + " begun INTEGER NOT NULL, due INTEGER NOT NULL, PRIMARY KEY (incident, rule))"
                + " WITHOUT ROWID",
            "CREATE INDEX " + store.table("outbox_escalations_by_due") + " ON " + table + " (due)");
  }

  List<String> steps() {
    return steps;
  }

  /**
   * The next level of an escalation.
   *
   * @param level counted from 0
   * @param begun when the rule told somebody
   */
  record Timer(String incident, String rule, int level, Instant begun) {}

  /** Begins, unless it has begun; one that waited begins anew. */
  void begin(Connection connection, Timer timer, Instant due) throws SQLException {
    Sql.of(
            "INSERT INTO "
                + table
                + " VALUES (?,?,?,?,?) ON CONFLICT (incident, rule) DO UPDATE SET"
                + " level = excluded.level, begun = excluded.begun, due = excluded.due"
                + " WHERE due = ?",
            timer.incident(),
            timer.rule(),
            timer.level(),
            timer.begun().toEpochMilli(),
            due.toEpochMilli(),
            Clocks.PARKED.toEpochMilli())
        .update(connection);
  }

  /** They wait until nobody sees to the incident any more. */
  void park(Connection connection, String incident) throws SQLException {
    Sql.of(
            "UPDATE " + table + " SET due = ? WHERE incident = ?",
            Clocks.PARKED.toEpochMilli(),
            incident)
        .update(connection);
  }

  /** The rules whose escalation waits until nobody sees to the incident any more. */
  List<String> parked(Connection connection, String incident) throws SQLException {
    return Sql.of(
            "SELECT rule FROM " + table + " WHERE incident = ? AND due = ? ORDER BY rule",
            incident,
            Clocks.PARKED.toEpochMilli())
        .list(connection, row -> row.getString(1));
  }

  /** Goes to a level. */
  void set(Connection connection, Timer timer, Instant due) throws SQLException {
    Sql.of(
            "INSERT OR REPLACE INTO " + table + " VALUES (?,?,?,?,?)",
            timer.incident(),
            timer.rule(),
            timer.level(),
            timer.begun().toEpochMilli(),
            due.toEpochMilli())
        .update(connection);
  }

  void end(Connection connection, String incident, String rule) throws SQLException {
    Sql.of("DELETE FROM " + table + " WHERE incident = ? AND rule = ?", incident, rule)
        .update(connection);
  }

  void endAll(Connection connection, String incident) throws SQLException {
    Sql.of("DELETE FROM " + table + " WHERE incident = ?", incident).update(connection);
  }

  /** Those of an incident that have somebody left to turn to. */
  List<Timer> waiting(Connection connection, String incident) throws SQLException {
    return Sql.of(
            "SELECT incident, rule, level, begun FROM "
                + table
                + " WHERE incident = ? AND due < ? ORDER BY rule",
            incident,
            Clocks.PARKED.toEpochMilli())
        .list(connection, Escalations::map);
  }

  /** A level and when it is due. */
  record Waiting(Timer timer, Instant due) {}

  /** All of an incident, the farthest first. */
  List<Waiting> all(Connection connection, String incident) throws SQLException {
    return Sql.of(
            "SELECT incident, rule, level, begun, due FROM "
                + table
                + " WHERE incident = ? ORDER BY level DESC, rule",
            incident)
        .list(connection, row -> new Waiting(map(row), Instant.ofEpochMilli(row.getLong(5))));
  }

  private static Timer map(ResultSet row) throws SQLException {
    return new Timer(
        row.getString(1), row.getString(2), row.getInt(3), Instant.ofEpochMilli(row.getLong(4)));
  }

  /** At most {@code most} that are due, the most overdue first. */
  List<Timer> due(Connection connection, Instant now, int most) throws SQLException {
    return Sql.of(
            "SELECT incident, rule, level, begun FROM "
                + table
                + " WHERE due <= ? ORDER BY due, incident, rule LIMIT ?",
            now.toEpochMilli(),
            most)
        .list(connection, Escalations::map);
  }

  /** When the next is due. */
  Optional<Instant> next(Connection connection) throws SQLException {
    return Sql.of("SELECT due FROM " + table + " ORDER BY due LIMIT 1")
        .first(connection, row -> Instant.ofEpochMilli(row.getLong(1)));
  }
}
