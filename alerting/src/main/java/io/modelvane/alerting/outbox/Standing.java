package io.modelvane.alerting.outbox;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How an incident stands in the outbox.
 *
 * @param live what waits or is being sent
 * @param told who has, or may have, been told, each with the first rule that asked for it
 * @param held what is kept back
 */
record Standing(List<OutboxRow> live, Map<String, String> told, List<HeldRow> held) {
  static Standing read(Connection connection, Tables tables, String incident) throws SQLException {
    return new Standing(
        tables.rows().live(connection, incident),
        tables.incidents().told(connection, incident),
        tables.held().of(connection, incident));
  }

  /** Who has been told or is about to be, each with the first rule that asked for it. */
  Map<String, String> informed() {
    Map<String, String> informed = new LinkedHashMap<>(told);
    live.forEach(row -> informed.putIfAbsent(row.target().endpoint(), row.rule()));
    return informed;
  }

  /** What waits or is being sent to an endpoint. */
  List<OutboxRow> live(String endpoint) {
    return live.stream().filter(row -> row.target().endpoint().equals(endpoint)).toList();
  }

  /** What is kept back from an endpoint. */
  Optional<HeldRow> held(String endpoint) {
    return held.stream().filter(row -> row.endpoint().equals(endpoint)).findFirst();
  }
}
