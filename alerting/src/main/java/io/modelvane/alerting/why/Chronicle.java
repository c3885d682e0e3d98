package io.modelvane.alerting.why;

import io.modelvane.alerting.incident.IncidentChange;
import io.modelvane.alerting.outbox.IncidentCodec;
import io.modelvane.alerting.sql.Sql;
import io.modelvane.spi.IncidentStep;
import io.modelvane.spi.Level;
import io.modelvane.spi.Series;
import io.modelvane.spi.StateStore;
import io.modelvane.spi.Status;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;

/**
 * Keeps every change of a level with what it rested on, for {@link #KEPT} and at most {@value
 * #MOST} of them: one row each, in the transaction that makes the change, and none for a verdict
 * that changes nothing. Times are milliseconds since 1970.
 */
public final class Chronicle {
  /** How long it can be looked up why a level changed. */
  public static final Duration KEPT = Duration.ofDays(7);

  /** How many changes are kept. */
  public static final int MOST = 100_000;

  private static final Duration FORGET_EVERY = Duration.ofMinutes(10);
  private static final String COLUMNS = "seq, incident, step, previous, status, complete";

  private final String table;
  private final String pipelines;
  private final List<String> steps;
  private final int most;
  private Instant forgetAt = Instant.MIN;

  /** A chronicle in a database; no I/O yet. */
  public Chronicle(StateStore store) {
    this(store, MOST);
  }

  Chronicle(StateStore store, int most) {
    this.most = most;
    this.table = store.table("verdicts");
    this.pipelines = store.table("pipelines");
    this.steps =
        List.of(
            "CREATE TABLE "
                + table
                + " (seq INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL,"
                + " check_name TEXT NOT NULL, series TEXT NOT NULL, incident TEXT NOT NULL,"
                + " step TEXT NOT NULL, previous TEXT NOT NULL, status BLOB NOT NULL,"
                + " complete INTEGER)",
            "CREATE INDEX "
                + store.table("verdicts_by_series")
                + " ON "
                + table
                + " (check_name, series, seq)",
            "CREATE INDEX " + store.table("verdicts_by_incident") + " ON " + table + " (incident)",
            "CREATE INDEX " + store.table("verdicts_by_time") + " ON " + table + " (at)");
  }

  /** The steps that make the tables; only ever appended to. */
  public List<String> steps() {
    return steps;
  }

  /** Writes changes down, in the transaction that makes them. */
  public void write(Connection connection, List<IncidentChange> changes, Instant now)
      throws SQLException {
    if (changes.isEmpty()) {
      return;
    }
    Optional<Instant> complete = complete(connection);
    String sql =
        "INSERT INTO "
            + table
            + " (at, check_name, series, incident, step, previous, status, complete)"
            + " VALUES (?,?,?,?,?,?,?,?)";
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      for (IncidentChange change : changes) {
        fill(insert, Verdict.of(change, complete));
        insert.addBatch();
      }
      insert.executeBatch();
    }
    if (!now.isBefore(forgetAt)) {
      forget(connection, now);
      forgetAt = now.plus(FORGET_EVERY);
    }
  }

  private static void fill(PreparedStatement insert, Verdict verdict) throws SQLException {
    Status status = verdict.status();
    insert.setLong(1, status.time().toEpochMilli());
    insert.setString(2, status.check());
    insert.setString(3, status.series().head());
    insert.setString(4, verdict.incident());
    insert.setString(5, verdict.step().name());
    insert.setString(6, verdict.previous().name());
    insert.setBytes(7, IncidentCodec.encode(status));
    insert.setObject(8, verdict.complete().map(Instant::toEpochMilli).orElse(null));
  }

  /** Up to when everything has arrived, by what the pipelines told last. */
  public Optional<Instant> complete(Connection connection) throws SQLException {
    return Sql.of("SELECT MIN(complete_until) FROM " + pipelines)
        .first(connection, row -> row.getLong(1))
        .filter(nanos -> nanos > 0)
        .map(nanos -> Instant.ofEpochSecond(0, nanos));
  }

  private void forget(Connection connection, Instant now) throws SQLException {
    Sql.of("DELETE FROM " + table + " WHERE at < ?", now.minus(KEPT).toEpochMilli())
        .update(connection);
    Sql.of("DELETE FROM " + table + " WHERE seq <= (SELECT MAX(seq) FROM " + table + ") - ?", most)
        .update(connection);
  }

  /** Changes of levels, the last first, that come before a number and are wanted. */
  public List<Verdict> list(
      Connection connection, OptionalLong before, int limit, Predicate<Verdict> wanted)
      throws SQLException {
    List<Verdict> found = new ArrayList<>();
    String sql = "SELECT " + COLUMNS + " FROM " + table + " WHERE seq < ? ORDER BY seq DESC";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setLong(1, before.orElse(Long.MAX_VALUE));
      try (ResultSet row = statement.executeQuery()) {
        while (found.size() < limit && row.next()) {
          Verdict verdict = map(row);
          if (wanted.test(verdict)) {
            found.add(verdict);
          }
        }
      }
    }
    return found;
  }

  /** The changes that moved an incident, in order. */
  public List<Verdict> of(Connection connection, String incident) throws SQLException {
    return Sql.of(
            "SELECT " + COLUMNS + " FROM " + table + " WHERE incident = ? ORDER BY seq", incident)
        .list(connection, Chronicle::map);
  }

  /** The last change of a check on a series until a time. */
  Optional<Verdict> before(Connection connection, Subject subject, Instant time)
      throws SQLException {
    return beside(connection, subject, "at <= ? ORDER BY seq DESC", time);
  }

  /** The first change of a check on a series after a time. */
  Optional<Verdict> after(Connection connection, Subject subject, Instant time)
      throws SQLException {
    return beside(connection, subject, "at > ? ORDER BY seq", time);
  }

  private Optional<Verdict> beside(
      Connection connection, Subject subject, String condition, Instant time) throws SQLException {
    return Sql.of(
            "SELECT "
                + COLUMNS
                + " FROM "
                + table
                + " WHERE check_name = ? AND series = ? AND "
                + condition
                + " LIMIT 1",
            subject.check(),
            subject.series(),
            time.toEpochMilli())
        .first(connection, Chronicle::map);
  }

  /** The series of a check of which changes are kept. */
  List<Series> series(Connection connection, String check) throws SQLException {
    return Sql.of(
            "SELECT status FROM "
                + table
                + " WHERE seq IN (SELECT MAX(seq) FROM "
                + table
                + " WHERE check_name = ? GROUP BY series)",
            check)
        .list(connection, row -> IncidentCodec.status(row.getBytes(1)).series());
  }

  /** What a check looked at. */
  record Subject(String check, String series) {}

  private static Verdict map(ResultSet row) throws SQLException {
    long complete = row.getLong(6);
    Optional<Instant> known =
        row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(complete));
    return new Verdict(
        row.getLong(1),
        row.getString(2),
        IncidentStep.valueOf(row.getString(3)),
        Level.valueOf(row.getString(4)),
        IncidentCodec.status(row.getBytes(5)),
        known);
  }
}
