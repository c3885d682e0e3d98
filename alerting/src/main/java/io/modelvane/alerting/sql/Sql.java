package io.modelvane.alerting.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One statement with its values. Values are texts, integers and bytes. */
public record Sql(String text, List<Object> values) {
  /** Makes a row of a result. */
  @FunctionalInterface
  public interface Mapper<T> {
    /** Reads the current row. */
    T map(ResultSet row) throws SQLException;
  }

  /** A statement. */
  public static Sql of(String text, Object... values) {
    return new Sql(text, List.of(values));
  }

  /** Runs it; how many rows it changed. */
  public int update(Connection connection) throws SQLException {
    try (PreparedStatement statement = prepare(connection)) {
      return statement.executeUpdate();
    }
  }

  /** All rows of its result. */
  public <T> List<T> list(Connection connection, Mapper<T> mapper) throws SQLException {
    List<T> rows = new ArrayList<>();
    try (PreparedStatement statement = prepare(connection);
        ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        rows.add(mapper.map(row));
      }
    }
    return rows;
  }

  /** The first row of its result. */
  public <T> Optional<T> first(Connection connection, Mapper<T> mapper) throws SQLException {
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
