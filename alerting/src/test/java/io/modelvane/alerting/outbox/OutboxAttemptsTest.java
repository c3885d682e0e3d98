package io.modelvane.alerting.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelvane.alerting.rule.EndpointOptions;
import io.modelvane.alerting.rule.LimitOptions;
import io.modelvane.spi.Delivery;
import io.modelvane.spi.Health;
import io.modelvane.spi.IncidentStep;
import io.modelvane.spi.Level;
import io.modelvane.spi.Notification;
import io.modelvane.spi.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OutboxAttemptsTest {
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
  void aHangingEndpointDelaysNoOther() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    rig.slack.then(
        notification -> {
          release.await();
          return rig.slack.arrive(notification);
        });
    rig.rules.put("tell", RuleMaker.all("slack", "pager"));
    rig.start();
    rig.happen(Level.CRIT);
    OutboxRig.soon().until(() -> rig.pager.arrived.size() == 1 && rig.slack.attempts.size() == 1);
    rig.happen(Level.OK);
    OutboxRig.soon().until(() -> rig.pager.arrived.size() == 2 && rig.waiting() == 2);
    assertThat(rig.slack.arrived).isEmpty();
    release.countDown();
    rig.settled();
    assertThat(rig.slack.steps()).containsExactly(IncidentStep.OPENED, IncidentStep.RESOLVED);
    assertThat(rig.slack.mostAtOnce.get()).isEqualTo(1);
  }

  @Test
  void whatWaitsSaysWhyItHasFailedAndSoDoesWhatIsNeverSent() throws Exception {
    rig.slack.then(notification -> OutboxRig.refused());
    rig.rules.put("tell", RuleMaker.all("slack"));
    rig.start();
    rig.happen(Level.CRIT);
    OutboxRig.soon().until(() -> rig.attempts("retryable") == 1);
    OutboxRig.soon().until(() -> reason().equals("503"));
    assertThat(rig.waiting()).isEqualTo(1);
    rig.happen(Level.OK);
    OutboxRig.soon().until(() -> rig.waiting() == 0);
    assertThat(reason()).isEqualTo("503; the incident ended before it was sent");
  }

  /** What the outbox keeps of the first notification. */
  private String reason() throws Exception {
    OutboxView view = new OutboxView(rig.context.state());
    return rig.context
        .state()
        .read(connection -> view.notificationsOf(connection, rig.model.incident()))
        .get(0)
        .fate()
        .reason();
  }

  @Test
  void aCallThatTakesTooLongIsInterruptedAndMayHaveArrived() throws Exception {
    rig.slack.timeout = Duration.ofMillis(30);
    rig.slack.then(
        notification -> {
          rig.slack.arrived.add(notification);
          rig.slack.timeout = OutboxRig.MINUTE; // the next has time, however busy the machine is
          new CountDownLatch(1).await();
          throw new AssertionError("unreachable");
        });
    rig.rules.put("tell", RuleMaker.all("slack"));
    rig.start();
    rig.happen(Level.CRIT);
    rig.settled();
    assertThat(rig.slack.arrived).hasSize(2);
    assertThat(rig.slack.arrived.get(1).id()).isEqualTo(rig.slack.arrived.get(0).id());
    assertThat(rig.slack.arrived)
        .extracting(Notification::possibleRepeat)
        .containsExactly(false, true);
    assertThat(rig.slack.arrived.get(1).attempt()).isEqualTo(2);
    assertThat(rig.context.healths())
        .anyMatch(
            health ->
                health.state() == Health.State.DOWN
                    && health.reason().contains("endpoint slack does not answer within 30 ms"));
    assertThat(rig.context.lastHealth()).isEqualTo(Health.UP);
  }

  @Test
  void anInterruptThatCameLateDisturbsNothing() throws Exception {
    rig.slack.timeout = Duration.ofMillis(10);
    rig.slack.then(
        notification -> {
          while (!Thread.currentThread().isInterrupted()) {
            Thread.onSpinWait();
          }
          rig.slack.timeout = OutboxRig.MINUTE; // for the next
          return rig.slack.arrive(notification); // leaves the flag set
        });
    rig.rules.put("tell", RuleMaker.all("slack"));
    rig.start();
    rig.happen(Level.CRIT);
    rig.settled();
    rig.happen(Level.OK);
    rig.settled();
    assertThat(rig.slack.steps()).containsExactly(IncidentStep.OPENED, IncidentStep.RESOLVED);
  }

  @SuppressWarnings("unchecked") // throws what it does not declare, as other languages do
  private static <E extends Throwable> Delivery fail(Throwable failure) throws E {
    throw (E) failure;
  }

  private static List<Throwable> whatIsNoRuntimeException() {
    return List.of(
        new AssertionError("boom"), new IOException("boom"), new InterruptedException("boom"));
  }

  @ParameterizedTest
  @MethodSource("whatIsNoRuntimeException")
  void whateverANotifierThrowsIsTriedAgain(Throwable failure) throws Exception {
    rig.slack.then(notification -> OutboxAttemptsTest.<RuntimeException>fail(failure));
    rig.rules.put("tell", RuleMaker.all("slack"));
    rig.start();
    rig.happen(Level.CRIT);
    rig.settled();
    assertThat(rig.slack.steps()).containsExactly(IncidentStep.OPENED);
    assertThat(rig.slack.arrived.get(0).attempt()).isEqualTo(2);
  }

  @Test
  void whatWaitsBehindACallThatHangsIsMeasured() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    rig.slack.timeout = Duration.ofMillis(200);
    rig.slack.then(
        notification -> {
          while (release.getCount() > 0) { // deaf to interrupts
            Thread.onSpinWait();
          }
          return rig.slack.arrive(notification);
        });
    rig.rules.put("tell", RuleMaker.all("slack"));
    rig.start();
    rig.happen(Level.CRIT);
    OutboxRig.soon()
        .until(
            () ->
                rig.context.recordedMeters().gauge("outbox_size", Map.of("endpoint", "slack"))
                    == 1);
    release.countDown();
    rig.settled();
  }

  private static Delivery partly(Notification notification) {
    Outcome later = new Outcome.Throttled(Duration.ofMinutes(1), "b: 450 later");
    Map<String, String> receipt = Map.of("waiting", "b", "mail", notification.id());
    return Delivery.partly(later, OptionalInt.of(450), "b: 450 later", receipt);
  }

  @Test
  void whatSomeReceiversHaveGotIsTriedAgainForTheOthersAlone() throws Exception {
    rig.slack.then(OutboxAttemptsTest::partly).then(OutboxAttemptsTest::partly);
    rig.rules.put("tell", RuleMaker.all("slack"));
    rig.start();
    rig.happen(Level.CRIT);
    rig.settled();
    assertThat(rig.slack.attempts).hasSize(3);
    Notification last = rig.slack.attempts.get(2);
    assertThat(last.receipt()).containsEntry("waiting", "b").containsEntry("mail", last.id());
    assertThat(rig.slack.attempts).noneMatch(Notification::possibleRepeat);
    assertThat(rig.slack.attempts).extracting(Notification::id).containsOnly(last.id());
  }

  @Test
  void whatSomeReceiversHaveGotHoldsUpNothingElse() throws Exception {
    Story other = new Story("other");
    for (int i = 0; i < Circuit.MANY + 2; i++) {
      rig.slack.then(OutboxAttemptsTest::partly);
    }
    rig.rules.put("tell", RuleMaker.all("slack"));
    rig.start();
    rig.happen(Level.CRIT);
    rig.advancingUntil(Duration.ofSeconds(61), () -> rig.slack.attempts.size() == Circuit.MANY + 2);
    other.happen(Level.CRIT, rig.outbox, rig.context);
    OutboxRig.soon().until(() -> rig.slack.arrived.size() == 1);
    assertThat(rig.slack.arrived.get(0).incident().series().tag("model")).isEqualTo("other");
    assertThat(rig.context.healths()).noneMatch(health -> health.state() == Health.State.DOWN);
  }

  @Test
  void theEndOfWhatSomeReceiversHaveGotIsTold() throws Exception {
    rig.slack.then(OutboxAttemptsTest::partly);
    rig.rules.put("tell", RuleMaker.all("slack"));
    rig.start();
    rig.happen(Level.CRIT);
    OutboxRig.soon().until(() -> rig.slack.attempts.size() == 1 && rig.waiting() == 1);
    OutboxRig.soon().until(() -> rig.states("slack").contains("OPENED DUE"));
    rig.happen(Level.OK);
    rig.settled();
    assertThat(rig.slack.steps()).containsExactly(IncidentStep.RESOLVED);
  }

  @Test
  void aReceiverThatDropsRepeatsIsNotToldOfThem() throws Exception {
    rig.slack.dropsRepeats = true;
    rig.slack.then(new Outcome.Retryable("connection reset"));
    rig.rules.put("tell", RuleMaker.all("slack"));
    rig.start();
    rig.happen(Level.CRIT);
    rig.settled();
    assertThat(rig.slack.attempts).hasSize(2);
    assertThat(rig.slack.attempts).noneMatch(Notification::possibleRepeat);
  }

  @Test
  void aNotifierThatThrowsIsTriedAgain() throws Exception {
    rig.slack.then(
        notification -> {
          throw new IllegalStateException("s3cret defect");
        });
    rig.slack.then(
        notification -> {
          throw new NoClassDefFoundError("org/acme/Missing");
        });
    rig.rules.put("tell", RuleMaker.all("slack", "pager"));
    rig.start();
    rig.happen(Level.CRIT);
    rig.settled();
    assertThat(rig.slack.steps()).containsExactly(IncidentStep.OPENED);
    assertThat(rig.pager.attempts).hasSize(1);
    assertThat(rig.context.healths())
        .anyMatch(health -> health.reason().contains("endpoint slack: the notifier failed"))
        .noneMatch(health -> health.reason().contains("s3cret"));
  }

  @Test
  void aPauseTheReceiverAsksForIsKept() throws Exception {
    rig.slack.then(new Outcome.Throttled(Duration.ofSeconds(40), "429"));
    rig.rules.put("tell", RuleMaker.all("slack"));
    rig.start();
    rig.happen(Level.CRIT);
    OutboxRig.soon().until(() -> rig.slack.attempts.size() == 1);
    new Story("other").happen(Level.CRIT, rig.outbox, rig.context);
    rig.advancingUntil(Duration.ZERO, () -> rig.waiting() == 2);
    rig.context.clock().advance(Duration.ofSeconds(39));
    rig.outbox.wake();
    rig.restedAt(1);
    rig.context.clock().advance(Duration.ofSeconds(1));
    rig.outbox.wake();
    rig.settled();
    assertThat(rig.slack.arrived).hasSize(2);
    assertThat(rig.slack.arrived).noneMatch(Notification::possibleRepeat);
  }

  @Test
  void aReceiverThatAsksForNoPauseHasASecond() throws Exception {
    rig.slack.then(new Outcome.Throttled(Duration.ZERO, "429"));
    rig.rules.put("tell", RuleMaker.all("slack"));
    rig.start();
    rig.happen(Level.CRIT);
    OutboxRig.soon().until(() -> rig.slack.attempts.size() == 1);
    rig.restedAt(1);
    rig.context.clock().advance(Duration.ofSeconds(1));
    rig.outbox.wake();
    rig.settled();
    assertThat(rig.slack.arrived).hasSize(1);
  }

  @Test
  void aMisconfiguredEndpointIsHeldAndProbedEveryMinute() throws Exception {
    rig.slack.then(new Outcome.Misconfigured("hooks.slack.com answers 403: invalid_token"));
    rig.slack.then(new Outcome.Misconfigured("hooks.slack.com answers 403: invalid_token"));
    rig.rules.put("tell", RuleMaker.all("slack"));
    rig.start();
    rig.happen(Level.CRIT);
    OutboxRig.soon().until(() -> rig.context.lastHealth().state() == Health.State.DOWN);
    assertThat(rig.context.lastHealth().reason())
        .contains("endpoint slack")
        .contains("invalid_token");
    OutboxRig.soon().until(() -> rig.waiting() == 1 && rig.slack.attempts.size() == 1);
    rig.context.clock().advance(Duration.ofSeconds(59));
    rig.restedAt(1);
    rig.context.clock().advance(Duration.ofSeconds(1));
    rig.outbox.wake();
    OutboxRig.soon().until(() -> rig.slack.attempts.size() == 2);
    rig.advancingUntil(OutboxRig.MINUTE, () -> rig.slack.arrived.size() == 1);
    OutboxRig.soon().until(() -> rig.context.lastHealth().equals(Health.UP));
  }

  @Test
  void aClockThatIsPutBackHoldsNothingUp() throws Exception {
    rig.slack.then(new Outcome.Misconfigured("hooks.slack.com answers 403: invalid_token"));
    rig.rules.put("tell", RuleMaker.all("slack"));
    rig.start();
    rig.happen(Level.CRIT);
    OutboxRig.soon().until(() -> rig.context.lastHealth().state() == Health.State.DOWN);
    rig.restedAt(1);
    rig.context.clock().set(rig.context.clock().instant().minus(Duration.ofHours(1)));
    rig.outbox.wake();
    OutboxRig.soon().until(() -> rig.slack.arrived.size() == 1);
  }

  @Test
  void aClockThatIsPutBackHoldsNothingUpWhereFewMayBeSent() throws Exception {
    rig.slack.then(new Outcome.Misconfigured("hooks.slack.com answers 403: invalid_token"));
    rig.rules.put("tell", RuleMaker.all("slack"));
    LimitOptions one = new LimitOptions(1, OutboxRig.MINUTE);
    rig.endpoints.put("slack", new EndpointOptions(Optional.empty(), Optional.of(one)));
    rig.start();
    rig.happen(Level.CRIT);
    OutboxRig.soon().until(() -> rig.context.lastHealth().state() == Health.State.DOWN);
    rig.context.clock().set(rig.context.clock().instant().minus(Duration.ofHours(1)));
    rig.outbox.wake();
    OutboxRig.soon().until(() -> rig.slack.arrived.size() == 1);
  }

  @Test
  void aRefusedNotificationIsNotTriedAgainAndTheNextOnesGoOn() throws Exception {
    rig.slack.then(Outcome.Rejected.of("invalid_blocks s3cret"));
    rig.rules.put("tell", RuleMaker.all("slack"));
    rig.start();
    rig.happen(Level.WARN);
    rig.settled();
    assertThat(rig.context.lastHealth().state()).isEqualTo(Health.State.DEGRADED);
    assertThat(rig.context.lastHealth().reason())
        .contains("endpoint slack")
        .contains("invalid_blocks ****");
    assertThat(rig.attempts("rejected")).isEqualTo(1);
    rig.happen(Level.CRIT);
    rig.settled();
    assertThat(rig.slack.steps()).containsExactly(IncidentStep.WORSENED);
    assertThat(rig.states("slack")).containsExactly("OPENED FAILED", "WORSENED SENT");
    assertThat(rig.context.lastHealth()).isEqualTo(Health.UP);
  }

  @Test
  void aBrokenEndpointIsGivenUpUntilTheNextStart() throws Exception {
    rig.slack.then(new Outcome.Fatal("the class path is broken"));
    rig.rules.put("tell", RuleMaker.all("slack", "pager"));
    rig.start();
    rig.happen(Level.CRIT);
    OutboxRig.soon()
        .until(() -> rig.context.lastHealth().state() == Health.State.DOWN && rig.waiting() == 1);
    assertThat(rig.context.lastHealth().reason())
        .contains("endpoint slack")
        .contains("nothing is lost");
    rig.happen(Level.WARN);
    OutboxRig.soon().until(() -> rig.pager.arrived.size() == 2);
    rig.context.clock().advance(Duration.ofHours(1));
    rig.restedAt(1);
    rig.restart();
    rig.settled();
    assertThat(rig.slack.steps()).containsExactly(IncidentStep.OPENED);
    assertThat(rig.slack.arrived.get(0).incident().level()).isEqualTo(Level.WARN);
  }

  @Test
  void afterManyFailuresTheWholeEndpointWaitsAndOneProbeGoesFirst() throws Exception {
    for (int i = 0; i < 7; i++) {
      rig.slack.then(notification -> OutboxRig.refused());
    }
    rig.rules.put("tell", RuleMaker.all("slack"));
    rig.start();
    for (int i = 0; i < 10; i++) {
      new Story("m" + i).happen(Level.CRIT, rig.outbox, rig.context);
    }
    OutboxRig.soon().until(() -> rig.slack.attempts.size() == 5);
    rig.restedAt(5);
    assertThat(rig.context.lastHealth().state()).isEqualTo(Health.State.DOWN);
    rig.advancingUntil(Duration.ofSeconds(1), () -> rig.slack.attempts.size() == 6);
    rig.settled();
    assertThat(rig.slack.arrived).hasSize(10);
    assertThat(rig.slack.arrived).noneMatch(Notification::possibleRepeat);
  }
}
