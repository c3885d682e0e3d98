package io.modelvane.alerting.history;

import io.modelvane.spi.Point;
import io.modelvane.spi.StateStore;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Points on their way to the sink, first in, first out, in the local database. It also gives every
 * point a time of its own within its series: a point that would fall on an earlier one's time, and
 * overwrite it, moves a nanosecond past the last. The last times are part of the transaction, so a
 * replay gives the same.
 */
final class HistoryQueue {
  private final String queue;
  private final String times;

  HistoryQueue(StateStore store) {
    this.queue = store.table("history_queue");
    this.times = store.table("history_times");
  }

  List<String> steps() {
    return List.of(
        "CREATE TABLE " + queue + " (seq INTEGER PRIMARY KEY AUTOINCREMENT, point BLOB NOT NULL)",
        "CREATE TABLE "
            + times
            + " (series BLOB PRIMARY KEY, time INTEGER NOT NULL) WITHOUT ROWID");
  }

  /** An entry of the queue. */
  record Entry(long seq, Point point) {}

  void add(Connection connection, List<Point> points) throws SQLException {
    try (PreparedStatement time =
            connection.prepareStatement(
                "INSERT INTO "
                    + times
                    + " AS t VALUES (?,?) ON CONFLICT (series) DO UPDATE"
                    + " SET time = MAX(excluded.time, t.time + 1) RETURNING time");
        PreparedStatement insert =
            connection.prepareStatement("INSERT INTO " + queue + " (point) VALUES (?)")) {
      for (Point point : points) {
        insert.setBytes(1, PointCodec.encode(point, ownTime(time, point)));
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  private static long ownTime(PreparedStatement statement, Point point) throws SQLException {
    statement.setBytes(1, Digest.of(point.series().head()).key());
    statement.setLong(2, HistoryPoints.nanos(point.time()));
    try (ResultSet row = statement.executeQuery()) {
      return row.next() ? row.getLong(1) : HistoryPoints.nanos(point.time());
    }
  }

  /** How many wait. Taken from the ends of the queue, which has no gaps: it does not count. */
  long size(Connection connection) throws SQLException {
    String sql =
        "SELECT COALESCE((SELECT MAX(seq) FROM %s) - (SELECT MIN(seq) FROM %s) + 1, 0)"
            .formatted(queue, queue);
    try (PreparedStatement query = connection.prepareStatement(sql);
        ResultSet row = query.executeQuery()) {
      return row.next() ? row.getLong(1) : 0;
    }
  }

  List<Entry> first(Connection connection, int most) throws SQLException {
    List<Entry> entries = new ArrayList<>();
    try (PreparedStatement query =
        connection.prepareStatement("SELECT seq, point FROM " + queue + " ORDER BY seq LIMIT ?")) {
      query.setInt(1, most);
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          entries.add(new Entry(row.getLong(1), PointCodec.decode(row.getBytes(2))));
        }
      }
    }
    return entries;
  }

  int removeThrough(Connection connection, long seq) throws SQLException {
    return delete(connection, "DELETE FROM " + queue + " WHERE seq <= ?", seq);
  }

  /** Forgets the last times of series that have been quiet since. */
  int forgetTimes(Connection connection, long beforeNanos) throws SQLException {
    return delete(connection, "DELETE FROM " + times + " WHERE time < ?", beforeNanos);
  }

  private static int delete(Connection connection, String sql, long bound) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setLong(1, bound);
      return statement.executeUpdate();
    }
  }
}
