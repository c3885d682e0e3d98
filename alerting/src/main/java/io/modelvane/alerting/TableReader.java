package io.modelvane.alerting;

import io.modelvane.alerting.codec.ByteReader;
import io.modelvane.spi.Incident;
import io.modelvane.spi.Level;
import io.modelvane.spi.Series;
import io.modelvane.spi.Split;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads back what {@link Tables} wrote. */
final class TableReader {
  private final Map<ByteBuffer, Series> known = new HashMap<>();
  private final Connection connection;
  private final List<String> tables;

  /**
   * A reader.
   *
   * @param tables checks, instances, pages, incidents, positions, pipelines
   */
  TableReader(Connection connection, List<String> tables) {
    this.connection = connection;
    this.tables = tables;
  }

  @FunctionalInterface
  private interface RowTaker {
    void take(ResultSet row) throws SQLException;
  }

  private void each(String columns, String table, RowTaker taker) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT " + columns + " FROM " + table)) {
      while (rows.next()) {
        taker.take(rows);
      }
    }
  }

  Recalled read() throws SQLException {
    Map<String, Recalled.States> checks = new HashMap<>();
    each(
        "name, definition, page_size, type",
        tables.get(0),
        row ->
            checks.put(
                row.getString(1),
                new Recalled.States(
                    row.getString(4),
                    row.getString(2),
                    row.getInt(3),
                    new HashMap<>(),
                    new HashMap<>())));
    each(
        "check_name, id, series",
        tables.get(1),
        row -> of(checks, row).instances().put(row.getInt(2), series(row.getBytes(3))));
    each(
        "check_name, number, body",
        tables.get(2),
        row -> of(checks, row).pages().put(row.getInt(2), row.getBytes(3)));
    return new Recalled(positions(), watermark(), checks, incidents());
  }

  /** Many checks look at one series: it is kept once. */
  private Series series(byte[] bytes) {
    return known.computeIfAbsent(
        ByteBuffer.wrap(bytes), written -> new ByteReader(bytes).nextSeries());
  }

  private static Recalled.States of(Map<String, Recalled.States> checks, ResultSet row)
      throws SQLException {
    String name = row.getString(1);
    return checks.computeIfAbsent(
        name, n -> new Recalled.States("", "", 1, new HashMap<>(), new HashMap<>()));
  }

  private List<Recalled.OpenIncident> incidents() throws SQLException {
    List<Recalled.OpenIncident> incidents = new ArrayList<>();
    each(
        "incident_key, id, check_name, check_type, series, level, worst, since, breaches",
        tables.get(3) + " ORDER BY since, incident_key",
        row ->
            incidents.add(
                new Recalled.OpenIncident(
                    new Incident(
                        row.getString(2),
                        row.getString(1),
                        row.getString(3),
                        new ByteReader(row.getBytes(5)).nextSeries(),
                        Level.valueOf(row.getString(6)),
                        Level.valueOf(row.getString(7)),
                        Nanos.instant(row.getLong(8)),
                        row.getLong(9)),
                    row.getString(4))));
    return incidents;
  }

  private Positions positions() throws SQLException {
    Positions positions = new Positions();
    each(
        "stream, part, incarnation, next",
        tables.get(4),
        row ->
            positions.restore(
                new Split(row.getString(1), row.getInt(2), row.getString(3)), row.getLong(4)));
    return positions;
  }

  private Watermark watermark() throws SQLException {
    Watermark watermark = new Watermark();
    each(
        "name, complete_until",
        tables.get(5),
        row -> watermark.restore(row.getString(1), row.getLong(2)));
    return watermark;
  }
}
