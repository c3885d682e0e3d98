package io.modelvane.alerting.outbox;

import io.modelvane.alerting.codec.ByteReader;
import io.modelvane.alerting.codec.ByteWriter;
import io.modelvane.alerting.history.Digest;
import io.modelvane.alerting.incident.IncidentChange;
import io.modelvane.alerting.sql.Sql;
import io.modelvane.spi.Incident;
import io.modelvane.spi.IncidentStep;
import io.modelvane.spi.Level;
import io.modelvane.spi.StateStore;
import io.modelvane.spi.Status;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The outbox's own view of the incidents that were told of, or will be: how each stands, who has
 * been told, and what they answered.
 */
final class Incidents {
  private final String incidents;
  private final String told;
  private final String outbox;
  private final List<String> steps;

  Incidents(StateStore store) {
    this.incidents = store.table("outbox_incidents");
    this.told = store.table("outbox_told");
    this.outbox = store.table("outbox");
    this.steps =
        List.of(
            "CREATE TABLE "
                + incidents
                + " (id TEXT PRIMARY KEY, subject BLOB NOT NULL, level TEXT NOT NULL,"
                + " steps INTEGER NOT NULL, incident BLOB NOT NULL, status BLOB NOT NULL,"
                + " closed_at INTEGER)",
            "CREATE INDEX "
                + store.table("outbox_incidents_by_subject")
                + " ON "
                + incidents
                + " (subject) WHERE closed_at IS NULL",
            "CREATE TABLE "
                + told
                + " (incident TEXT NOT NULL, endpoint TEXT NOT NULL, rule TEXT NOT NULL,"
                + " receipt BLOB NOT NULL, PRIMARY KEY (incident, endpoint)) WITHOUT ROWID");
  }

  /** Those that were made together with the outbox. */
  List<String> firstSteps() {
    return steps;
  }

  List<String> laterSteps() {
    return List.of("ALTER TABLE " + incidents + " ADD COLUMN moved_at INTEGER NOT NULL DEFAULT 0");
  }

  /**
   * An incident as it stands.
   *
   * @param incident the incident
   * @param status the latest verdict at its level
   */
  record Known(Incident incident, Status status) {}

  /** Keeps a step, and answers the identity of notifications of it. */
  String step(Connection connection, IncidentChange change, Instant now) throws SQLException {
    Incident incident = change.incident();
    boolean over = change.step() == IncidentStep.RESOLVED;
    long number =
        Sql.of(
                "INSERT INTO "
                    + incidents
                    + " AS i VALUES (?,?,?,1,?,?,NULLIF(?,-1),?) ON CONFLICT (id) DO UPDATE SET"
                    + " level = excluded.level, incident = excluded.incident,"
                    + " status = excluded.status, steps = i.steps + 1,"
                    + " closed_at = excluded.closed_at, moved_at = excluded.moved_at"
                    + " RETURNING steps",
                incident.id(),
                subject(change.status()),
                incident.level().name(),
                IncidentCodec.encode(incident),
                IncidentCodec.encode(change.status()),
                over ? now.toEpochMilli() : -1L,
                now.toEpochMilli())
            .first(connection, row -> row.getLong(1))
            .orElseThrow();
    return id(incident.id(), number);
  }

  private static String id(String incident, long step) {
    return Digest.of("notification", incident, Long.toString(step)).hex(32);
  }

  /** An incident is over, or a group has no members any more; a step opens it again. */
  void close(Connection connection, String incident, Instant now) throws SQLException {
    Sql.of("UPDATE " + incidents + " SET closed_at = ? WHERE id = ?", now.toEpochMilli(), incident)
        .update(connection);
  }

  /** Keeps how an incident stands, without a step that anybody is told of. */
  void stands(Connection connection, Incident incident, Status status) throws SQLException {
    Sql.of(
            "UPDATE " + incidents + " SET level = ?, incident = ?, status = ? WHERE id = ?",
            incident.level().name(),
            IncidentCodec.encode(incident),
            IncidentCodec.encode(status),
            incident.id())
        .update(connection);
  }

  /** The identity of notifications of one more step: of the incident and the step's number. */
  String nextId(Connection connection, String incident) throws SQLException {
    long number =
        Sql.of(
                "UPDATE " + incidents + " SET steps = steps + 1 WHERE id = ? RETURNING steps",
                incident)
            .first(connection, row -> row.getLong(1))
            .orElse(0L);
    return id(incident, number);
  }

  /**
   * Keeps the latest status of each open incident that still stands at the status' level.
   *
   * @param steps statuses among them that {@link #step} has kept
   */
  void latest(Connection connection, List<Status> statuses, Set<Status> steps) throws SQLException {
    Map<String, Status> last = new LinkedHashMap<>();
    for (Status status : statuses) {
      if (status.level() != Level.OK) {
        last.put(status.check() + "\n" + status.series().head(), status);
      }
    }
    last.values().removeIf(steps::contains);
    for (Status status : last.values()) {
      Sql.of(
              "UPDATE "
                  + incidents
                  + " SET status = ? WHERE subject = ? AND level = ? AND closed_at IS NULL",
              IncidentCodec.encode(status),
              subject(status),
              status.level().name())
          .update(connection);
    }
  }

  private static byte[] subject(Status status) {
    return Digest.of(status.check(), status.series().head()).key();
  }

  Optional<Known> find(Connection connection, String incident) throws SQLException {
    return Sql.of("SELECT incident, status FROM " + incidents + " WHERE id = ?", incident)
        .first(
            connection,
            row ->
                new Known(
                    IncidentCodec.incident(row.getBytes(1)),
                    IncidentCodec.status(row.getBytes(2))));
  }

  /** Whether there is such an incident, and it is not over. */
  boolean isOpen(Connection connection, String incident) throws SQLException {
    return Sql.of("SELECT 1 FROM " + incidents + " WHERE id = ? AND closed_at IS NULL", incident)
        .first(connection, row -> true)
        .isPresent();
  }

  /** All that are not over, without groups. */
  List<Incident> open(Connection connection) throws SQLException {
    return Sql.of("SELECT incident FROM " + incidents + " WHERE closed_at IS NULL")
        .list(connection, row -> IncidentCodec.incident(row.getBytes(1)))
        .stream()
        .filter(incident -> !Groups.isGroup(incident.id()))
        .toList();
  }

  /** Keeps that an endpoint has, or may have, been told; a receipt replaces an earlier one. */
  void tell(Connection connection, OutboxRow row, Map<String, String> receipt) throws SQLException {
    Sql.of(
            "INSERT OR IGNORE INTO " + told + " VALUES (?,?,?,?)",
            row.target().incident(),
            row.target().endpoint(),
            row.rule(),
            new ByteWriter().putTexts(Map.of()).toBytes())
        .update(connection);
    if (!receipt.isEmpty()) {
      Sql.of(
              "UPDATE " + told + " SET receipt = ? WHERE incident = ? AND endpoint = ?",
              new ByteWriter().putTexts(receipt).toBytes(),
              row.target().incident(),
              row.target().endpoint())
          .update(connection);
    }
  }

  /**
   * The endpoints that have, or may have, been told, each with the first rule that asked for it.
   */
  Map<String, String> told(Connection connection, String incident) throws SQLException {
    Map<String, String> endpoints = new LinkedHashMap<>();
    Sql.of("SELECT endpoint, rule FROM " + told + " WHERE incident = ?", incident)
        .list(connection, row -> Map.entry(row.getString(1), row.getString(2)))
        .forEach(entry -> endpoints.put(entry.getKey(), entry.getValue()));
    return endpoints;
  }

  /** Of how many incidents that are not over each endpoint has, or may have, been told. */
  Map<String, Long> toldOfOpen(Connection connection) throws SQLException {
    Map<String, Long> counts = new TreeMap<>();
    Sql.of(
            "SELECT t.endpoint, COUNT(*) FROM "
                + told
                + " t JOIN "
                + incidents
                + " i ON i.id = t.incident WHERE i.closed_at IS NULL GROUP BY t.endpoint")
        .list(connection, row -> Map.entry(row.getString(1), row.getLong(2)))
        .forEach(entry -> counts.put(entry.getKey(), entry.getValue()));
    return counts;
  }

  Map<String, String> receipt(Connection connection, OutboxRow.Target target) throws SQLException {
    return Sql.of(
            "SELECT receipt FROM " + told + " WHERE incident = ? AND endpoint = ?",
            target.incident(),
            target.endpoint())
        .first(connection, row -> new ByteReader(row.getBytes(1)).nextTexts())
        .orElse(Map.of());
  }

  /**
   * Forgets incidents that ended before, and of which nothing waits.
   *
   * @return their ids
   */
  List<String> forget(Connection connection, Instant before) throws SQLException {
    List<String> gone =
        Sql.of(
                "DELETE FROM "
                    + incidents
                    + " WHERE closed_at < ? AND NOT EXISTS (SELECT 1 FROM "
                    + outbox
                    + " o WHERE o.incident = id AND o.state <= 1) RETURNING id",
                before.toEpochMilli())
            .list(connection, row -> row.getString(1));
    for (String incident : gone) {
      Sql.of("DELETE FROM " + told + " WHERE incident = ?", incident).update(connection);
    }
    return gone;
  }
}
