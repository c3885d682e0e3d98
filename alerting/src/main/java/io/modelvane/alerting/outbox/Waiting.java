package io.modelvane.alerting.outbox;

import io.modelvane.alerting.sql.Sql;
import io.modelvane.spi.StateStore;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What there is to send, as the table of planned notifications has it. */
final class Waiting {
  private final String table;
  private final String incidents;
  private final String told;

  /** Selects the rows of an endpoint that wait and have no forerunner on the same series. */
  private final String heads;

  Waiting(StateStore store) {
    this.table = store.table("outbox");
    this.incidents = store.table("outbox_incidents");
    this.told = store.table("outbox_told");
    this.heads =
        "SELECT "
            + OutboxRows.COLUMNS
            + " FROM "
            + table
            + " o WHERE endpoint = ? AND state = 0 AND NOT EXISTS (SELECT 1 FROM "
            + table
            + " p WHERE p.endpoint = o.endpoint AND p.incident_key = o.incident_key"
            + " AND p.seq < o.seq AND p.state <= 1)";
  }

  /**
   * The notification to send next, due or not: the earliest due that has no forerunner on the same
   * series.
   */
  Optional<OutboxRow> next(Connection connection, String endpoint) throws SQLException {
    return Sql.of(heads + " ORDER BY due, seq LIMIT 1", endpoint)
        .first(connection, OutboxRows::map);
  }

  /** What may be sent now, at most so many: due, and without a forerunner on the same series. */
  List<OutboxRow> ready(Connection connection, String endpoint, Instant now, int most)
      throws SQLException {
    return Sql.of(
            heads + " AND due <= ? ORDER BY due, seq LIMIT ?", endpoint, now.toEpochMilli(), most)
        .list(connection, OutboxRows::map);
  }

  /**
   * What is or comes before something critical on the same series, and waits for nothing else on
   * it; due or not, the earliest first.
   */
  List<OutboxRow> urgent(Connection connection, String endpoint, int most) throws SQLException {
    return Sql.of(
            heads
                + " AND EXISTS (SELECT 1 FROM "
                + table
                + " q JOIN "
                + incidents
                + " i ON i.id = q.incident WHERE q.endpoint = o.endpoint"
                + " AND q.incident_key = o.incident_key AND q.state <= 1 AND i.level = 'CRIT')"
                + " ORDER BY due, seq LIMIT ?",
            endpoint,
            most)
        .list(connection, OutboxRows::map);
  }

  /** When messages were sent since a time, in order; several rows sent as one are one message. */
  List<Instant> sent(Connection connection, String endpoint, Instant since) throws SQLException {
    return Sql.of(
            "SELECT MIN(ended_at) AS at FROM "
                + table
                + " WHERE ended_at IS NOT NULL AND ended_at > ? AND endpoint = ? AND state = 2"
                + " GROUP BY COALESCE(collected, seq) ORDER BY at",
            since.toEpochMilli(),
            endpoint)
        .list(connection, row -> Instant.ofEpochMilli(row.getLong(1)));
  }

  /** What waits and was not handed to a fallback; marked as handed to it. */
  List<OutboxRow> fallBack(Connection connection, String endpoint) throws SQLException {
    List<OutboxRow> rows =
        Sql.of(
                "SELECT "
                    + OutboxRows.COLUMNS
                    + " FROM "
                    + table
                    + " WHERE endpoint = ? AND state = 0 AND fallen_back = 0 ORDER BY seq",
                endpoint)
            .list(connection, OutboxRows::map);
    for (OutboxRow row : rows) {
      Sql.of("UPDATE " + table + " SET fallen_back = 1 WHERE seq = ?", row.seq())
          .update(connection);
    }
    return rows;
  }

  /**
   * What waits and was never tried, without ends of incidents.
   *
   * @param since when it was planned at the earliest
   */
  List<OutboxRow> untried(Connection connection, Instant since) throws SQLException {
    return Sql.of(
            "SELECT "
                + OutboxRows.COLUMNS
                + " FROM "
                + table
                + " WHERE state <= 1 AND state = 0 AND attempts = 0 AND maybe_arrived = 0"
                + " AND step <> 'RESOLVED' AND decided_at >= ? ORDER BY seq",
            since.toEpochMilli())
        .list(connection, OutboxRows::map);
  }

  /** Whether a row waits and was never tried. */
  boolean isUntried(Connection connection, OutboxRow row) throws SQLException {
    return Sql.of(
            "SELECT 1 FROM "
                + table
                + " WHERE seq = ? AND state = 0 AND attempts = 0 AND maybe_arrived = 0",
            row.seq())
        .first(connection, found -> true)
        .isPresent();
  }

  /** When a message about an incident was sent last; {@link Instant#EPOCH} when none was. */
  Instant lastSent(Connection connection, String incident) throws SQLException {
    return lastAttempt(connection, incident, "o.state = 2");
  }

  /**
   * When a message about an incident was sent last, or may have been: an attempt at it lasts, or
   * ended without an answer, though something newer took its place since.
   */
  Instant lastTold(Connection connection, String incident) throws SQLException {
    return lastAttempt(
        connection,
        incident,
        "(o.state IN (1, 2) OR o.maybe_arrived = 1 OR (o.state = 5 AND EXISTS (SELECT 1 FROM "
            + told
            + " t WHERE t.incident = o.incident AND t.endpoint = o.endpoint)))");
  }

  private Instant lastAttempt(Connection connection, String incident, String which)
      throws SQLException {
    return Sql.of(
            "SELECT COALESCE(MAX(COALESCE(o.attempted_at, o.ended_at, o.decided_at)), 0) FROM "
                + table
                + " o WHERE o.incident = ? AND o.attempts > 0 AND "
                + which,
            incident)
        .first(connection, row -> Instant.ofEpochMilli(row.getLong(1)))
        .orElse(Instant.EPOCH);
  }

  OutboxRows.Backlog backlog(Connection connection, String endpoint) throws SQLException {
    return Sql.of(
            "SELECT COUNT(*), MIN(decided_at) FROM " + table + " WHERE endpoint = ? AND state <= 1",
            endpoint)
        .first(connection, row -> new OutboxRows.Backlog(row.getLong(1), row.getLong(2)))
        .orElse(OutboxRows.Backlog.NONE);
  }
}
