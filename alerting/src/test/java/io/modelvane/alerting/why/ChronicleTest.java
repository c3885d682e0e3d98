package io.modelvane.alerting.why;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelvane.alerting.incident.IncidentChange;
import io.modelvane.alerting.incident.Incidents;
import io.modelvane.alerting.sql.Schema;
import io.modelvane.alerting.sql.Sql;
import io.modelvane.engine.state.StateDatabase;
import io.modelvane.spi.ComponentException;
import io.modelvane.spi.Level;
import io.modelvane.spi.Series;
import io.modelvane.spi.StateStore;
import io.modelvane.spi.Status;
import io.modelvane.spi.Tag;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is kept of changes of levels, and for how long. */
class ChronicleTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final Series SERIES = Series.of("calls", List.of(new Tag("model", "a")));

  @TempDir Path folder;
  private StateDatabase database;
  private StateStore store;
  private Chronicle chronicle;

  @BeforeEach
  void open() throws ComponentException {
    database = new StateDatabase(folder.resolve("state.db"));
    store = database.store("sink_alerting");
    chronicle = new Chronicle(store, 5);
    new Schema(store).migrate("why", chronicle.steps());
    store.<Boolean>transact(
        connection -> {
          Sql.of("CREATE TABLE " + store.table("pipelines") + " (complete_until INTEGER)")
              .update(connection);
          return true;
        });
  }

  @AfterEach
  void close() {
    database.close();
  }

  private static IncidentChange change(Instant at, double value) {
    Status status =
        new Status(
            "high",
            "threshold",
            SERIES,
            Level.CRIT,
            at,
            at,
            Optional.of("score"),
            OptionalDouble.of(value),
            "score is " + value,
            Map.of("threshold", "> 0.7"));
    return Incidents.open(status, Long.toHexString(at.toEpochMilli()));
  }

  private void write(Instant now, IncidentChange... changes) throws ComponentException {
    store.<Boolean>transact(
        connection -> {
          chronicle.write(connection, List.of(changes), now);
          return true;
        });
  }

  private List<Verdict> all() throws ComponentException {
    return store.read(
        connection -> chronicle.list(connection, OptionalLong.empty(), 100, verdict -> true));
  }

  @Test
  void aChangeIsKeptWithWhatItRestedOn() throws ComponentException {
    store.<Integer>transact(
        connection ->
            Sql.of(
                    "INSERT INTO " + store.table("pipelines") + " VALUES (?), (?)",
                    2_000_000_000L,
                    1_000_000_000L)
                .update(connection));
    IncidentChange change = change(NOW, 0.9);
    write(NOW, change);

    Verdict kept = all().get(0);
    assertThat(kept.status()).isEqualTo(change.status());
    assertThat(kept.incident()).isEqualTo(change.incident().id());
    assertThat(kept.previous()).isEqualTo(Level.OK);
    assertThat(kept.complete()).as("the least of all pipelines").hasValue(Instant.ofEpochSecond(1));
  }

  @Test
  void whileAPipelineHasToldNothingItIsNotKnownWhatHadArrived() throws ComponentException {
    store.<Integer>transact(
        connection ->
            Sql.of("INSERT INTO " + store.table("pipelines") + " VALUES (0), (1000000000)")
                .update(connection));
    write(NOW, change(NOW, 0.9));
    assertThat(all().get(0).complete()).isEmpty();
  }

  @Test
  void onlySoManyAreKeptAndTheOldestGoFirst() throws ComponentException {
    List<IncidentChange> many = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      many.add(change(NOW.plusSeconds(i), i));
    }
    write(NOW.plusSeconds(12), many.toArray(IncidentChange[]::new));

    assertThat(all())
        .extracting(verdict -> verdict.status().value().orElseThrow())
        .containsExactly(11.0, 10.0, 9.0, 8.0, 7.0);
  }

  @Test
  void afterSevenDaysAChangeIsForgotten() throws ComponentException {
    write(NOW, change(NOW, 1));
    Instant later = NOW.plus(Chronicle.KEPT).plus(Duration.ofMinutes(1));
    write(later, change(later, 2));
    assertThat(all()).hasSize(1);
    assertThat(all().get(0).status().value()).hasValue(2);
  }

  @Test
  void whatIsRolledBackIsNotKept() throws ComponentException {
    try {
      store.<Boolean>transact(
          connection -> {
            chronicle.write(connection, List.of(change(NOW, 1)), NOW);
            throw new java.sql.SQLException("disk full");
          });
    } catch (ComponentException expected) {
      // what is tested follows
    }
    assertThat(all()).isEmpty();
    write(NOW, change(NOW, 1));
    assertThat(all()).hasSize(1);
  }

  @Test
  void whatWasBeforeAndAfterATimeIsFound() throws ComponentException {
    write(NOW, change(NOW, 1));
    write(NOW.plusSeconds(10), change(NOW.plusSeconds(10), 2));
    Chronicle.Subject subject = new Chronicle.Subject("high", SERIES.head());
    Instant between = NOW.plusSeconds(5);
    Optional<Verdict> before =
        store.read(connection -> chronicle.before(connection, subject, between));
    Optional<Verdict> after =
        store.read(connection -> chronicle.after(connection, subject, between));

    assertThat(before.orElseThrow().status().value()).hasValue(1);
    assertThat(after.orElseThrow().status().value()).hasValue(2);
    List<Series> series = store.read(connection -> chronicle.series(connection, "high"));
    assertThat(series).containsExactly(SERIES);
  }
}
