package io.modelvane.alerting.outbox;

import io.modelvane.alerting.rule.Suppression;
import io.modelvane.alerting.sql.Sql;
import io.modelvane.spi.StateStore;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/** The table of decisions: who was told or not told what, and why. */
final class Decisions {
  private static final String COLUMNS =
      "incident, notification, endpoint, rule, kind, source, reason, until, at";
  private static final long UNKNOWN = Long.MAX_VALUE;

  private final String table;
  private final List<String> steps;

  Decisions(StateStore store) {
    this.table = store.table("outbox_decisions");
    this.steps =
        List.of(
            "CREATE TABLE "
                + table
                + " (seq INTEGER PRIMARY KEY AUTOINCREMENT, incident TEXT NOT NULL,"
                + " notification TEXT NOT NULL, endpoint TEXT NOT NULL, rule TEXT NOT NULL,"
                + " kind TEXT NOT NULL, source TEXT NOT NULL, reason TEXT NOT NULL,"
                + " until INTEGER NOT NULL, at INTEGER NOT NULL)",
            "CREATE INDEX "
                + store.table("outbox_decisions_by_incident")
                + " ON "
                + table
                + " (incident)",
            "CREATE INDEX " + store.table("outbox_decisions_by_time") + " ON " + table + " (at)");
  }

  List<String> steps() {
    return steps;
  }

  /** Something was decided about a wish and the notification that came of it, if any did. */
  void add(Moment moment, Wish wish, String id, Decided decided) throws SQLException {
    add(moment, new About(wish.incident().id(), id, wish.endpoint()), decided);
  }

  /** Something was decided. */
  void add(Moment moment, About about, Decided decided) throws SQLException {
    Sql.of(
            "INSERT INTO " + table + " (" + COLUMNS + ") VALUES (?,?,?,?,?,?,?,?,?)",
            about.incident(),
            about.notification(),
            about.endpoint(),
            decided.rule(),
            decided.kind().name(),
            decided.source(),
            decided.reason(),
            decided.until().equals(Instant.MAX) ? UNKNOWN : decided.until().toEpochMilli(),
            moment.now().toEpochMilli())
        .update(moment.connection());
  }

  /**
   * What it is about.
   *
   * @param incident its id
   * @param notification its id; empty for none
   * @param endpoint the notifier's name; empty for none
   */
  record About(String incident, String notification, String endpoint) {
    /** An incident, whoever hears of it. */
    static About incident(String id) {
      return new About(id, "", "");
    }
  }

  /**
   * What was decided.
   *
   * @param rule the rule behind it; empty for none
   * @param source what else was behind it
   */
  record Decided(DecisionKind kind, String rule, String source, String reason, Instant until) {
    static Decided of(DecisionKind kind, String rule, String reason) {
      return new Decided(kind, rule, "", reason, Instant.MAX);
    }

    /** The same with something else behind it. */
    Decided dueTo(String other) {
      return new Decided(kind, rule, other, reason, until);
    }

    static Decided by(DecisionKind kind, String author, String reason) {
      return new Decided(kind, "", author, reason, Instant.MAX);
    }

    static Decided of(DecisionKind kind, String rule, Suppression suppression) {
      return new Decided(kind, rule, suppression.by(), suppression.reason(), suppression.until());
    }
  }

  /** All about an incident, in the order they were made. */
  List<DecisionRecord> of(Connection connection, String incident) throws SQLException {
    return Sql.of(
            "SELECT " + COLUMNS + " FROM " + table + " WHERE incident = ? ORDER BY seq", incident)
        .list(connection, Decisions::map);
  }

  int forget(Connection connection, Instant before) throws SQLException {
    return Sql.of("DELETE FROM " + table + " WHERE at < ?", before.toEpochMilli())
        .update(connection);
  }

  private static DecisionRecord map(ResultSet row) throws SQLException {
    long until = row.getLong(8);
    return new DecisionRecord(
        row.getString(1),
        row.getString(2),
        row.getString(3),
        row.getString(4),
        DecisionKind.valueOf(row.getString(5)),
        row.getString(6),
        row.getString(7),
        until == UNKNOWN ? Instant.MAX : Instant.ofEpochMilli(until),
        Instant.ofEpochMilli(row.getLong(9)));
  }
}
