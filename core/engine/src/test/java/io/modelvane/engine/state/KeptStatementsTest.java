package io.modelvane.engine.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sqlite.SQLiteDataSource;

class KeptStatementsTest {
  private static final String INSERT = "INSERT INTO t VALUES (?)";
  private static final String SELECT = "SELECT v FROM t WHERE v > ? ORDER BY v";

  private Connection plain;
  private Connection kept;

  @BeforeEach
  void open() throws SQLException {
    SQLiteDataSource source = new SQLiteDataSource();
    source.setUrl("jdbc:sqlite::memory:");
    plain = source.getConnection();
    kept = KeptStatements.of(plain);
    try (Statement statement = kept.createStatement()) {
      statement.execute("CREATE TABLE t (v INTEGER UNIQUE CHECK (v IS NOT NULL))");
    }
  }

  @AfterEach
  void close() throws SQLException {
    plain.close();
  }

  private void insert(int value) throws SQLException {
    try (PreparedStatement statement = kept.prepareStatement(INSERT)) {
      statement.setInt(1, value);
      statement.executeUpdate();
    }
  }

  private int first(int above) throws SQLException {
    try (PreparedStatement statement = kept.prepareStatement(SELECT)) {
      statement.setInt(1, above);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() ? row.getInt(1) : -1;
      }
    }
  }

  @Test
  void aStatementServesAgainWithValuesOfItsOwn() throws SQLException {
    insert(1);
    insert(2);
    assertThat(first(0)).isEqualTo(1);
    assertThat(first(1)).isEqualTo(2);
    try (PreparedStatement statement = kept.prepareStatement(INSERT)) {
      assertThatThrownBy(statement::executeUpdate)
          .as("no value is left from before")
          .isInstanceOf(SQLException.class);
    }
  }

  @Test
  void aBatchThatWasNotRunIsForgotten() throws SQLException {
    try (PreparedStatement statement = kept.prepareStatement(INSERT)) {
      statement.setInt(1, 1);
      statement.addBatch();
    }
    try (PreparedStatement statement = kept.prepareStatement(INSERT)) {
      statement.setInt(1, 2);
      statement.addBatch();
      statement.executeBatch();
    }
    assertThat(first(0)).isEqualTo(2);
  }

  @Test
  void twoWithOneTextAtATimeAreTwo() throws SQLException {
    insert(1);
    insert(2);
    try (PreparedStatement outer = kept.prepareStatement(SELECT)) {
      outer.setInt(1, 0);
      try (ResultSet row = outer.executeQuery()) {
        assertThat(row.next()).isTrue();
        assertThat(first(1)).isEqualTo(2);
        assertThat(row.next()).isTrue();
        assertThat(row.getInt(1)).isEqualTo(2);
      }
    }
  }

  @Test
  void oneThatFailedIsNotUsedAgainAndAnotherWorks() throws SQLException {
    insert(1);
    assertThatThrownBy(() -> insert(1)).isInstanceOf(SQLException.class);
    insert(2);
    assertThat(first(1)).isEqualTo(2);
  }

  @Test
  void aTableThatChangesIsSeen() throws SQLException {
    insert(1);
    try (Statement statement = kept.createStatement()) {
      statement.execute("ALTER TABLE t ADD COLUMN w INTEGER DEFAULT 7");
    }
    assertThat(first(0)).isEqualTo(1);
  }

  @Test
  void aClosedOneIsOfNoUse() throws SQLException {
    PreparedStatement statement = kept.prepareStatement(SELECT);
    statement.close();
    statement.close();
    assertThatThrownBy(() -> statement.setInt(1, 1)).isInstanceOf(SQLException.class);
  }
}
