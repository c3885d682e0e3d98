package io.modelvane.alerting.outbox;

import io.modelvane.alerting.sql.Sql;
import io.modelvane.spi.StateStore;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** When each rule wants to remind each endpoint of each lasting incident. */
final class Reminders {
  private final String table;
  private final List<String> steps;
  private final List<String> laterSteps;

  Reminders(StateStore store) {
    this.table = store.table("outbox_reminders");
    this.steps =
        List.of(
            "CREATE TABLE "
                + table
                + " (incident TEXT NOT NULL, rule TEXT NOT NULL, endpoint TEXT NOT NULL,"
                + " due INTEGER NOT NULL, PRIMARY KEY (incident, rule, endpoint)) WITHOUT ROWID",
            "CREATE INDEX " + store.table("outbox_reminders_by_due") + " ON " + table + " (due)");
    this.laterSteps =
        List.of("ALTER TABLE " + table + " ADD COLUMN given INTEGER NOT NULL DEFAULT 0");
  }

  /** Those that were made together with the outbox. */
  List<String> firstSteps() {
    return steps;
  }

  List<String> laterSteps() {
    return laterSteps;
  }

  /**
   * When a rule wants to remind an endpoint of an incident.
   *
   * @param given how many reminders it has given
   */
  record Timer(String incident, String rule, String endpoint, int given) {
    Timer more() {
      return new Timer(incident, rule, endpoint, given + 1);
    }
  }

  /** Sets when the next is due; what was missed in a downtime is not made up for. */
  void set(Connection connection, Timer timer, Instant due) throws SQLException {
    insert(connection, "REPLACE", timer, due);
  }

  /** Sets when the first is due, unless one is due or was given. */
  void begin(Connection connection, Timer timer, Instant due) throws SQLException {
    insert(connection, "IGNORE", timer, due);
  }

  private void insert(Connection connection, String otherwise, Timer timer, Instant due)
      throws SQLException {
    Sql.of(
            "INSERT OR "
                + otherwise
                + " INTO "
                + table
                + " (incident, rule, endpoint, due, given) VALUES (?,?,?,?,?)",
            timer.incident(),
            timer.rule(),
            timer.endpoint(),
            due.toEpochMilli(),
            timer.given())
        .update(connection);
  }

  /** They wait until nobody sees to the incident any more. */
  void park(Connection connection, String incident) throws SQLException {
    Sql.of(
            "UPDATE " + table + " SET due = ?, given = 0 WHERE incident = ?",
            Clocks.PARKED.toEpochMilli(),
            incident)
        .update(connection);
  }

  /** Those of an incident that wait until nobody sees to it any more. */
  List<Timer> parked(Connection connection, String incident) throws SQLException {
    return Sql.of(
            "SELECT incident, rule, endpoint, given FROM "
                + table
                + " WHERE incident = ? AND due = ?",
            incident,
            Clocks.PARKED.toEpochMilli())
        .list(connection, Reminders::map);
  }

  void end(Connection connection, String incident, String rule) throws SQLException {
    Sql.of("DELETE FROM " + table + " WHERE incident = ? AND rule = ?", incident, rule)
        .update(connection);
  }

  void end(Connection connection, Timer timer) throws SQLException {
    Sql.of(
            "DELETE FROM " + table + " WHERE incident = ? AND rule = ? AND endpoint = ?",
            timer.incident(),
            timer.rule(),
            timer.endpoint())
        .update(connection);
  }

  void endAll(Connection connection, String incident) throws SQLException {
    Sql.of("DELETE FROM " + table + " WHERE incident = ?", incident).update(connection);
  }

  /** At most {@code most} that are due, the most overdue first. */
  List<Timer> due(Connection connection, Instant now, int most) throws SQLException {
    return Sql.of(
            "SELECT incident, rule, endpoint, given FROM "
                + table
                + " WHERE due <= ? ORDER BY due, incident, endpoint, rule LIMIT ?",
            now.toEpochMilli(),
            most)
        .list(connection, Reminders::map);
  }

  private static Timer map(ResultSet row) throws SQLException {
    return new Timer(row.getString(1), row.getString(2), row.getString(3), row.getInt(4));
  }

  /** When the next is due. */
  Optional<Instant> next(Connection connection) throws SQLException {
    return Sql.of("SELECT due FROM " + table + " ORDER BY due LIMIT 1")
        .first(connection, row -> Instant.ofEpochMilli(row.getLong(1)));
  }
}
