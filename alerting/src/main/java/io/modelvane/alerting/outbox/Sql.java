package io.modelvane.alerting.outbox;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One statement with its values. Values are texts, integers and bytes. */
record Sql(String text, List<Object> values) {
  /** Makes a row of a result. */
  @FunctionalInterface
  interface Mapper<T> {
    /** Reads the current row. */
    T map(ResultSet row) throws SQLException;
  }

  static Sql of(String text, Object... values) {
    return new Sql(text, List.of(values));
  }

  int update(Connection connection) throws SQLException {
    try (PreparedStatement statement = prepare(connection)) {
      return statement.executeUpdate();
    }
  }

  <T> List<T> list(Connection connection, Mapper<T> mapper) throws SQLException {
    List<T> rows = new ArrayList<>();
    try (PreparedStatement statement = prepare(connection);
        ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        rows.add(mapper.map(row));
      }
    }
    return rows;
  }

  <T> Optional<T> first(Connection connection, Mapper<T> mapper) throws SQLException {
    return list(connection, mapper).stream().findFirst();
  }

  private PreparedStatement prepare(Connection connection) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(text);
    for (int i = 0; i < values.size(); i++) {
      statement.setObject(i + 1, values.get(i));
    }
    return statement;
  }
}
