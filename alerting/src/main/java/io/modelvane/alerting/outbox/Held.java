package io.modelvane.alerting.outbox;

import io.modelvane.alerting.codec.ByteReader;
import io.modelvane.alerting.codec.ByteWriter;
import io.modelvane.alerting.rule.Suppression;
import io.modelvane.alerting.sql.Sql;
import io.modelvane.spi.IncidentStep;
import io.modelvane.spi.Level;
import io.modelvane.spi.StateStore;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The table of what is kept back: one row for each endpoint of an incident. */
final class Held {
  private static final String COLUMNS =
      "incident, endpoint, rules, step, previous, kind, source, reason, look_at, since";
  private static final long NEVER = Long.MAX_VALUE;

  private final String table;
  private final List<String> steps;

  Held(StateStore store) {
    this.table = store.table("outbox_held");
    this.steps =
        List.of(
            "CREATE TABLE "
                + table
                + " (incident TEXT NOT NULL, endpoint TEXT NOT NULL, rules BLOB NOT NULL,"
                + " step TEXT NOT NULL, previous TEXT NOT NULL, kind TEXT NOT NULL,"
                + " source TEXT NOT NULL, reason TEXT NOT NULL, look_at INTEGER NOT NULL,"
                + " since INTEGER NOT NULL, PRIMARY KEY (incident, endpoint)) WITHOUT ROWID",
            "CREATE INDEX " + store.table("outbox_held_by_time") + " ON " + table + " (look_at)",
            "CREATE INDEX "
                + store.table("outbox_held_by_source")
                + " ON "
                + table
                + " (kind, source)");
  }

  List<String> steps() {
    return steps;
  }

  /** Adds a row, or replaces the one of the same incident and endpoint. */
  void put(Connection connection, HeldRow row) throws SQLException {
    ByteWriter rules = new ByteWriter().putLong(row.rules().size());
    row.rules().forEach(rules::putText);
    Suppression suppression = row.suppression();
    Sql.of(
            "INSERT OR REPLACE INTO " + table + " VALUES (?,?,?,?,?,?,?,?,?,?)",
            row.incident(),
            row.endpoint(),
            rules.toBytes(),
            row.step().name(),
            row.previous().name(),
            suppression.kind().name(),
            suppression.by(),
            suppression.reason(),
            millis(suppression.until()),
            row.since().toEpochMilli())
        .update(connection);
  }

  private static long millis(Instant time) {
    return time.equals(Instant.MAX) ? NEVER : time.toEpochMilli();
  }

  private static Instant instant(long millis) {
    return millis == NEVER ? Instant.MAX : Instant.ofEpochMilli(millis);
  }

  void end(Connection connection, HeldRow row) throws SQLException {
    Sql.of(
            "DELETE FROM " + table + " WHERE incident = ? AND endpoint = ?",
            row.incident(),
            row.endpoint())
        .update(connection);
  }

  List<HeldRow> of(Connection connection, String incident) throws SQLException {
    return Sql.of("SELECT " + COLUMNS + " FROM " + table + " WHERE incident = ?", incident)
        .list(connection, Held::map);
  }

  /** At most {@code most} at which it is time to look again. */
  List<HeldRow> due(Connection connection, Instant now, int most) throws SQLException {
    return Sql.of(
            "SELECT "
                + COLUMNS
                + " FROM "
                + table
                + " WHERE look_at <= ? ORDER BY look_at, since, incident, endpoint LIMIT ?",
            now.toEpochMilli(),
            most)
        .list(connection, Held::map);
  }

  /** When it is time to look at the next. */
  Optional<Instant> next(Connection connection) throws SQLException {
    return Sql.of("SELECT look_at FROM " + table + " ORDER BY look_at LIMIT 1")
        .first(connection, row -> instant(row.getLong(1)));
  }

  /** Looks again at what something kept back that is over. */
  void lookAgain(Connection connection, Suppression.Kind kind, String source, Instant now)
      throws SQLException {
    Sql.of(
            "UPDATE " + table + " SET look_at = ? WHERE kind = ? AND source = ?",
            now.toEpochMilli(),
            kind.name(),
            source)
        .update(connection);
  }

  /** Looks again at what is kept back of an incident. */
  void lookAgain(Connection connection, String incident, Instant now) throws SQLException {
    Sql.of("UPDATE " + table + " SET look_at = ? WHERE incident = ?", now.toEpochMilli(), incident)
        .update(connection);
  }

  /** Looks again at everything. */
  void lookAgain(Connection connection, Instant now) throws SQLException {
    Sql.of("UPDATE " + table + " SET look_at = ?", now.toEpochMilli()).update(connection);
  }

  private static HeldRow map(ResultSet row) throws SQLException {
    ByteReader in = new ByteReader(row.getBytes(3));
    List<String> rules = new ArrayList<>();
    for (long left = in.nextLong(); left > 0; left--) {
      rules.add(in.nextText());
    }
    return new HeldRow(
        row.getString(1),
        row.getString(2),
        rules,
        IncidentStep.valueOf(row.getString(4)),
        Level.valueOf(row.getString(5)),
        new Suppression(
            Suppression.Kind.valueOf(row.getString(6)),
            row.getString(7),
            row.getString(8),
            instant(row.getLong(9))),
        Instant.ofEpochMilli(row.getLong(10)));
  }
}
