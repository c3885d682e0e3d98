package io.modelvane.alerting.sql;

import io.modelvane.spi.ComponentException;
import io.modelvane.spi.Outcome;
import io.modelvane.spi.StateStore;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * Brings the tables of a part of a component up to date, as {@link StateStore#migrate} does for the
 * component as a whole: there is one such list per component, and parts that know nothing of each
 * other cannot append to it.
 */
public final class Schema {
  private final StateStore store;
  private final String table;

  /** The tables of a component; no I/O yet. */
  public Schema(StateStore store) {
    this.store = store;
    this.table = store.table("outbox_schema");
  }

  /**
   * Runs the steps of a part that were not yet run.
   *
   * @param steps only ever appended to
   */
  public void migrate(String part, List<String> steps) throws ComponentException {
    int done = store.transact(connection -> done(connection, part));
    if (done > steps.size()) {
      throw new ComponentException(
          Outcome.Kind.FATAL,
          "the %s tables of the state database were written by a newer version; use that version"
              .formatted(part));
    }
    if (done < steps.size()) {
      store.<Integer>transact(
          connection -> run(connection, part, steps.subList(done, steps.size()), steps.size()));
    }
  }

  private int done(Connection connection, String part) throws SQLException {
    try (Statement create = connection.createStatement()) {
      create.execute(
          "CREATE TABLE IF NOT EXISTS "
              + table
              + " (part TEXT PRIMARY KEY, steps INTEGER NOT NULL)");
    }
    try (PreparedStatement query =
        connection.prepareStatement("SELECT steps FROM " + table + " WHERE part = ?")) {
      query.setString(1, part);
      try (ResultSet row = query.executeQuery()) {
        return row.next() ? row.getInt(1) : 0;
      }
    }
  }

  private int run(Connection connection, String part, List<String> missing, int all)
      throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String step : missing) {
        statement.execute(step);
      }
    }
    try (PreparedStatement update =
        connection.prepareStatement("INSERT OR REPLACE INTO " + table + " VALUES (?,?)")) {
      update.setString(1, part);
      update.setInt(2, all);
      return update.executeUpdate();
    }
  }
}
