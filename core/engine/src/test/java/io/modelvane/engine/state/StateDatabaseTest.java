package io.modelvane.engine.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.modelvane.spi.ComponentException;
import io.modelvane.spi.Outcome;
import io.modelvane.spi.StateStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateDatabaseTest {
  @TempDir Path temp;

  private @Nullable StateDatabase database;

  @AfterEach
  void close() {
    if (database != null) {
      database.close();
    }
  }

  private StateStore store(String component) {
    if (database == null) {
      database = new StateDatabase(temp.resolve("state.db"));
    }
    return database.store(component);
  }

  private void reopen() {
    close();
    database = null;
  }

  private static int run(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      return statement.executeUpdate(sql);
    }
  }

  private static int count(StateStore store) throws ComponentException {
    return store.read(
        connection -> {
          try (Statement statement = connection.createStatement();
              ResultSet row = statement.executeQuery("SELECT count(*) FROM " + store.table("t"))) {
            return row.getInt(1);
          }
        });
  }

  private static void migrate(StateStore store) throws ComponentException {
    store.migrate(List.of("CREATE TABLE " + store.table("t") + " (v INTEGER)"));
  }

  private static void insert(StateStore store) throws ComponentException {
    store.transact(c -> run(c, "INSERT INTO " + store.table("t") + " VALUES (1)"));
  }

  @Test
  void whatWasTransactedIsThereAfterReopening() throws ComponentException {
    migrate(store("a"));
    insert(store("a"));
    reopen();
    migrate(store("a"));
    assertThat(count(store("a"))).isEqualTo(1);
  }

  @Test
  void workThatFailsLeavesNothing() throws ComponentException {
    StateStore store = store("a");
    migrate(store);
    assertThatThrownBy(
            () ->
                store.transact(
                    c -> {
                      run(c, "INSERT INTO " + store.table("t") + " VALUES (1)");
                      throw new IllegalStateException("midway");
                    }))
        .hasMessage("midway");
    assertThatThrownBy(
            () ->
                store.transact(
                    c -> {
                      run(c, "INSERT INTO " + store.table("t") + " VALUES (1)");
                      return run(c, "no sql");
                    }))
        .isInstanceOf(ComponentException.class);
    assertThat(count(store)).isZero();
    insert(store);
    assertThat(count(store)).isEqualTo(1);
  }

  @Test
  void componentsHaveTablesOfTheirOwn() throws ComponentException {
    migrate(store("a"));
    migrate(store("b \"quoted\""));
    insert(store("a"));
    assertThat(count(store("b \"quoted\""))).isZero();
  }

  @Test
  void stepsRunOnceAndInOrder() throws ComponentException {
    StateStore store = store("a");
    String create = "CREATE TABLE " + store.table("t") + " (v INTEGER)";
    String fill = "INSERT INTO " + store.table("t") + " VALUES (7)";
    store.migrate(List.of(create));
    store.migrate(List.of(create, fill));
    store.migrate(List.of(create, fill));
    assertThat(count(store)).isEqualTo(1);
  }

  @Test
  void aStepThatFailsUndoesThoseBeforeIt() throws ComponentException {
    StateStore store = store("a");
    String create = "CREATE TABLE " + store.table("t") + " (v INTEGER)";
    assertThatThrownBy(() -> store.migrate(List.of(create, "no sql")))
        .isInstanceOf(ComponentException.class);
    store.migrate(List.of(create));
    assertThat(count(store)).isZero();
  }

  @Test
  void aDatabaseOfANewerVersionIsRefusedAndStaysAsItIs() throws Exception {
    StateStore newer = store("a");
    newer.migrate(List.of("CREATE TABLE " + newer.table("t") + " (v INTEGER)", "SELECT 1"));
    insert(newer);
    reopen();
    byte[] before = Files.readAllBytes(temp.resolve("state.db"));
    StateStore store = store("a");
    ComponentException failure =
        Objects.requireNonNull(
            catchThrowableOfType(ComponentException.class, () -> migrate(store)));
    assertThat(failure.kind()).isEqualTo(Outcome.Kind.FATAL);
    assertThat(failure)
        .hasMessageContaining("written by a newer version (2 steps, this version knows 1)");
    reopen();
    assertThat(Files.readAllBytes(temp.resolve("state.db"))).isEqualTo(before);
  }

  @Test
  void aFileThatIsNoDatabaseIsNamed() throws IOException {
    Files.writeString(temp.resolve("state.db"), "no database at all ".repeat(500));
    ComponentException failure =
        Objects.requireNonNull(
            catchThrowableOfType(ComponentException.class, () -> migrate(store("a"))));
    assertThat(failure.kind()).isEqualTo(Outcome.Kind.FATAL);
    assertThat(failure).hasMessageContaining("state.db is damaged").hasMessageContaining("backup");
  }

  @Test
  void aFullDiskIsRetryable() throws ComponentException {
    StateStore store = store("a");
    migrate(store);
    store.transact(
        c -> {
          try (Statement statement = c.createStatement()) {
            return statement.execute("PRAGMA max_page_count=20");
          }
        });
    String large = "INSERT INTO " + store.table("t") + " VALUES (zeroblob(1000000))";
    ComponentException failure =
        Objects.requireNonNull(
            catchThrowableOfType(
                ComponentException.class, () -> store.transact(c -> run(c, large))));
    assertThat(failure.kind()).isEqualTo(Outcome.Kind.RETRYABLE);
    assertThat(failure).hasMessageContaining("no space left");
    assertThat(count(store)).isZero();
    insert(store);
  }

  @Test
  void readersSeeWhatWasCommittedWhileAWriterWorks() throws ComponentException {
    StateStore store = store("a");
    migrate(store);
    int seen =
        store.transact(
            c -> {
              run(c, "INSERT INTO " + store.table("t") + " VALUES (1)");
              try {
                return count(store);
              } catch (ComponentException failed) {
                throw new IllegalStateException(failed);
              }
            });
    assertThat(seen).isZero();
    assertThat(count(store)).isEqualTo(1);
  }

  @Test
  void aComponentThatDoesNotLetGoHoldsUpNoClose() throws Exception {
    StateStore store = store("stuck");
    migrate(store);
    insert(store);
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch let = new CountDownLatch(1);
    Thread stuck = new Thread(() -> hold(store, inside, let), "stuck");
    stuck.start();
    inside.await();
    StateDatabase held = Objects.requireNonNull(database);
    assertTimeoutPreemptively(
        Duration.ofSeconds(20), () -> held.close(Duration.ofMillis(50)), "close waits for ever");
    let.countDown();
    stuck.join();
    reopen();
    assertThat(count(store("stuck"))).as("what was committed before").isPositive();
  }

  private static void hold(StateStore store, CountDownLatch inside, CountDownLatch let) {
    try {
      store.transact(
          connection -> {
            inside.countDown();
            awaitWhateverComes(let);
            return run(connection, "INSERT INTO " + store.table("t") + " VALUES (2)");
          });
    } catch (ComponentException unexpected) {
      throw new AssertionError(unexpected);
    }
  }

  private static void awaitWhateverComes(CountDownLatch let) {
    while (let.getCount() > 0) {
      try {
        let.await();
      } catch (InterruptedException ignored) {
        // that is what a component that is stuck does
      }
    }
  }
}
