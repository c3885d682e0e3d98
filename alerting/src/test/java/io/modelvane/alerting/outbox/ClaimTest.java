package io.modelvane.alerting.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelvane.engine.state.StateDatabase;
import io.modelvane.spi.ComponentException;
import io.modelvane.spi.Delivery;
import io.modelvane.spi.Level;
import io.modelvane.spi.Outcome;
import io.modelvane.spi.StateStore;
import io.modelvane.testkit.TestContext;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is planned while an endpoint rests is taken for it in the same transaction. */
class ClaimTest {
  @TempDir Path folder;
  private final LedgerNotifier hook = new LedgerNotifier();
  private final Story first = new Story("first");
  private final Story second = new Story("second");
  private StateDatabase database;
  private TestContext context;
  private Plant plant;

  @BeforeEach
  void open() throws Exception {
    database = new StateDatabase(folder.resolve("state.db"));
    context = TestContext.named("alerting").state(database.store("sink_alerting")).build();
    hook.dropsRepeats = true;
    plant = Plant.telling(context, "hook", hook);
  }

  @AfterEach
  void close() throws Exception {
    context.close();
    database.close();
  }

  private List<String> told() {
    return hook.arrived.stream().map(notification -> notification.incident().id()).toList();
  }

  /** One transaction of a step that is planned and of what is taken with it. */
  private void breaks(Story story, StateStore.Work<Boolean> taking) throws ComponentException {
    Instant now = context.clock().instant();
    var change = story.to(Level.CRIT, now);
    context
        .state()
        .transact(
            connection -> {
              plant.step(connection, change, now);
              return taking.run(connection);
            });
  }

  private void breakAndClaim(Story story) throws ComponentException {
    breaks(story, plant.courier("hook")::claim);
  }

  @Test
  void whatIsTakenWithThePlanIsMarkedWithItAndSentNext() throws Exception {
    plant.turn("hook");
    breakAndClaim(first);
    assertThat(plant.marked()).hasSize(1);
    assertThat(told()).isEmpty();
    plant.turn("hook");
    assertThat(told()).containsExactly(first.incident());
    assertThat(plant.marked()).isEmpty();
  }

  @Test
  void whatWasTakenWithAPlanThatIsRolledBackIsNotSent() throws Exception {
    plant.turn("hook");
    assertThatThrownBy(
            () ->
                breaks(
                    first,
                    connection -> {
                      var unused = plant.courier("hook").claim(connection);
                      throw new SQLException("disk full");
                    }))
        .hasMessageContaining("disk full");
    plant.courier("hook").unclaim();
    plant.finish();
    assertThat(told()).isEmpty();
    breakAndClaim(second);
    plant.finish();
    assertThat(told()).containsExactly(second.incident());
  }

  @Test
  void nothingIsTakenBeforeTheNotifierWasAskedByItsOwnThread() throws Exception {
    breakAndClaim(first);
    assertThat(plant.marked()).isEmpty();
    plant.finish();
    assertThat(told()).containsExactly(first.incident());
  }

  @Test
  void nothingIsTakenForAnEndpointThatRestsAfterAFailure() throws Exception {
    hook.then(
        notification -> Delivery.failed(new Outcome.Throttled(Duration.ofSeconds(40), "429")));
    plant.turn("hook");
    breakAndClaim(first);
    plant.turn("hook");
    breakAndClaim(second);
    assertThat(plant.marked()).isEmpty();
    plant.finish();
    assertThat(told()).containsExactlyInAnyOrder(first.incident(), second.incident());
  }

  @Test
  void whoPlansNeverWaitsForALaneThatIsBusy() throws Exception {
    CountDownLatch sending = new CountDownLatch(1);
    CountDownLatch answer = new CountDownLatch(1);
    hook.then(
        notification -> {
          sending.countDown();
          answer.await();
          return hook.arrive(notification);
        });
    Lane lane = new Lane(plant.courier("hook"), Clock.systemUTC());
    plant.change(first.to(Level.CRIT, context.clock().instant()));
    lane.start(context.executor());
    sending.await();
    plan(lane, second);
    assertThat(plant.marked()).as("what is being sent, and no more").hasSize(1);
    answer.countDown();
    Awaitility.await()
        .untilAsserted(
            () -> assertThat(told()).containsExactly(first.incident(), second.incident()));
    lane.askToStop();
    lane.join(Duration.ofSeconds(10));
  }

  @Test
  void aPlanThatIsRolledBackTakesNothingFromALaneThatIsAtWork() throws Exception {
    hook.dropsRepeats = false; // one by one: after a turn the next is in hand
    plant.change(first.to(Level.CRIT, context.clock().instant()));
    plant.change(second.to(Level.CRIT, context.clock().instant()));
    plant.turn("hook");
    assertThat(plant.marked()).hasSize(1);
    Lane lane = new Lane(plant.courier("hook"), Clock.systemUTC());
    assertThatThrownBy(
            () ->
                context
                    .state()
                    .transact(
                        connection -> {
                          lane.claim(connection);
                          throw new SQLException("disk full");
                        }))
        .hasMessageContaining("disk full");
    lane.unclaimed();
    plant.finish();
    assertThat(told()).containsExactly(first.incident(), second.incident());
  }

  private void plan(Lane lane, Story story) throws ComponentException {
    breaks(
        story,
        connection -> {
          lane.claim(connection);
          return true;
        });
    lane.claimed();
    lane.wake();
  }
}
