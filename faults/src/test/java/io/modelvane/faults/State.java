package io.modelvane.faults;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** The file of alerting's state, seen from outside. */
final class State {
  private State() {}

  /** As a version would have left it that knows so many steps more. */
  static void age(Path data, int steps) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + data.resolve("state.db"));
        Statement statement = connection.createStatement()) {
      int changed =
          statement.executeUpdate("UPDATE modelvane_migrations SET steps = steps + " + steps);
      if (changed == 0) {
        throw new AssertionError("the state holds nothing");
      }
    }
  }
}
