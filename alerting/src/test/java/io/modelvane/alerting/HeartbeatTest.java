package io.modelvane.alerting;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelvane.alerting.outbox.Outbox;
import io.modelvane.alerting.rule.Policy;
import io.modelvane.engine.state.StateDatabase;
import io.modelvane.spi.Delivery;
import io.modelvane.spi.Health;
import io.modelvane.spi.Level;
import io.modelvane.spi.Notification;
import io.modelvane.spi.NotifierRef;
import io.modelvane.spi.Outcome;
import io.modelvane.testkit.TestContext;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whether somebody outside hears that evaluation goes on, and only then. */
class HeartbeatTest {
  @TempDir Path folder;
  private final List<Notification> heard = new ArrayList<>();
  private Outcome answer = Outcome.DONE;
  private long watermark = Watermark.NONE;
  private StateDatabase database;
  private TestContext context;
  private Heartbeat heartbeat;

  @BeforeEach
  void prepare() {
    database = new StateDatabase(folder.resolve("state.db"));
    context =
        TestContext.named("alerting")
            .secret("hunter2hunter2")
            .state(database.store("sink_alerting"))
            .notifier(
                "watchdog",
                notification -> {
                  heard.add(notification);
                  return new Delivery(answer, OptionalInt.empty(), "", Map.of());
                })
            .build();
    Outbox outbox = Outbox.create(Policy.of(Map.of()), context, Optional.empty(), Optional.empty());
    HeartbeatOptions options =
        new HeartbeatOptions(new NotifierRef("watchdog"), Duration.ofMinutes(1));
    heartbeat = new Heartbeat(options, context, outbox, () -> watermark);
  }

  @AfterEach
  void close() {
    context.close();
    database.close();
  }

  @Test
  void beatsAsLongAsEvaluationMovesOn() throws Exception {
    watermark = 1_000_000_000L;
    heartbeat.beat();
    watermark = 2_000_000_000L;
    context.clock().advance(Duration.ofMinutes(1));
    heartbeat.beat();

    assertThat(heard).hasSize(2);
    assertThat(heard.get(1).incident().level()).isEqualTo(Level.OK);
    assertThat(heard.get(1).status().message()).contains("1970-01-01T00:00:02Z");
    assertThat(heard.get(0).id()).isNotEqualTo(heard.get(1).id());
    assertThat(context.lastHealth()).isEqualTo(Health.UP);
  }

  @Test
  void isHeldBackWhenEvaluationStandsStill() throws Exception {
    heartbeat.beat();
    assertThat(heard).as("nothing is known yet").isEmpty();
    watermark = 1_000_000_000L;
    heartbeat.beat();
    heartbeat.beat();

    assertThat(heard).hasSize(1);
    assertThat(context.lastHealth().state()).isEqualTo(Health.State.DEGRADED);
    assertThat(context.lastHealth().reason())
        .isEqualTo(
            "heartbeat to watchdog is held back: evaluation has not moved on since the last one");
    watermark = 2_000_000_000L;
    heartbeat.beat();
    assertThat(heard).hasSize(2);
    assertThat(context.lastHealth()).isEqualTo(Health.UP);
  }

  @Test
  void whatTheOtherSideRefusesIsSaidWithoutSecretsAndNotTriedAgain() throws Exception {
    watermark = 1_000_000_000L;
    answer = new Outcome.Retryable("no route to hunter2hunter2");
    heartbeat.beat();

    assertThat(heard).hasSize(1);
    assertThat(context.lastHealth())
        .isEqualTo(
            new Health(
                Health.State.DEGRADED, "heartbeat to watchdog was not taken: no route to ****"));
  }
}
