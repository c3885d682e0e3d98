package io.modelvane.alerting.outbox;

import io.modelvane.alerting.sql.Sql;
import io.modelvane.spi.IncidentStep;
import io.modelvane.spi.Level;
import io.modelvane.spi.StateStore;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The table of planned notifications. Times are milliseconds since 1970. */
final class OutboxRows {
  static final String COLUMNS =
      "seq, id, endpoint, incident, incident_key, rule, step, previous, level, decided_at, state,"
          + " due, attempts, maybe_arrived";

  private final String table;
  private final String told;
  private final List<String> steps;
  private final List<String> laterSteps;
  private final Waiting waiting;

  OutboxRows(StateStore store) {
    this.table = store.table("outbox");
    this.told = store.table("outbox_told");
    this.steps =
        List.of(
            "CREATE TABLE "
                + table
                + " (seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL,"
                + " endpoint TEXT NOT NULL, incident TEXT NOT NULL, incident_key TEXT NOT NULL,"
                + " rule TEXT NOT NULL, step TEXT NOT NULL, previous TEXT NOT NULL,"
                + " level TEXT NOT NULL, decided_at INTEGER NOT NULL, state INTEGER NOT NULL,"
                + " due INTEGER NOT NULL, attempts INTEGER NOT NULL,"
                + " maybe_arrived INTEGER NOT NULL, ended_at INTEGER, reason TEXT)",
            index(store, "outbox_by_due", "(endpoint, state, due, seq)"),
            index(store, "outbox_by_incident", "(incident)"),
            index(store, "outbox_by_key", "(endpoint, incident_key, seq) WHERE state <= 1"),
            index(store, "outbox_by_end", "(ended_at) WHERE ended_at IS NOT NULL"));
    this.laterSteps =
        List.of(
            "ALTER TABLE " + table + " ADD COLUMN fallen_back INTEGER NOT NULL DEFAULT 0",
            "ALTER TABLE " + table + " ADD COLUMN collected TEXT",
            "ALTER TABLE " + table + " ADD COLUMN attempted_at INTEGER");
    this.waiting = new Waiting(store);
  }

  private String index(StateStore store, String name, String columns) {
    return "CREATE INDEX " + store.table(name) + " ON " + table + " " + columns;
  }

  /** Those that were made together with the outbox. */
  List<String> firstSteps() {
    return steps;
  }

  List<String> laterSteps() {
    return laterSteps;
  }

  /** What there is to send. */
  Waiting waiting() {
    return waiting;
  }

  /** Adds a row; its own {@code seq} is given by the table. */
  void add(Connection connection, OutboxRow row, Optional<String> reason) throws SQLException {
    boolean live = row.progress().state().code() <= RowState.ATTEMPTING.code();
    Sql.of(
            "INSERT INTO "
                + table
                + " (id, endpoint, incident, incident_key, rule, step, previous, level,"
                + " decided_at, state, due, attempts, maybe_arrived)"
                + " VALUES (?,?,?,?,?,?,?,?,?,?,?,0,0)",
            row.id(),
            row.target().endpoint(),
            row.target().incident(),
            row.target().key(),
            row.rule(),
            row.step().name(),
            row.previous().name(),
            row.level().name(),
            row.decidedAt().toEpochMilli(),
            row.progress().state().code(),
            row.progress().due().toEpochMilli())
        .update(connection);
    if (!live) {
      Sql.of(
              "UPDATE "
                  + table
                  + " SET ended_at = decided_at, reason = ? WHERE seq = last_insert_rowid()",
              reason.orElse(""))
          .update(connection);
    }
  }

  /** Whether a notification of this id was ever planned for an endpoint. */
  boolean exists(Connection connection, OutboxRow.Target target, String id) throws SQLException {
    return Sql.of(
            "SELECT 1 FROM " + table + " WHERE incident = ? AND endpoint = ? AND id = ?",
            target.incident(),
            target.endpoint(),
            id)
        .first(connection, row -> true)
        .isPresent();
  }

  Optional<OutboxRow> find(Connection connection, long seq) throws SQLException {
    return Sql.of("SELECT " + COLUMNS + " FROM " + table + " WHERE seq = ?", seq)
        .first(connection, OutboxRows::map);
  }

  /** What waits or is being sent of an incident, in the order of planning. */
  List<OutboxRow> live(Connection connection, String incident) throws SQLException {
    return Sql.of(
            "SELECT "
                + COLUMNS
                + " FROM "
                + table
                + " WHERE incident = ? AND state <= 1 ORDER BY seq",
            incident)
        .list(connection, OutboxRows::map);
  }

  /** The same, for one endpoint. */
  List<OutboxRow> live(Connection connection, String incident, String endpoint)
      throws SQLException {
    return live(connection, incident).stream()
        .filter(row -> row.target().endpoint().equals(endpoint))
        .toList();
  }

  /** Every row marked as being sent. */
  List<OutboxRow> attempting(Connection connection) throws SQLException {
    return Sql.of("SELECT " + COLUMNS + " FROM " + table + " WHERE state = 1 ORDER BY seq")
        .list(connection, OutboxRows::map);
  }

  /** How many wait for each endpoint, of those for which any does. */
  Map<String, Long> waitingFor(Connection connection) throws SQLException {
    Map<String, Long> counts = new TreeMap<>();
    Sql.of("SELECT endpoint, COUNT(*) FROM " + table + " WHERE state <= 1 GROUP BY endpoint")
        .list(connection, row -> Map.entry(row.getString(1), row.getLong(2)))
        .forEach(entry -> counts.put(entry.getKey(), entry.getValue()));
    return counts;
  }

  /**
   * Marks a row as being sent.
   *
   * @param collected the id of the notification it is told with, together with others; empty when
   *     it is told by itself
   */
  void attempt(Connection connection, OutboxRow row, String collected, Instant now)
      throws SQLException {
    Sql.of(
            "UPDATE "
                + table
                + " SET state = 1, attempts = attempts + 1, collected = NULLIF(?, ''),"
                + " attempted_at = ? WHERE seq = ?",
            collected,
            now.toEpochMilli(),
            row.seq())
        .update(connection);
  }

  /** Back to waiting. */
  void progress(Connection connection, OutboxRow row, OutboxRow.Progress progress)
      throws SQLException {
    Sql.of(
            "UPDATE "
                + table
                + " SET state = ?, due = ?, attempts = ?, maybe_arrived = ? WHERE seq = ?",
            progress.state().code(),
            progress.due().toEpochMilli(),
            progress.attempts(),
            progress.maybeArrived() ? 1 : 0,
            row.seq())
        .update(connection);
  }

  /** Keeps why an attempt at a row that waits again has failed. */
  void explain(Connection connection, OutboxRow row, String reason) throws SQLException {
    Sql.of("UPDATE " + table + " SET reason = ? WHERE seq = ?", reason, row.seq())
        .update(connection);
  }

  /** Makes a row tell of the opening that an earlier row could not tell of. */
  void adopt(Connection connection, OutboxRow row, Level previous) throws SQLException {
    Sql.of(
            "UPDATE " + table + " SET step = ?, previous = ? WHERE seq = ?",
            IncidentStep.OPENED.name(),
            previous.name(),
            row.seq())
        .update(connection);
  }

  void end(Connection connection, OutboxRow row, Ending ending) throws SQLException {
    var unused = end(connection, row, ending, "");
  }

  /** The same for a row that is marked as being sent; whether it is. */
  boolean endAttempt(Connection connection, OutboxRow row, Ending ending) throws SQLException {
    return end(connection, row, ending, " AND state = 1") == 1;
  }

  /** What was never sent keeps why the attempts at it failed, before why there are no more. */
  private int end(Connection connection, OutboxRow row, Ending ending, String condition)
      throws SQLException {
    boolean unsent = ending.state() == RowState.CANCELLED || ending.state() == RowState.SUPERSEDED;
    String earlier =
        unsent ? "CASE WHEN attempts > 0 AND reason <> '' THEN reason || '; ' ELSE '' END || " : "";
    return Sql.of(
            "UPDATE "
                + table
                + " SET state = ?, ended_at = ?, reason = "
                + earlier
                + "? WHERE seq = ?"
                + condition,
            ending.state().code(),
            ending.at().toEpochMilli(),
            ending.reason(),
            row.seq())
        .update(connection);
  }

  int endAll(Connection connection, String endpoint, Ending ending) throws SQLException {
    return Sql.of(
            "UPDATE "
                + table
                + " SET state = ?, ended_at = ?, reason = ? WHERE endpoint = ? AND state <= 1",
            ending.state().code(),
            ending.at().toEpochMilli(),
            ending.reason(),
            endpoint)
        .update(connection);
  }

  /** Ends all that waits for an endpoint but the ends of what it was told of. */
  int endAllButEnds(Connection connection, String endpoint, Ending ending) throws SQLException {
    return Sql.of(
            "UPDATE "
                + table
                + " SET state = ?, ended_at = ?, reason = ? WHERE endpoint = ? AND state <= 1"
                + " AND NOT (step = ? AND EXISTS (SELECT 1 FROM "
                + told
                + " t WHERE t.incident = "
                + table
                + ".incident AND t.endpoint = "
                + table
                + ".endpoint))",
            ending.state().code(),
            ending.at().toEpochMilli(),
            ending.reason(),
            endpoint,
            IncidentStep.RESOLVED.name())
        .update(connection);
  }

  int forget(Connection connection, Instant before) throws SQLException {
    return Sql.of("DELETE FROM " + table + " WHERE ended_at < ?", before.toEpochMilli())
        .update(connection);
  }

  /**
   * How a notification ends.
   *
   * @param state one of the last states
   * @param at when
   * @param reason why it was not sent, or what the receiver answered
   */
  record Ending(RowState state, Instant at, String reason) {}

  /**
   * What waits for an endpoint.
   *
   * @param size how many
   * @param oldest when the oldest was planned, in milliseconds since 1970; 0 for none
   */
  record Backlog(long size, long oldest) {
    static final Backlog NONE = new Backlog(0, 0);
  }

  static OutboxRow map(ResultSet row) throws SQLException {
    return new OutboxRow(
        row.getLong(1),
        row.getString(2),
        new OutboxRow.Target(row.getString(3), row.getString(4), row.getString(5)),
        row.getString(6),
        IncidentStep.valueOf(row.getString(7)),
        Level.valueOf(row.getString(8)),
        Level.valueOf(row.getString(9)),
        Instant.ofEpochMilli(row.getLong(10)),
        new OutboxRow.Progress(
            RowState.of(row.getInt(11)),
            Instant.ofEpochMilli(row.getLong(12)),
            row.getInt(13),
            row.getInt(14) == 1));
  }
}
