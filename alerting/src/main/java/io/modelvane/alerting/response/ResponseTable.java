package io.modelvane.alerting.response;

import io.modelvane.alerting.response.Response.Acknowledgement;
import io.modelvane.alerting.response.Response.Remark;
import io.modelvane.alerting.response.Response.Snooze;
import io.modelvane.alerting.sql.Sql;
import io.modelvane.spi.StateStore;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The tables of acknowledgements and snoozes. Times are milliseconds since 1970. */
final class ResponseTable {
  private final String acknowledged;
  private final String snoozed;
  private final List<String> steps;

  ResponseTable(StateStore store) {
    this.acknowledged = store.table("acknowledged");
    this.snoozed = store.table("snoozed");
    String columns =
        " (incident TEXT PRIMARY KEY, author TEXT NOT NULL, comment TEXT NOT NULL,"
            + " at INTEGER NOT NULL";
    this.steps =
        List.of(
            "CREATE TABLE " + acknowledged + columns + ")",
            "CREATE TABLE " + snoozed + columns + ", until INTEGER NOT NULL)");
  }

  List<String> steps() {
    return steps;
  }

  void put(Connection connection, String incident, Acknowledgement said) throws SQLException {
    Sql.of(
            "INSERT OR REPLACE INTO " + acknowledged + " VALUES (?,?,?,?)",
            incident,
            said.remark().author(),
            said.remark().comment(),
            said.at().toEpochMilli())
        .update(connection);
  }

  /** Nobody sees to an incident any more; whether somebody did. */
  boolean unacknowledge(Connection connection, String incident) throws SQLException {
    return Sql.of("DELETE FROM " + acknowledged + " WHERE incident = ?", incident)
            .update(connection)
        > 0;
  }

  void put(Connection connection, String incident, Snooze said) throws SQLException {
    Sql.of(
            "INSERT OR REPLACE INTO " + snoozed + " VALUES (?,?,?,?,?)",
            incident,
            said.remark().author(),
            said.remark().comment(),
            said.at().toEpochMilli(),
            said.until().toEpochMilli())
        .update(connection);
  }

  Response find(Connection connection, String incident) throws SQLException {
    return new Response(
        incident,
        Sql.of("SELECT * FROM " + acknowledged + " WHERE incident = ?", incident)
            .first(connection, ResponseTable::acknowledgement),
        Sql.of("SELECT * FROM " + snoozed + " WHERE incident = ?", incident)
            .first(connection, ResponseTable::snooze));
  }

  Map<String, Response> all(Connection connection) throws SQLException {
    Map<String, Response> all = new LinkedHashMap<>();
    String union =
        "SELECT incident FROM " + acknowledged + " UNION SELECT incident FROM " + snoozed;
    for (String incident : Sql.of(union).list(connection, row -> row.getString(1))) {
      all.put(incident, find(connection, incident));
    }
    return all;
  }

  /** Forgets what was said to an incident. */
  void forget(Connection connection, String incident) throws SQLException {
    for (String table : List.of(acknowledged, snoozed)) {
      Sql.of("DELETE FROM " + table + " WHERE incident = ?", incident).update(connection);
    }
  }

  private static Acknowledgement acknowledgement(ResultSet row) throws SQLException {
    return new Acknowledgement(remark(row), Instant.ofEpochMilli(row.getLong(4)));
  }

  private static Snooze snooze(ResultSet row) throws SQLException {
    return new Snooze(
        remark(row), Instant.ofEpochMilli(row.getLong(4)), Instant.ofEpochMilli(row.getLong(5)));
  }

  private static Remark remark(ResultSet row) throws SQLException {
    return new Remark(row.getString(2), row.getString(3));
  }
}
