package io.modelvane.alerting;

import io.modelvane.spi.ComponentException;
import io.modelvane.spi.Outcome;
import io.modelvane.spi.StateStore;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** A SQLite database in memory: what is committed survives a restart of the sink, not more. */
final class MemoryStore implements StateStore, AutoCloseable {
  private final Connection connection;
  private int steps;

  MemoryStore() throws SQLException {
    connection = DriverManager.getConnection("jdbc:sqlite::memory:");
    connection.setAutoCommit(false);
  }

  @Override
  public String table(String name) {
    return "\"alerting_" + name + "\"";
  }

  @Override
  public void migrate(List<String> all) throws ComponentException {
    List<String> missing = all.subList(steps, all.size());
    this.<Boolean>transact(
        c -> {
          try (Statement statement = c.createStatement()) {
            for (String step : missing) {
              statement.execute(step);
            }
          }
          return true;
        });
    steps = all.size();
  }

  @Override
  public <T> T transact(Work<T> work) throws ComponentException {
    try {
      boolean done = false;
      try {
        T result = work.run(connection);
        connection.commit();
        done = true;
        return result;
      } finally {
        if (!done) {
          connection.rollback();
        }
      }
    } catch (SQLException failed) {
      throw new ComponentException(Outcome.Kind.RETRYABLE, String.valueOf(failed), failed);
    }
  }

  @Override
  public <T> T read(Work<T> work) throws ComponentException {
    return transact(work);
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
