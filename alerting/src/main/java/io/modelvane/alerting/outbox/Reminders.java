package io.modelvane.alerting.outbox;

import io.modelvane.alerting.rule.Decision;
import io.modelvane.alerting.sql.Sql;
import io.modelvane.spi.StateStore;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** When each rule wants to remind each endpoint of each lasting incident. */
final class Reminders {
  private final String table;
  private final List<String> steps;

  Reminders(StateStore store) {
    this.table = store.table("outbox_reminders");
    this.steps =
        List.of(
            "CREATE TABLE "
                + table
                + " (incident TEXT NOT NULL, rule TEXT NOT NULL, endpoint TEXT NOT NULL,"
                + " due INTEGER NOT NULL, PRIMARY KEY (incident, rule, endpoint)) WITHOUT ROWID",
            "CREATE INDEX " + store.table("outbox_reminders_by_due") + " ON " + table + " (due)");
  }

  List<String> steps() {
    return steps;
  }

  /** One that is due. */
  record Timer(String incident, String rule, String endpoint) {}

  /** Begins, or begins anew. */
  void begin(Connection connection, String incident, Decision.Reminder reminder, Instant now)
      throws SQLException {
    Timer timer = new Timer(incident, reminder.rule(), reminder.endpoint());
    set(connection, timer, now.plus(reminder.every()));
  }

  /** Again after a while from now: what was missed in a downtime is not made up for. */
  void again(Connection connection, Timer timer, Duration every, Instant now) throws SQLException {
    set(connection, timer, now.plus(every));
  }

  private void set(Connection connection, Timer timer, Instant due) throws SQLException {
    Sql.of(
            "INSERT OR REPLACE INTO " + table + " VALUES (?,?,?,?)",
            timer.incident(),
            timer.rule(),
            timer.endpoint(),
            due.toEpochMilli())
        .update(connection);
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
            "SELECT incident, rule, endpoint FROM "
                + table
                + " WHERE due <= ? ORDER BY due, incident, endpoint, rule LIMIT ?",
            now.toEpochMilli(),
            most)
        .list(connection, row -> new Timer(row.getString(1), row.getString(2), row.getString(3)));
  }

  /** When the next is due. */
  Optional<Instant> next(Connection connection) throws SQLException {
    return Sql.of("SELECT due FROM " + table + " ORDER BY due LIMIT 1")
        .first(connection, row -> Instant.ofEpochMilli(row.getLong(1)));
  }
}
