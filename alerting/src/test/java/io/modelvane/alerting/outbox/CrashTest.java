package io.modelvane.alerting.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelvane.alerting.outbox.CrashingStore.Moment;
import io.modelvane.engine.state.StateDatabase;
import io.modelvane.spi.IncidentStep;
import io.modelvane.spi.Level;
import io.modelvane.spi.Notification;
import io.modelvane.testkit.TestContext;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The process ends between every two steps of a delivery. */
class CrashTest {
  @TempDir Path folder;
  private final LedgerNotifier slack = new LedgerNotifier();
  private final Deque<Moment> moments = new ArrayDeque<>();
  private final Story model = new Story("credit");
  private StateDatabase database;
  private TestContext context;
  private Plant plant;

  @BeforeEach
  void open() throws Exception {
    database = new StateDatabase(folder.resolve("state.db"));
    context =
        TestContext.named("alerting")
            .state(
                new CrashingStore(
                    database.store("sink_alerting"),
                    () -> moments.isEmpty() ? Moment.NEVER : moments.removeFirst()))
            .build();
    plant = Plant.telling(context, "slack", slack);
  }

  @AfterEach
  void close() throws Exception {
    context.close();
    database.close();
  }

  private void happen(Level level) throws Exception {
    plant.change(model.to(level, context.clock().instant()));
  }

  private void crashesIn(ThrowingCallable part) throws Exception {
    assertThatThrownBy(part).isInstanceOf(Crash.class);
    plant.boot();
  }

  private void restIsToldOnce() throws Exception {
    plant.finish();
    happen(Level.OK);
    plant.finish();
    assertThat(slack.steps()).containsExactly(IncidentStep.OPENED, IncidentStep.RESOLVED);
  }

  @Test
  void beforeTheStepIsCommittedThereIsNothingToTell() throws Exception {
    moments.add(Moment.BEFORE_COMMIT);
    var change = model.to(Level.CRIT, context.clock().instant());
    crashesIn(() -> plant.change(change));
    plant.finish();
    assertThat(slack.attempts).isEmpty();
    plant.change(change);
    restIsToldOnce();
  }

  @Test
  void afterTheStepIsCommittedItIsTold() throws Exception {
    moments.add(Moment.AFTER_COMMIT);
    crashesIn(() -> happen(Level.CRIT));
    restIsToldOnce();
    assertThat(slack.arrived).noneMatch(Notification::possibleRepeat);
  }

  @Test
  void beforeTheAttemptIsMarkedItIsToldUnmarked() throws Exception {
    happen(Level.CRIT);
    moments.add(Moment.BEFORE_COMMIT);
    crashesIn(() -> plant.turn("slack"));
    assertThat(slack.attempts).isEmpty();
    restIsToldOnce();
    assertThat(slack.arrived).noneMatch(Notification::possibleRepeat);
  }

  @Test
  void betweenTheMarkAndTheSendItIsToldAsAPossibleRepeat() throws Exception {
    happen(Level.CRIT);
    moments.add(Moment.AFTER_COMMIT);
    crashesIn(() -> plant.turn("slack"));
    assertThat(slack.attempts).isEmpty();
    restIsToldOnce();
    assertThat(slack.arrived).extracting(Notification::possibleRepeat).containsExactly(true, false);
  }

  @Test
  void afterTheSendItIsToldOnceMoreAndMarked() throws Exception {
    happen(Level.CRIT);
    slack.then(
        notification -> {
          slack.arrived.add(notification);
          throw new Crash();
        });
    crashesIn(() -> plant.turn("slack"));
    plant.finish();
    assertThat(slack.steps()).containsExactly(IncidentStep.OPENED, IncidentStep.OPENED);
    assertThat(slack.arrived).extracting(Notification::possibleRepeat).containsExactly(false, true);
    assertThat(slack.arrived).extracting(Notification::id).containsOnly(slack.arrived.get(0).id());
  }

  @Test
  void beforeTheResultIsCommittedItIsToldOnceMoreAndMarked() throws Exception {
    happen(Level.CRIT);
    moments.add(Moment.NEVER);
    moments.add(Moment.BEFORE_COMMIT);
    crashesIn(() -> plant.turn("slack"));
    plant.finish();
    assertThat(slack.arrived).extracting(Notification::possibleRepeat).containsExactly(false, true);
  }

  @Test
  void afterTheResultIsCommittedItIsNotToldAgain() throws Exception {
    happen(Level.CRIT);
    moments.add(Moment.NEVER);
    moments.add(Moment.AFTER_COMMIT);
    crashesIn(() -> plant.turn("slack"));
    restIsToldOnce();
    assertThat(slack.arrived).noneMatch(Notification::possibleRepeat);
  }

  @Test
  void anIncidentThatEndsWhileTheProcessIsDownIsResolved() throws Exception {
    happen(Level.CRIT);
    slack.then(
        notification -> {
          slack.arrived.add(notification);
          throw new Crash();
        });
    crashesIn(() -> plant.turn("slack"));
    happen(Level.OK);
    plant.finish();
    assertThat(slack.steps()).containsExactly(IncidentStep.OPENED, IncidentStep.RESOLVED);
    assertThat(slack.arrived).noneMatch(Notification::possibleRepeat);
  }
}
