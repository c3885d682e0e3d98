package io.modelvane.alerting.response;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelvane.alerting.response.Response.Acknowledgement;
import io.modelvane.alerting.response.Response.Remark;
import io.modelvane.alerting.response.Response.Snooze;
import io.modelvane.alerting.sql.Schema;
import io.modelvane.engine.state.StateDatabase;
import io.modelvane.testkit.TestClock;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AcknowledgementsTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final Instant ONE = NOON.plus(Duration.ofHours(1));
  private static final Remark ADA = new Remark("ada", "looking");

  @TempDir Path folder;
  private final TestClock clock = TestClock.at(NOON);
  private final List<String> heard = new ArrayList<>();
  private StateDatabase database;
  private Acknowledgements acknowledgements;

  private final class Hearing implements Acknowledgements.Consequences {
    @Override
    public boolean isOpen(Connection connection, String incident) {
      return incident.startsWith("open");
    }

    @Override
    public void acknowledged(Connection connection, String incident, Acknowledgement said) {
      heard.add("acknowledged " + incident);
    }

    @Override
    public void unacknowledged(Connection connection, String incident, Acknowledgement said) {
      heard.add("unacknowledged " + incident + " by " + said.remark().author());
    }

    @Override
    public void snoozed(Connection connection, String incident, Snooze said) {
      heard.add("snoozed " + incident + " until " + said.until());
    }

    @Override
    public void committed() {}
  }

  @BeforeEach
  void open() throws Exception {
    database = new StateDatabase(folder.resolve("state.db"));
    acknowledgements = opened();
  }

  private Acknowledgements opened() throws Exception {
    var store = database.store("sink_alerting");
    Acknowledgements opened = new Acknowledgements(store, clock, new Hearing());
    new Schema(store).migrate("responses", opened.steps());
    return opened;
  }

  @AfterEach
  void close() throws Exception {
    database.close();
  }

  @Test
  void whatWasSaidIsThereAfterARestart() throws Exception {
    var unused = acknowledgements.acknowledge("open-1", ADA);
    Response both = acknowledgements.snooze("open-1", ONE, ADA).orElseThrow();
    assertThat(both.acknowledged()).contains(new Acknowledgement(ADA, NOON));
    assertThat(both.snoozed()).contains(new Snooze(ADA, NOON, ONE));
    assertThat(opened().find("open-1")).isEqualTo(both);
    assertThat(opened().list()).containsOnlyKeys("open-1").containsValue(both);
    assertThat(heard).containsExactly("acknowledged open-1", "snoozed open-1 until " + ONE);
  }

  @Test
  void anAcknowledgementIsTakenBackOnce() throws Exception {
    var unused = acknowledgements.acknowledge("open-1", ADA);
    assertThat(acknowledgements.unacknowledge("open-1", ADA).orElseThrow().acknowledged())
        .isEmpty();
    assertThat(acknowledgements.unacknowledge("open-1", ADA)).isPresent();
    assertThat(opened().find("open-1").acknowledged()).isEmpty();
    assertThat(heard).containsExactly("acknowledged open-1", "unacknowledged open-1 by ada");
  }

  @Test
  void nothingIsSaidToWhatIsOverOrWasNever() throws Exception {
    assertThat(acknowledgements.acknowledge("gone", ADA)).isEmpty();
    assertThat(acknowledgements.unacknowledge("gone", ADA)).isEmpty();
    assertThat(acknowledgements.snooze("gone", ONE, ADA)).isEmpty();
    assertThat(acknowledgements.wake("gone", ADA)).isEmpty();
    assertThat(acknowledgements.list()).isEmpty();
    assertThat(heard).isEmpty();
  }

  @Test
  void aSnoozeLastsUntilItsTimeOrUntilItIsEnded() throws Exception {
    Response snoozed = acknowledgements.snooze("open-1", ONE, ADA).orElseThrow();
    assertThat(snoozed.quietUntil(NOON)).contains(ONE);
    assertThat(snoozed.quietUntil(ONE)).isEmpty();
    clock.advance(Duration.ofMinutes(1));
    Response woken = acknowledgements.wake("open-1", ADA).orElseThrow();
    assertThat(woken.quietUntil(clock.instant())).isEmpty();
  }

  @Test
  void whatWasSaidIsForgottenWithItsIncident() throws Exception {
    var unused = acknowledgements.acknowledge("open-1", ADA);
    unused = acknowledgements.acknowledge("open-2", ADA);
    database
        .store("sink_alerting")
        .<Boolean>transact(
            connection -> {
              acknowledgements.forget(connection, "open-1");
              return true;
            });
    assertThat(acknowledgements.list()).containsOnlyKeys("open-2");
  }

  @Test
  void nonsenseIsRefusedWithWordsForTheUser() {
    assertThatThrownBy(() -> new Remark(" ", "x")).hasMessageContaining("author is missing");
    assertThatThrownBy(() -> new Remark("x".repeat(2001), "")).hasMessageContaining("2000");
    assertThatThrownBy(() -> acknowledgements.snooze("open-1", NOON, ADA))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("over already");
  }
}
