package io.modelvane.alerting.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelvane.alerting.response.Response.Remark;
import io.modelvane.alerting.silence.Matchers;
import io.modelvane.alerting.silence.Silence;
import io.modelvane.engine.state.StateDatabase;
import io.modelvane.spi.ComponentException;
import io.modelvane.spi.Delivery;
import io.modelvane.spi.IncidentStep;
import io.modelvane.spi.Level;
import io.modelvane.spi.Notification;
import io.modelvane.spi.Outcome;
import io.modelvane.testkit.TestContext;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several messages in one turn. */
class CourierTest {
  private static final Outcome AWAY = new Outcome.Retryable("connection refused");

  @TempDir Path folder;
  private final LedgerNotifier hook = new LedgerNotifier();
  private final Story first = new Story("first");
  private final Story second = new Story("second");
  private final Story third = new Story("third");
  private StateDatabase database;
  private TestContext context;
  private Plant plant;

  @BeforeEach
  void open() throws Exception {
    database = new StateDatabase(folder.resolve("state.db"));
    context = TestContext.named("alerting").state(database.store("sink_alerting")).build();
    hook.dropsRepeats = true;
    begin();
  }

  private void begin() throws Exception {
    plant = Plant.telling(context, "hook", hook);
  }

  @AfterEach
  void close() throws Exception {
    context.close();
    database.close();
  }

  private void happen(Story story, Level level) throws ComponentException {
    plant.change(story.to(level, context.clock().instant()));
  }

  private void allBreak() throws ComponentException {
    for (Story story : List.of(first, second, third)) {
      happen(story, Level.CRIT);
    }
  }

  private List<String> told() {
    return hook.arrived.stream().map(notification -> notification.incident().id()).toList();
  }

  @Test
  void aReceiverThatDropsRepeatsIsToldOfSeveralSeriesInOneTurn() throws Exception {
    allBreak();
    plant.turn("hook");
    assertThat(told()).containsExactly(first.incident(), second.incident(), third.incident());
    assertThat(hook.mostAtOnce).hasValue(1);
    assertThat(plant.marked()).isEmpty();
  }

  @Test
  void asManyCallsAreMadeAtATimeAsTheNotifierTakes() throws Exception {
    hook.concurrency = 2;
    CyclicBarrier both = new CyclicBarrier(2);
    for (int i = 0; i < 2; i++) {
      hook.then(
          notification -> {
            meet(both);
            return hook.arrive(notification);
          });
    }
    allBreak();
    plant.finish();
    assertThat(hook.mostAtOnce).hasValue(2);
    assertThat(told())
        .containsExactlyInAnyOrder(first.incident(), second.incident(), third.incident());
  }

  @Test
  void aPauseIsKeptThoughAnotherAttemptSucceedsAMomentLater() throws Exception {
    hook.concurrency = 2;
    CyclicBarrier both = new CyclicBarrier(2);
    AtomicReference<Thread> throttled = new AtomicReference<>();
    hook.then(
        notification -> {
          throttled.set(Thread.currentThread());
          meet(both);
          return Delivery.failed(new Outcome.Throttled(Duration.ofSeconds(40), "429"));
        });
    hook.then(
        notification -> {
          meet(both);
          while (hook.atOnce.get() > 1 || throttled.get().getState() == Thread.State.RUNNABLE) {
            Thread.onSpinWait(); // the other's result is there before this one's
          }
          return hook.arrive(notification);
        });
    allBreak();
    assertThat(plant.turn("hook"))
        .isAfterOrEqualTo(context.clock().instant().plus(Duration.ofSeconds(40)));
    assertThat(hook.arrived).hasSize(1);
  }

  @Test
  void attemptsThatFailTogetherAreOneFailure() throws Exception {
    hook.concurrency = Circuit.MANY;
    CyclicBarrier all = new CyclicBarrier(Circuit.MANY);
    for (int i = 0; i < Circuit.MANY; i++) {
      hook.then(
          notification -> {
            meet(all);
            return Delivery.failed(AWAY);
          });
      happen(new Story("together-" + i), Level.CRIT);
    }
    plant.turn("hook");
    assertThat(hook.attempts).hasSize(Circuit.MANY);
    happen(first, Level.CRIT);
    plant.turn("hook");
    assertThat(told()).contains(first.incident());
  }

  @Test
  void anEndpointThatWasAwayIsProbedWithOneNotification() throws Exception {
    hook.concurrency = 4;
    for (int i = 0; i < Circuit.MANY; i++) {
      hook.thenAway();
      happen(new Story("lost-" + i), Level.CRIT);
      plant.turn("hook");
    }
    allBreak();
    context.clock().advance(Duration.ofHours(1));
    plant.turn("hook");
    assertThat(told()).hasSize(1);
    plant.turn("hook");
    assertThat(told()).hasSizeGreaterThan(2);
  }

  @Test
  void anAcknowledgementThatWaitsAndIsTakenBackIsNotToldAnyMore() throws Exception {
    Remark ada = new Remark("ada", "");
    happen(first, Level.CRIT);
    plant.finish();
    assertThat(plant.interventions().acknowledgements().acknowledge(first.incident(), ada))
        .isPresent();
    hook.thenAway();
    plant.turn("hook");
    assertThat(plant.interventions().acknowledgements().unacknowledge(first.incident(), ada))
        .isPresent();
    plant.finish();
    assertThat(hook.steps()).containsExactly(IncidentStep.OPENED, IncidentStep.REPEATED);
  }

  private static void meet(CyclicBarrier barrier) {
    try {
      var unused = barrier.await(10, TimeUnit.SECONDS);
    } catch (InterruptedException | BrokenBarrierException | TimeoutException alone) {
      throw new IllegalStateException(alone);
    }
  }

  @Test
  void anyOtherIsToldOneByOneSoThatAtMostOneIsRepeated() throws Exception {
    hook.dropsRepeats = false;
    begin();
    allBreak();
    plant.turn("hook");
    assertThat(told()).containsExactly(first.incident());
    assertThat(plant.marked())
        .extracting(OutboxRow.Target::incident)
        .containsExactly(second.incident());
  }

  @Test
  void ofOneSeriesOneStepGoesOutInATurn() throws Exception {
    happen(first, Level.CRIT);
    hook.then(
        notification -> {
          happenNow(first, Level.WARN);
          return hook.arrive(notification);
        });
    plant.turn("hook");
    assertThat(hook.steps()).containsExactly(IncidentStep.OPENED);
    plant.turn("hook");
    assertThat(hook.steps()).containsExactly(IncidentStep.OPENED, IncidentStep.IMPROVED);
  }

  @Test
  void aFailureGivesBackTheRestAsIfItHadNotBeenTaken() throws Exception {
    allBreak();
    hook.then(AWAY);
    plant.turn("hook");
    assertThat(hook.attempts).hasSize(1);
    plant.finish();
    assertThat(told())
        .containsExactlyInAnyOrder(first.incident(), second.incident(), third.incident());
    assertThat(hook.arrived)
        .filteredOn(notification -> !notification.incident().id().equals(first.incident()))
        .extracting(Notification::attempt)
        .containsOnly(1);
  }

  @Test
  void whatIsGivenBackAndHasEndedMeanwhileIsNotTold() throws Exception {
    allBreak();
    hook.then(
        notification -> {
          happenNow(second, Level.OK);
          return Delivery.failed(AWAY);
        });
    plant.finish();
    assertThat(told()).containsExactlyInAnyOrder(first.incident(), third.incident());
  }

  @Test
  void whatIsGivenBackAndIsSilencedMeanwhileIsNotTold() throws Exception {
    allBreak();
    hook.then(
        notification -> {
          silenceNow(second);
          return Delivery.failed(AWAY);
        });
    plant.finish();
    assertThat(told()).containsExactlyInAnyOrder(first.incident(), third.incident());
    assertThat(plant.decisions(second.incident()))
        .extracting(DecisionRecord::kind)
        .endsWith(DecisionKind.HELD);
  }

  @Test
  void aSlowReceiverIsToldOfWhatIsFresh() throws Exception {
    allBreak();
    hook.then(
        notification -> {
          context.clock().advance(Duration.ofSeconds(1));
          happenNow(third, Level.OK);
          return hook.arrive(notification);
        });
    plant.finish();
    assertThat(told()).containsExactly(first.incident(), second.incident());
  }

  @Test
  void afterACrashEachIsRepeatedOnceUnderItsOwnId() throws Exception {
    allBreak();
    List<Notification> before = new ArrayList<>();
    hook.then(hook::arrive);
    hook.then(
        notification -> {
          before.addAll(hook.arrived);
          throw new Crash();
        });
    assertThatThrownBy(() -> plant.turn("hook")).isInstanceOf(Crash.class);
    plant.boot();
    plant.finish();
    assertThat(before).hasSize(1);
    assertThat(hook.arrived).hasSize(4).extracting(Notification::id).contains(before.get(0).id());
    assertThat(hook.arrived.stream().map(Notification::id).distinct()).hasSize(3);
  }

  private void silenceNow(Story story) {
    Instant now = context.clock().instant();
    Matchers matchers = Matchers.parse(Map.of("model", story.model()));
    try {
      plant
          .interventions()
          .silences()
          .create(new Silence.Draft(matchers, now, now.plusSeconds(86_400), "ada", ""));
    } catch (ComponentException failed) {
      throw new AssertionError(failed);
    }
  }

  private void happenNow(Story story, Level level) {
    try {
      happen(story, level);
    } catch (ComponentException failed) {
      throw new AssertionError(failed);
    }
  }
}
