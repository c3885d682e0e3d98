package io.modelvane.spi;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * A component's part of the engine's local SQLite database: what must survive {@code kill -9}.
 *
 * <p>The database is in WAL mode with full synchronisation, and has one writer: transactions of all
 * components take turns. Keep them short. When {@link #transact} returns, its work is on the disk.
 */
public interface StateStore {
  /** Work on the connection. Neither commits, closes nor keeps it. */
  @FunctionalInterface
  interface Work<T> {
    /** Does it; an exception rolls everything back. */
    T run(Connection connection) throws SQLException;
  }

  /**
   * The name of a table in the database, unique to this component, quoted for use in SQL.
   *
   * @param name lower_snake
   */
  String table(String name);

  /**
   * Brings the component's tables up to date: runs the steps not yet run, in order, each once in
   * the life of the database. Steps are only ever appended to the list.
   *
   * @throws ComponentException {@code FATAL} when the database was written by a newer version
   */
  void migrate(List<String> steps) throws ComponentException;

  /**
   * Runs work in one durable write transaction.
   *
   * @throws ComponentException {@code RETRYABLE} when the disk is full or the file is locked;
   *     {@code FATAL} when the database is damaged
   */
  <T> T transact(Work<T> work) throws ComponentException;

  /** Runs work that only reads, on a consistent snapshot, beside the writer. */
  <T> T read(Work<T> work) throws ComponentException;
}
