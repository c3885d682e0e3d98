package io.modelvane.alerting.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelvane.alerting.rule.LevelChoice;
import io.modelvane.spi.Delivery;
import io.modelvane.spi.IncidentStep;
import io.modelvane.spi.Level;
import io.modelvane.spi.Notification;
import io.modelvane.spi.Outcome;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutboxUnsentTest {
  @TempDir Path folder;
  private OutboxRig rig;

  @BeforeEach
  void open() {
    rig = new OutboxRig(folder);
  }

  @AfterEach
  void close() throws Exception {
    rig.close();
  }

  @Test
  void aTriggerThatNeverArrivedIsCancelledWithItsResolve() throws Exception {
    rig.slack.then(new Outcome.Throttled(OutboxRig.MINUTE, "429"));
    rig.rules.put("tell", RuleMaker.all("slack"));
    rig.start();
    rig.happen(Level.CRIT);
    OutboxRig.soon().until(() -> rig.attempts("throttled") == 1);
    OutboxRig.soon().until(() -> rig.states("slack").equals(List.of("OPENED DUE")));
    rig.happen(Level.OK);
    assertThat(rig.states("slack")).containsExactly("OPENED CANCELLED", "RESOLVED CANCELLED");
    rig.context.clock().advance(OutboxRig.MINUTE);
    rig.happen(Level.CRIT);
    rig.settled();
    assertThat(rig.slack.steps()).containsExactly(IncidentStep.OPENED);
    assertThat(rig.slack.arrived.get(0).incident().id()).isEqualTo("credit-2");
  }

  @Test
  void whatWasNeverSentIsNoPossibleRepeatWhenItIsTriedAgain() throws Exception {
    rig.slack.thenAway().thenAway();
    rig.rules.put("tell", RuleMaker.all("slack"));
    rig.start();
    rig.happen(Level.CRIT);
    rig.settled();
    assertThat(rig.slack.attempts).extracting(Notification::attempt).containsExactly(1, 2, 3);
    assertThat(rig.slack.attempts).noneMatch(Notification::possibleRepeat);
    assertThat(rig.slack.steps()).containsExactly(IncidentStep.OPENED);
  }

  @Test
  void oneAttemptThatMayHaveArrivedIsEnoughForAPossibleRepeat() throws Exception {
    rig.slack.then(new Outcome.Retryable("connection reset")).thenAway();
    rig.rules.put("tell", RuleMaker.all("slack"));
    rig.start();
    rig.happen(Level.CRIT);
    rig.settled();
    assertThat(rig.slack.attempts)
        .extracting(Notification::possibleRepeat)
        .containsExactly(false, true, true);
  }

  @Test
  void aTriggerThatWasNeverSentIsCancelledWithItsResolve() throws Exception {
    rig.slack.thenAway();
    rig.rules.put("tell", RuleMaker.all("slack"));
    rig.start();
    rig.happen(Level.CRIT);
    OutboxRig.soon().until(() -> rig.attempts("retryable") == 1);
    OutboxRig.soon().until(() -> rig.states("slack").equals(List.of("OPENED DUE")));
    rig.happen(Level.OK);
    rig.settled();
    assertThat(rig.slack.arrived).isEmpty();
    assertThat(rig.states("slack")).containsExactly("OPENED CANCELLED", "RESOLVED CANCELLED");
  }

  @Test
  void aTriggerThatMayHaveArrivedIsFollowedByItsResolve() throws Exception {
    CountDownLatch resolved = new CountDownLatch(1);
    rig.slack.then(
        notification -> {
          resolved.await();
          return Delivery.failed(new Outcome.Retryable("connection reset"));
        });
    rig.rules.put("tell", RuleMaker.all("slack"));
    rig.start();
    rig.happen(Level.CRIT);
    OutboxRig.soon().until(() -> rig.slack.attempts.size() == 1);
    rig.happen(Level.OK);
    resolved.countDown();
    rig.settled();
    assertThat(rig.slack.steps()).containsExactly(IncidentStep.RESOLVED);
    assertThat(rig.states("slack")).containsExactly("OPENED SUPERSEDED", "RESOLVED SENT");
  }

  @Test
  void aTriggerRefusedWhileTheIncidentEndsIsCancelledWithItsResolve() throws Exception {
    CountDownLatch resolved = new CountDownLatch(1);
    rig.slack.then(
        notification -> {
          resolved.await();
          return OutboxRig.refused();
        });
    rig.rules.put("tell", RuleMaker.all("slack"));
    rig.start();
    rig.happen(Level.CRIT);
    OutboxRig.soon().until(() -> rig.slack.attempts.size() == 1);
    rig.happen(Level.OK);
    resolved.countDown();
    rig.settled();
    assertThat(rig.slack.arrived).isEmpty();
    assertThat(rig.states("slack")).containsExactly("OPENED CANCELLED", "RESOLVED CANCELLED");
  }

  @Test
  void anUnsentStepIsSupersededByTheNextWhichTellsWhereThingsStand() throws Exception {
    rig.slack.then(new Outcome.Throttled(OutboxRig.MINUTE, "429"));
    rig.rules.put("tell", RuleMaker.all("slack"));
    rig.start();
    rig.happen(Level.WARN);
    OutboxRig.soon()
        .until(
            () ->
                rig.states("slack").equals(List.of("OPENED DUE"))
                    && rig.slack.attempts.size() == 1);
    rig.happen(Level.CRIT);
    rig.context.clock().advance(OutboxRig.MINUTE);
    rig.outbox.wake();
    rig.settled();
    assertThat(rig.slack.steps()).containsExactly(IncidentStep.OPENED);
    assertThat(rig.slack.arrived.get(0).incident().level()).isEqualTo(Level.CRIT);
    assertThat(rig.slack.arrived.get(0).previous()).isEqualTo(Level.OK);
    assertThat(rig.slack.arrived.get(0).attempt()).isEqualTo(1);
  }

  @Test
  void aRetryTellsTheIncidentAsItStandsThen() throws Exception {
    rig.slack.then(new Outcome.Throttled(OutboxRig.MINUTE, "429"));
    rig.rules.put("page", RuleMaker.to(LevelChoice.CRIT, "slack"));
    rig.start();
    rig.happen(Level.WARN);
    rig.happen(Level.CRIT);
    OutboxRig.soon().until(() -> rig.slack.attempts.size() == 1);
    rig.happen(Level.WARN);
    rig.context.clock().advance(OutboxRig.MINUTE);
    rig.outbox.wake();
    rig.settled();
    Notification told = rig.slack.arrived.get(0);
    assertThat(told.incident().level()).isEqualTo(Level.WARN);
    assertThat(told.incident().worst()).isEqualTo(Level.CRIT);
    assertThat(told.step()).isEqualTo(IncidentStep.IMPROVED);
    assertThat(told.previous()).isEqualTo(Level.CRIT);
  }
}
