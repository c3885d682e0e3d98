package io.modelvane.alerting.silence;

import io.modelvane.alerting.codec.ByteReader;
import io.modelvane.alerting.codec.ByteWriter;
import io.modelvane.alerting.sql.Sql;
import io.modelvane.spi.StateStore;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The table of silences. Times are milliseconds since 1970. */
final class SilenceTable {
  private static final String COLUMNS =
      "id, matchers, starts, ends, author, comment, created, ended_at, ended_by";

  private final String table;
  private final List<String> steps;

  SilenceTable(StateStore store) {
    this.table = store.table("silences");
    this.steps =
        List.of(
            "CREATE TABLE "
                + table
                + " (id TEXT PRIMARY KEY, matchers BLOB NOT NULL, starts INTEGER NOT NULL,"
                + " ends INTEGER NOT NULL, author TEXT NOT NULL, comment TEXT NOT NULL,"
                + " created INTEGER NOT NULL, until INTEGER NOT NULL, ended_at INTEGER,"
                + " ended_by TEXT)",
            "CREATE INDEX " + store.table("silences_by_until") + " ON " + table + " (until)");
  }

  List<String> steps() {
    return steps;
  }

  void add(Connection connection, Silence silence) throws SQLException {
    Silence.Draft draft = silence.draft();
    Sql.of(
            "INSERT INTO " + table + " VALUES (?,?,?,?,?,?,?,?,NULL,NULL)",
            silence.id(),
            new ByteWriter().putTexts(draft.matchers().texts()).toBytes(),
            draft.starts().toEpochMilli(),
            draft.ends().toEpochMilli(),
            draft.author(),
            draft.comment(),
            silence.created().toEpochMilli(),
            silence.until().toEpochMilli())
        .update(connection);
  }

  void end(Connection connection, String id, Silence.Ending ending) throws SQLException {
    Sql.of(
            "UPDATE " + table + " SET until = ?, ended_at = ?, ended_by = ? WHERE id = ?",
            ending.at().toEpochMilli(),
            ending.at().toEpochMilli(),
            ending.by(),
            id)
        .update(connection);
  }

  Optional<Silence> find(Connection connection, String id) throws SQLException {
    return Sql.of("SELECT " + COLUMNS + " FROM " + table + " WHERE id = ?", id)
        .first(connection, SilenceTable::map);
  }

  /** Those that are not over at a time, the first made first. */
  List<Silence> lasting(Connection connection, Instant now) throws SQLException {
    return Sql.of(
            "SELECT " + COLUMNS + " FROM " + table + " WHERE until > ? ORDER BY created, id",
            now.toEpochMilli())
        .list(connection, SilenceTable::map);
  }

  /** Those made before a number, the last made first. */
  List<Silences.Numbered> before(Connection connection, long number) throws SQLException {
    return Sql.of(
            "SELECT " + COLUMNS + ", rowid FROM " + table + " WHERE rowid < ? ORDER BY rowid DESC",
            number)
        .list(connection, row -> new Silences.Numbered(row.getLong(10), map(row)));
  }

  int forget(Connection connection, Instant before) throws SQLException {
    return Sql.of("DELETE FROM " + table + " WHERE until < ?", before.toEpochMilli())
        .update(connection);
  }

  private static Silence map(ResultSet row) throws SQLException {
    Silence.Draft draft =
        new Silence.Draft(
            Matchers.parse(new ByteReader(row.getBytes(2)).nextTexts()),
            Instant.ofEpochMilli(row.getLong(3)),
            Instant.ofEpochMilli(row.getLong(4)),
            row.getString(5),
            row.getString(6));
    long endedAt = row.getLong(8);
    Optional<Silence.Ending> ended =
        row.wasNull()
            ? Optional.empty()
            : Optional.of(new Silence.Ending(Instant.ofEpochMilli(endedAt), row.getString(9)));
    return new Silence(row.getString(1), draft, Instant.ofEpochMilli(row.getLong(7)), ended);
  }
}
