package io.modelvane.engine.state;

import io.modelvane.spi.ComponentException;
import io.modelvane.spi.Outcome;
import io.modelvane.spi.StateStore;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * The database {@code state.db}: WAL, full synchronisation, one writer. Opened on first use. Safe
 * for use by many threads, which take turns.
 */
public final class StateDatabase implements AutoCloseable {
  private static final System.Logger LOGGER = System.getLogger(StateDatabase.class.getName());
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Path file;
  private final Turns writing = new Turns();
  private final Turns reading = new Turns();
  private @Nullable Connection writer;
  private @Nullable Connection reader;

  /** The database in a file; no I/O yet. */
  public StateDatabase(Path file) {
    this.file = file;
  }

  /** The part that belongs to one component. */
  public StateStore store(String component) {
    return new Store(component);
  }

  private Connection writer() throws SQLException {
    if (writer == null) {
      writer = open();
      try (Statement statement = writer.createStatement()) {
        statement.execute("PRAGMA journal_mode=WAL");
        statement.execute("PRAGMA synchronous=FULL");
        statement.execute("PRAGMA wal_autocheckpoint=2000");
        check(statement);
        statement.execute(
            "CREATE TABLE IF NOT EXISTS modelvane_migrations ("
                + "component TEXT PRIMARY KEY, steps INTEGER NOT NULL, checksum INTEGER NOT NULL)");
      }
      writer.setAutoCommit(false);
    }
    return writer;
  }

  private static void check(Statement statement) throws SQLException {
    try (ResultSet result = statement.executeQuery("PRAGMA quick_check(1)")) {
      if (result.next() && !result.getString(1).equals("ok")) {
        throw new SQLiteException(result.getString(1), SQLiteErrorCode.SQLITE_CORRUPT);
      }
    }
  }

  private Connection reader() throws SQLException {
    if (reader == null) {
      reader = open();
      reader.setAutoCommit(false);
    }
    return reader;
  }

  private Connection open() throws SQLException {
    try {
      SqliteLibrary.unpackInto(file.resolveSibling("native"));
    } catch (IOException unusable) {
      throw new SQLException("no room for its library: " + unusable, unusable);
    }
    // Not through DriverManager, which looks for drivers with the calling plugin's class loader.
    SQLiteDataSource source = new SQLiteDataSource();
    source.setUrl("jdbc:sqlite:" + file.toAbsolutePath());
    Connection connection = KeptStatements.of(source.getConnection());
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA busy_timeout=5000");
      statement.execute("PRAGMA cache_size=-4096");
    }
    return connection;
  }

  private <T> T transact(String component, StateStore.Work<T> work) throws ComponentException {
    writing.begin(component);
    try {
      Connection connection = writer();
      try {
        T result = work.run(connection);
        connection.commit();
        return result;
      } catch (SQLException | RuntimeException | Error failure) {
        rollBack(connection, failure);
        throw failure;
      }
    } catch (SQLException failure) {
      throw explain(failure);
    } finally {
      writing.end();
    }
  }

  /** On a full disk SQLite has rolled back already and refuses; then the connection is renewed. */
  private void rollBack(Connection connection, Throwable failure) {
    try {
      connection.rollback();
    } catch (SQLException again) {
      failure.addSuppressed(again);
      closeQuietly(connection);
      writer = null;
    }
  }

  private <T> T read(String component, StateStore.Work<T> work) throws ComponentException {
    reading.begin(component);
    try {
      Connection connection = reader();
      try {
        return work.run(connection);
      } finally {
        connection.rollback();
      }
    } catch (SQLException failure) {
      throw explain(failure);
    } finally {
      reading.end();
    }
  }

  private ComponentException explain(SQLException failure) {
    SQLiteErrorCode code =
        failure instanceof SQLiteException sqlite
            ? sqlite.getResultCode()
            : SQLiteErrorCode.SQLITE_ERROR;
    return switch (code) {
      case SQLITE_FULL ->
          new ComponentException(
              Outcome.Kind.RETRYABLE,
              "no space left for " + file + "; free some, nothing is lost meanwhile",
              failure);
      case SQLITE_CORRUPT, SQLITE_NOTADB ->
          new ComponentException(
              Outcome.Kind.FATAL,
              file
                  + " is damaged ("
                  + code
                  + "); restore it from a backup, or move it away to start without history",
              failure);
      default ->
          new ComponentException(
              Outcome.Kind.RETRYABLE,
              "the state database " + file + " refused: " + failure.getMessage(),
              failure);
    };
  }

  /** As {@link #close(Duration)}, with five seconds. */
  @Override
  public void close() {
    close(PATIENCE);
  }

  /**
   * Closes the connections; the last transaction is on the disk already. A component that does not
   * let go within the limit is named in the log and left behind with its connection: the file stays
   * whole, and what that component has not committed is undone when it is opened next.
   */
  public void close(Duration limit) {
    long end = System.nanoTime() + limit.toNanos();
    if (hasTurn(reading, end)) {
      closeQuietly(reader);
      reader = null;
      reading.end();
    }
    if (hasTurn(writing, end)) {
      closeQuietly(writer);
      writer = null;
      writing.end();
    }
  }

  private boolean hasTurn(Turns turns, long end) {
    boolean free = turns.beginBy(end);
    if (!free) {
      LOGGER.log(
          System.Logger.Level.ERROR,
          "{0} does not let go of {1} and is left behind; what is committed is safe",
          turns.holder,
          file);
    }
    return free;
  }

  private static void closeQuietly(@Nullable Connection connection) {
    if (connection != null) {
      try {
        connection.close();
      } catch (SQLException closing) {
        LOGGER.log(
            System.Logger.Level.WARNING, "closing the state database: {0}", closing.getMessage());
      }
    }
  }

  /** Who works with a connection: one at a time, first come first served, known by name. */
  private static final class Turns {
    private final ReentrantLock lock = new ReentrantLock(true);
    private volatile String holder = "nobody";

    void begin(String component) {
      lock.lock();
      holder = component;
    }

    /** Begins the last turn, unless it does not come by then. */
    boolean beginBy(long end) {
      try {
        return lock.tryLock(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
      } catch (InterruptedException hurried) {
        Thread.currentThread().interrupt();
        return lock.tryLock();
      }
    }

    void end() {
      holder = "nobody";
      lock.unlock();
    }
  }

  /** One component's view. */
  private final class Store implements StateStore {
    private final String component;

    Store(String component) {
      this.component = component;
    }

    @Override
    public String table(String name) {
      return "\"" + (component + "_" + name).replace("\"", "\"\"") + "\"";
    }

    @Override
    public void migrate(List<String> steps) throws ComponentException {
      int done = StateDatabase.this.transact(component, this::stepsDone);
      if (done > steps.size()) {
        throw new ComponentException(
            Outcome.Kind.FATAL,
            "%s was written by a newer version (%d steps, this version knows %d); use that version, or move the file away"
                .formatted(file, done, steps.size()));
      }
      if (done == steps.size()) {
        return;
      }
      StateDatabase.this.<Integer>transact(component, connection -> apply(connection, steps, done));
    }

    private int stepsDone(Connection connection) throws SQLException {
      try (PreparedStatement query =
          connection.prepareStatement(
              "SELECT steps FROM modelvane_migrations WHERE component = ?")) {
        query.setString(1, component);
        try (ResultSet row = query.executeQuery()) {
          return row.next() ? row.getInt(1) : 0;
        }
      }
    }

    private int apply(Connection connection, List<String> steps, int done) throws SQLException {
      try (Statement statement = connection.createStatement()) {
        for (String step : steps.subList(done, steps.size())) {
          statement.execute(step);
        }
      }
      try (PreparedStatement update =
          connection.prepareStatement(
              "INSERT OR REPLACE INTO modelvane_migrations VALUES (?,?,?)")) {
        update.setString(1, component);
        update.setInt(2, steps.size());
        update.setInt(3, steps.hashCode());
        return update.executeUpdate();
      }
    }

    @Override
    public <T> T transact(Work<T> work) throws ComponentException {
      return StateDatabase.this.transact(component, work);
    }

    @Override
    public <T> T read(Work<T> work) throws ComponentException {
      return StateDatabase.this.read(component, work);
    }
  }
}
