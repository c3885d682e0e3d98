package io.modelvane.alerting;

import io.modelvane.alerting.check.Check;
import io.modelvane.alerting.codec.ByteWriter;
import io.modelvane.spi.Incident;
import io.modelvane.spi.StateStore;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** The tables that hold what must survive, and how a checkpoint gets into them. */
final class Tables {
  private final String checks;
  private final String instances;
  private final String pages;
  private final String incidents;
  private final String positions;
  private final String pipelines;

  Tables(StateStore store) {
    checks = store.table("checks");
    instances = store.table("instances");
    pages = store.table("pages");
    incidents = store.table("open_incidents");
    positions = store.table("positions");
    pipelines = store.table("pipelines");
  }

  /** What makes them; only ever appended to. */
  List<String> migrations() {
    return List.of(
        "CREATE TABLE "
            + checks
            + " (name TEXT PRIMARY KEY, definition TEXT NOT NULL, page_size INTEGER NOT NULL)",
        "CREATE TABLE "
            + instances
            + " (check_name TEXT NOT NULL, id INTEGER NOT NULL, series BLOB NOT NULL,"
            + " PRIMARY KEY (check_name, id))",
        "CREATE TABLE "
            + pages
            + " (check_name TEXT NOT NULL, number INTEGER NOT NULL, body BLOB NOT NULL,"
            + " PRIMARY KEY (check_name, number))",
        "CREATE TABLE "
            + incidents
            + " (incident_key TEXT PRIMARY KEY, id TEXT NOT NULL, check_name TEXT NOT NULL,"
            + " check_type TEXT NOT NULL, series BLOB NOT NULL, level TEXT NOT NULL,"
            + " worst TEXT NOT NULL, since INTEGER NOT NULL, breaches INTEGER NOT NULL)",
        "CREATE TABLE "
            + positions
            + " (stream TEXT NOT NULL, part INTEGER NOT NULL, incarnation TEXT NOT NULL,"
            + " next INTEGER NOT NULL, PRIMARY KEY (stream, part))",
        "CREATE TABLE " + pipelines + " (name TEXT PRIMARY KEY, complete_until INTEGER NOT NULL)",
        "ALTER TABLE " + checks + " ADD COLUMN type TEXT NOT NULL DEFAULT ''");
  }

  /** Fills a statement for one row. */
  @FunctionalInterface
  private interface Filler<T> {
    void fill(PreparedStatement statement, T value) throws SQLException;
  }

  private static <T> void each(
      Connection connection, String sql, Collection<T> values, Filler<T> filler)
      throws SQLException {
    if (values.isEmpty()) {
      return;
    }
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (T value : values) {
        filler.fill(statement, value);
        statement.addBatch();
      }
      statement.executeBatch();
    }
  }

  /** Writes a checkpoint. */
  void write(Connection connection, Checkpoint checkpoint, Map<String, String> types)
      throws SQLException {
    each(
        connection,
        "DELETE FROM " + instances + " WHERE check_name = ? AND id = ?",
        checkpoint.forgotten(),
        (row, place) -> {
          row.setString(1, place.check());
          row.setInt(2, place.id());
        });
    each(
        connection,
        "INSERT OR REPLACE INTO " + instances + " VALUES (?,?,?)",
        checkpoint.instances(),
        (row, place) -> {
          row.setString(1, place.check());
          row.setInt(2, place.id());
          row.setBytes(3, new ByteWriter().putSeries(place.series()).toBytes());
        });
    each(
        connection,
        "INSERT OR REPLACE INTO " + pages + " VALUES (?,?,?)",
        checkpoint.pages(),
        (row, page) -> {
          row.setString(1, page.check());
          row.setInt(2, page.number());
          row.setBytes(3, page.body());
        });
    writeIncidents(connection, checkpoint, types);
    writeProgress(connection, checkpoint);
  }

  private void writeIncidents(
      Connection connection, Checkpoint checkpoint, Map<String, String> types) throws SQLException {
    each(
        connection,
        "DELETE FROM " + incidents + " WHERE incident_key = ?",
        checkpoint.resolved(),
        (row, incident) -> row.setString(1, incident.key()));
    each(
        connection,
        "INSERT OR REPLACE INTO " + incidents + " VALUES (?,?,?,?,?,?,?,?,?)",
        checkpoint.incidents(),
        (row, incident) -> fill(row, incident, types.getOrDefault(incident.check(), "")));
  }

  private static void fill(PreparedStatement row, Incident incident, String type)
      throws SQLException {
    row.setString(1, incident.key());
    row.setString(2, incident.id());
    row.setString(3, incident.check());
    row.setString(4, type);
    row.setBytes(5, new ByteWriter().putSeries(incident.series()).toBytes());
    row.setString(6, incident.level().name());
    row.setString(7, incident.worst().name());
    row.setLong(8, Nanos.of(incident.since()));
    row.setLong(9, incident.breaches());
  }

  private void writeProgress(Connection connection, Checkpoint checkpoint) throws SQLException {
    each(
        connection,
        "INSERT OR REPLACE INTO " + positions + " VALUES (?,?,?,?)",
        checkpoint.positions(),
        (row, position) -> {
          row.setString(1, position.getKey().stream());
          row.setInt(2, position.getKey().partition());
          row.setString(3, position.getKey().incarnation());
          row.setLong(4, position.getValue());
        });
    each(
        connection,
        "INSERT OR REPLACE INTO " + pipelines + " VALUES (?,?)",
        checkpoint.pipelines().entrySet(),
        (row, pipeline) -> {
          row.setString(1, pipeline.getKey());
          row.setLong(2, pipeline.getValue());
        });
  }

  /** Replaces the definitions of all checks, and drops the states of those that are stale. */
  void writeChecks(Connection connection, List<Check> current, Collection<String> stale)
      throws SQLException {
    for (String table : List.of(instances, pages)) {
      each(
          connection,
          "DELETE FROM " + table + " WHERE check_name = ?",
          stale,
          (row, name) -> row.setString(1, name));
    }
    try (PreparedStatement clear = connection.prepareStatement("DELETE FROM " + checks)) {
      clear.executeUpdate();
    }
    each(
        connection,
        "INSERT INTO " + checks + " VALUES (?,?,?,?)",
        current,
        (row, check) -> {
          row.setString(1, check.name());
          row.setString(2, check.definition());
          row.setInt(3, check.statesPerPage());
          row.setString(4, check.type());
        });
  }

  /** Reads all of it. */
  TableReader reader(Connection connection) {
    return new TableReader(
        connection, List.of(checks, instances, pages, incidents, positions, pipelines));
  }
}
