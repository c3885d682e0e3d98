package io.modelvane.alerting.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.modelvane.alerting.rule.LevelChoice;
import io.modelvane.alerting.rule.Policy;
import io.modelvane.alerting.rule.RuleOptions;
import io.modelvane.alerting.sql.Sql;
import io.modelvane.engine.state.StateDatabase;
import io.modelvane.spi.Delivery;
import io.modelvane.spi.Health;
import io.modelvane.spi.IncidentStep;
import io.modelvane.spi.Level;
import io.modelvane.spi.Notification;
import io.modelvane.spi.Outcome;
import io.modelvane.testkit.TestContext;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutboxTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  @TempDir Path folder;
  private static final Optional<URI> LINK = Optional.of(URI.create("https://example.com/models"));

  private final LedgerNotifier slack = new LedgerNotifier();
  private final LedgerNotifier pager = new LedgerNotifier();
  private final Map<String, RuleOptions> rules = new LinkedHashMap<>();
  private final Story model = new Story("credit");
  private StateDatabase database;
  private TestContext context;
  private Outbox outbox;

  @BeforeEach
  void open() {
    database = new StateDatabase(folder.resolve("state.db"));
    context =
        TestContext.named("alerting")
            .state(database.store("sink_alerting"))
            .notifier("slack", slack)
            .notifier("pager", pager)
            .secret("s3cret")
            .build();
    outbox = Outbox.create(Policy.of(rules), context, Optional.empty(), LINK);
  }

  @AfterEach
  void close() throws Exception {
    outbox.stop();
    context.close();
    database.close();
  }

  private void start() throws Exception {
    outbox = Outbox.create(Policy.of(rules), context, Optional.empty(), LINK);
    outbox.start();
  }

  private void restart() throws Exception {
    outbox.stop();
    start();
  }

  private void happen(Level level) throws Exception {
    model.happen(level, outbox, context);
  }

  private static ConditionFactory soon() {
    return await().atMost(Duration.ofSeconds(10)).pollInterval(Duration.ofMillis(5));
  }

  /** Lets time pass until something is so. */
  private void advancingUntil(Duration step, Callable<Boolean> condition) {
    soon()
        .until(
            () -> {
              if (condition.call()) {
                return true;
              }
              context.clock().advance(step);
              outbox.wake();
              return condition.call();
            });
  }

  private void settled() {
    advancingUntil(Duration.ofSeconds(1), () -> waiting() == 0);
  }

  private long waiting() throws Exception {
    return context
        .state()
        .read(
            connection ->
                Sql.of(
                        "SELECT COUNT(*) FROM "
                            + context.state().table("outbox")
                            + " WHERE state <= 1")
                    .first(connection, row -> row.getLong(1))
                    .orElseThrow());
  }

  private long attempts(String outcome) {
    return context
        .recordedMeters()
        .count("notifications", Map.of("endpoint", "slack", "outcome", outcome));
  }

  private List<String> states(String endpoint) throws Exception {
    return context
        .state()
        .read(
            connection ->
                Sql.of(
                        "SELECT step, state FROM "
                            + context.state().table("outbox")
                            + " WHERE endpoint = ? ORDER BY seq",
                        endpoint)
                    .list(connection, row -> row.getString(1) + " " + RowState.of(row.getInt(2))));
  }

  @Test
  void anIncidentIsToldFromItsOpeningToItsEnd() throws Exception {
    rules.put("tell", RuleMaker.all("slack"));
    start();
    happen(Level.WARN);
    settled();
    happen(Level.CRIT);
    settled();
    happen(Level.WARN);
    settled();
    happen(Level.OK);
    settled();
    assertThat(slack.steps())
        .containsExactly(
            IncidentStep.OPENED,
            IncidentStep.WORSENED,
            IncidentStep.IMPROVED,
            IncidentStep.RESOLVED);
    assertThat(slack.arrived).extracting(Notification::id).doesNotHaveDuplicates();
    assertThat(slack.arrived).noneMatch(Notification::possibleRepeat);
    assertThat(slack.arrived).extracting(Notification::link).containsOnly(LINK);
    assertThat(slack.arrived.get(1).previous()).isEqualTo(Level.WARN);
    assertThat(slack.arrived.get(3).incident().level()).isEqualTo(Level.OK);
    assertThat(attempts("done")).isEqualTo(4);
    assertThat(context.recordedMeters().durations("delivery_seconds", Map.of("endpoint", "slack")))
        .hasSize(4);
    assertThat(context.lastHealth()).isEqualTo(Health.UP);
  }

  @Test
  void whatWasAnsweredBeforeIsGivenBack() throws Exception {
    rules.put("tell", RuleMaker.all("slack"));
    start();
    happen(Level.CRIT);
    settled();
    restart();
    happen(Level.OK);
    settled();
    assertThat(slack.arrived.get(0).receipt()).isEmpty();
    assertThat(slack.arrived.get(1).receipt()).containsEntry("ts", "credit-1");
  }

  @Test
  void aResolveGoesToEverybodyWhoWasToldAndToNobodyElse() throws Exception {
    rules.put("page", RuleMaker.to(LevelChoice.CRIT, "pager"));
    rules.put("tell", RuleMaker.from(LevelChoice.OK, "slack"));
    start();
    happen(Level.WARN);
    settled();
    happen(Level.OK);
    settled();
    assertThat(pager.arrived).isEmpty();
    happen(Level.CRIT);
    settled();
    happen(Level.OK);
    settled();
    assertThat(pager.steps()).containsExactly(IncidentStep.OPENED, IncidentStep.RESOLVED);
    assertThat(pager.arrived.get(1).rule()).isEqualTo("page");
    assertThat(slack.steps())
        .containsExactly(
            IncidentStep.OPENED, IncidentStep.RESOLVED, IncidentStep.OPENED, IncidentStep.RESOLVED);
  }

  @Test
  void identityDoesNotDependOnNames() throws Exception {
    rules.put("one", RuleMaker.all("slack", "pager"));
    start();
    happen(Level.CRIT);
    settled();
    assertThat(slack.arrived.get(0).id()).isEqualTo(pager.arrived.get(0).id());
    outbox.stop();
    rules.clear();
    rules.put("renamed", RuleMaker.to(LevelChoice.CRIT, "slack", "pager"));
    start();
    happen(Level.OK);
    settled();
    assertThat(slack.arrived.get(1).incident().key()).isEqualTo("key-credit");
    assertThat(slack.steps()).containsExactly(IncidentStep.OPENED, IncidentStep.RESOLVED);
  }

  @Test
  void aHangingEndpointDelaysNoOther() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    slack.then(
        notification -> {
          release.await();
          return slack.arrive(notification);
        });
    rules.put("tell", RuleMaker.all("slack", "pager"));
    start();
    happen(Level.CRIT);
    soon().until(() -> pager.arrived.size() == 1 && slack.attempts.size() == 1);
    happen(Level.OK);
    soon().until(() -> pager.arrived.size() == 2 && waiting() == 2);
    assertThat(slack.arrived).isEmpty();
    release.countDown();
    settled();
    assertThat(slack.steps()).containsExactly(IncidentStep.OPENED, IncidentStep.RESOLVED);
    assertThat(slack.mostAtOnce.get()).isEqualTo(1);
  }

  @Test
  void aCallThatTakesTooLongIsInterruptedAndMayHaveArrived() throws Exception {
    slack.timeout = Duration.ofMillis(30);
    slack.then(
        notification -> {
          slack.arrived.add(notification);
          new CountDownLatch(1).await();
          throw new AssertionError("unreachable");
        });
    rules.put("tell", RuleMaker.all("slack"));
    start();
    happen(Level.CRIT);
    settled();
    assertThat(slack.arrived).hasSize(2);
    assertThat(slack.arrived.get(1).id()).isEqualTo(slack.arrived.get(0).id());
    assertThat(slack.arrived).extracting(Notification::possibleRepeat).containsExactly(false, true);
    assertThat(slack.arrived.get(1).attempt()).isEqualTo(2);
    assertThat(context.healths())
        .anyMatch(
            health ->
                health.state() == Health.State.DOWN
                    && health.reason().contains("endpoint slack does not answer within 30 ms"));
    assertThat(context.lastHealth()).isEqualTo(Health.UP);
  }

  @Test
  void anInterruptThatCameLateDisturbsNothing() throws Exception {
    slack.timeout = Duration.ofMillis(10);
    slack.then(
        notification -> {
          while (!Thread.currentThread().isInterrupted()) {
            Thread.onSpinWait();
          }
          return slack.arrive(notification); // leaves the flag set
        });
    rules.put("tell", RuleMaker.all("slack"));
    start();
    happen(Level.CRIT);
    settled();
    happen(Level.OK);
    settled();
    assertThat(slack.steps()).containsExactly(IncidentStep.OPENED, IncidentStep.RESOLVED);
  }

  @Test
  void aReceiverThatDropsRepeatsIsNotToldOfThem() throws Exception {
    slack.dropsRepeats = true;
    slack.then(new Outcome.Retryable("connection reset"));
    rules.put("tell", RuleMaker.all("slack"));
    start();
    happen(Level.CRIT);
    settled();
    assertThat(slack.attempts).hasSize(2);
    assertThat(slack.attempts).noneMatch(Notification::possibleRepeat);
  }

  @Test
  void aNotifierThatThrowsIsTriedAgain() throws Exception {
    slack.then(
        notification -> {
          throw new IllegalStateException("s3cret defect");
        });
    slack.then(
        notification -> {
          throw new NoClassDefFoundError("org/acme/Missing");
        });
    rules.put("tell", RuleMaker.all("slack", "pager"));
    start();
    happen(Level.CRIT);
    settled();
    assertThat(slack.steps()).containsExactly(IncidentStep.OPENED);
    assertThat(pager.attempts).hasSize(1);
    assertThat(context.healths())
        .anyMatch(health -> health.reason().contains("endpoint slack: the notifier failed"))
        .noneMatch(health -> health.reason().contains("s3cret"));
  }

  @Test
  void aPauseTheReceiverAsksForIsKept() throws Exception {
    slack.then(new Outcome.Throttled(Duration.ofSeconds(40), "429"));
    rules.put("tell", RuleMaker.all("slack"));
    start();
    happen(Level.CRIT);
    soon().until(() -> slack.attempts.size() == 1);
    new Story("other").happen(Level.CRIT, outbox, context);
    advancingUntil(Duration.ZERO, () -> waiting() == 2);
    context.clock().advance(Duration.ofSeconds(39));
    outbox.wake();
    restedAt(1);
    context.clock().advance(Duration.ofSeconds(1));
    outbox.wake();
    settled();
    assertThat(slack.arrived).hasSize(2);
    assertThat(slack.arrived).noneMatch(Notification::possibleRepeat);
  }

  /** Another endpoint's lane makes a round after the wake: enough for a wrong attempt to show. */
  private void restedAt(int attempts) throws Exception {
    for (int i = 0; i < 5; i++) {
      outbox.wake();
      Thread.sleep(5);
    }
    assertThat(slack.attempts).hasSize(attempts);
  }

  @Test
  void aMisconfiguredEndpointIsHeldAndProbedEveryMinute() throws Exception {
    slack.then(new Outcome.Misconfigured("hooks.slack.com answers 403: invalid_token"));
    slack.then(new Outcome.Misconfigured("hooks.slack.com answers 403: invalid_token"));
    rules.put("tell", RuleMaker.all("slack"));
    start();
    happen(Level.CRIT);
    soon().until(() -> context.lastHealth().state() == Health.State.DOWN);
    assertThat(context.lastHealth().reason()).contains("endpoint slack").contains("invalid_token");
    soon().until(() -> waiting() == 1 && slack.attempts.size() == 1);
    context.clock().advance(Duration.ofSeconds(59));
    restedAt(1);
    context.clock().advance(Duration.ofSeconds(1));
    outbox.wake();
    soon().until(() -> slack.attempts.size() == 2);
    advancingUntil(MINUTE, () -> slack.arrived.size() == 1);
    soon().until(() -> context.lastHealth().equals(Health.UP));
  }

  @Test
  void aClockThatIsPutBackHoldsNothingUp() throws Exception {
    slack.then(new Outcome.Misconfigured("hooks.slack.com answers 403: invalid_token"));
    rules.put("tell", RuleMaker.all("slack"));
    start();
    happen(Level.CRIT);
    soon().until(() -> context.lastHealth().state() == Health.State.DOWN);
    restedAt(1);
    context.clock().set(context.clock().instant().minus(Duration.ofHours(1)));
    outbox.wake();
    soon().until(() -> slack.arrived.size() == 1);
  }

  @Test
  void aRefusedNotificationIsNotTriedAgainAndTheNextOnesGoOn() throws Exception {
    slack.then(Outcome.Rejected.of("invalid_blocks s3cret"));
    rules.put("tell", RuleMaker.all("slack"));
    start();
    happen(Level.WARN);
    settled();
    assertThat(context.lastHealth().state()).isEqualTo(Health.State.DEGRADED);
    assertThat(context.lastHealth().reason())
        .contains("endpoint slack")
        .contains("invalid_blocks ****");
    assertThat(attempts("rejected")).isEqualTo(1);
    happen(Level.CRIT);
    settled();
    assertThat(slack.steps()).containsExactly(IncidentStep.WORSENED);
    assertThat(states("slack")).containsExactly("OPENED FAILED", "WORSENED SENT");
    assertThat(context.lastHealth()).isEqualTo(Health.UP);
  }

  @Test
  void aBrokenEndpointIsGivenUpUntilTheNextStart() throws Exception {
    slack.then(new Outcome.Fatal("the class path is broken"));
    rules.put("tell", RuleMaker.all("slack", "pager"));
    start();
    happen(Level.CRIT);
    soon().until(() -> context.lastHealth().state() == Health.State.DOWN && waiting() == 1);
    assertThat(context.lastHealth().reason())
        .contains("endpoint slack")
        .contains("nothing is lost");
    happen(Level.WARN);
    soon().until(() -> pager.arrived.size() == 2);
    context.clock().advance(Duration.ofHours(1));
    restedAt(1);
    restart();
    settled();
    assertThat(slack.steps()).containsExactly(IncidentStep.OPENED);
    assertThat(slack.arrived.get(0).incident().level()).isEqualTo(Level.WARN);
  }

  @Test
  void afterManyFailuresTheWholeEndpointWaitsAndOneProbeGoesFirst() throws Exception {
    for (int i = 0; i < 7; i++) {
      slack.then(notification -> refused());
    }
    rules.put("tell", RuleMaker.all("slack"));
    start();
    for (int i = 0; i < 10; i++) {
      new Story("m" + i).happen(Level.CRIT, outbox, context);
    }
    soon().until(() -> slack.attempts.size() == 5);
    restedAt(5);
    assertThat(context.lastHealth().state()).isEqualTo(Health.State.DOWN);
    advancingUntil(Duration.ofSeconds(1), () -> slack.attempts.size() == 6);
    settled();
    assertThat(slack.arrived).hasSize(10);
    assertThat(slack.arrived).noneMatch(Notification::possibleRepeat);
  }

  private static Delivery refused() {
    return new Delivery(new Outcome.Retryable("503"), OptionalInt.of(503), "", Map.of());
  }

  @Test
  void aTriggerThatNeverArrivedIsCancelledWithItsResolve() throws Exception {
    slack.then(new Outcome.Throttled(MINUTE, "429"));
    rules.put("tell", RuleMaker.all("slack"));
    start();
    happen(Level.CRIT);
    soon().until(() -> attempts("throttled") == 1);
    soon().until(() -> states("slack").equals(List.of("OPENED DUE")));
    happen(Level.OK);
    assertThat(states("slack")).containsExactly("OPENED CANCELLED", "RESOLVED CANCELLED");
    context.clock().advance(MINUTE);
    happen(Level.CRIT);
    settled();
    assertThat(slack.steps()).containsExactly(IncidentStep.OPENED);
    assertThat(slack.arrived.get(0).incident().id()).isEqualTo("credit-2");
  }

  @Test
  void whatWasNeverSentIsNoPossibleRepeatWhenItIsTriedAgain() throws Exception {
    slack.thenAway().thenAway();
    rules.put("tell", RuleMaker.all("slack"));
    start();
    happen(Level.CRIT);
    settled();
    assertThat(slack.attempts).extracting(Notification::attempt).containsExactly(1, 2, 3);
    assertThat(slack.attempts).noneMatch(Notification::possibleRepeat);
    assertThat(slack.steps()).containsExactly(IncidentStep.OPENED);
  }

  @Test
  void oneAttemptThatMayHaveArrivedIsEnoughForAPossibleRepeat() throws Exception {
    slack.then(new Outcome.Retryable("connection reset")).thenAway();
    rules.put("tell", RuleMaker.all("slack"));
    start();
    happen(Level.CRIT);
    settled();
    assertThat(slack.attempts)
        .extracting(Notification::possibleRepeat)
        .containsExactly(false, true, true);
  }

  @Test
  void aTriggerThatWasNeverSentIsCancelledWithItsResolve() throws Exception {
    slack.thenAway();
    rules.put("tell", RuleMaker.all("slack"));
    start();
    happen(Level.CRIT);
    soon().until(() -> attempts("retryable") == 1);
    soon().until(() -> states("slack").equals(List.of("OPENED DUE")));
    happen(Level.OK);
    settled();
    assertThat(slack.arrived).isEmpty();
    assertThat(states("slack")).containsExactly("OPENED CANCELLED", "RESOLVED CANCELLED");
  }

  @Test
  void aTriggerThatMayHaveArrivedIsFollowedByItsResolve() throws Exception {
    CountDownLatch resolved = new CountDownLatch(1);
    slack.then(
        notification -> {
          resolved.await();
          return Delivery.failed(new Outcome.Retryable("connection reset"));
        });
    rules.put("tell", RuleMaker.all("slack"));
    start();
    happen(Level.CRIT);
    soon().until(() -> slack.attempts.size() == 1);
    happen(Level.OK);
    resolved.countDown();
    settled();
    assertThat(slack.steps()).containsExactly(IncidentStep.RESOLVED);
    assertThat(states("slack")).containsExactly("OPENED SUPERSEDED", "RESOLVED SENT");
  }

  @Test
  void aTriggerRefusedWhileTheIncidentEndsIsCancelledWithItsResolve() throws Exception {
    CountDownLatch resolved = new CountDownLatch(1);
    slack.then(
        notification -> {
          resolved.await();
          return refused();
        });
    rules.put("tell", RuleMaker.all("slack"));
    start();
    happen(Level.CRIT);
    soon().until(() -> slack.attempts.size() == 1);
    happen(Level.OK);
    resolved.countDown();
    settled();
    assertThat(slack.arrived).isEmpty();
    assertThat(states("slack")).containsExactly("OPENED CANCELLED", "RESOLVED CANCELLED");
  }

  @Test
  void anUnsentStepIsSupersededByTheNextWhichTellsWhereThingsStand() throws Exception {
    slack.then(new Outcome.Throttled(MINUTE, "429"));
    rules.put("tell", RuleMaker.all("slack"));
    start();
    happen(Level.WARN);
    soon().until(() -> states("slack").equals(List.of("OPENED DUE")) && slack.attempts.size() == 1);
    happen(Level.CRIT);
    context.clock().advance(MINUTE);
    outbox.wake();
    settled();
    assertThat(slack.steps()).containsExactly(IncidentStep.OPENED);
    assertThat(slack.arrived.get(0).incident().level()).isEqualTo(Level.CRIT);
    assertThat(slack.arrived.get(0).previous()).isEqualTo(Level.OK);
    assertThat(slack.arrived.get(0).attempt()).isEqualTo(1);
  }

  @Test
  void aRetryTellsTheIncidentAsItStandsThen() throws Exception {
    slack.then(new Outcome.Throttled(MINUTE, "429"));
    rules.put("page", RuleMaker.to(LevelChoice.CRIT, "slack"));
    start();
    happen(Level.WARN);
    happen(Level.CRIT);
    soon().until(() -> slack.attempts.size() == 1);
    happen(Level.WARN);
    context.clock().advance(MINUTE);
    outbox.wake();
    settled();
    Notification told = slack.arrived.get(0);
    assertThat(told.incident().level()).isEqualTo(Level.WARN);
    assertThat(told.incident().worst()).isEqualTo(Level.CRIT);
    assertThat(told.step()).isEqualTo(IncidentStep.IMPROVED);
    assertThat(told.previous()).isEqualTo(Level.CRIT);
  }

  @Test
  void remindersComeWhileTheIncidentLastsAndMissedOnesAreNotMadeUpFor() throws Exception {
    Duration hour = Duration.ofHours(1);
    rules.put("page", RuleMaker.repeating(RuleMaker.to(LevelChoice.CRIT, "slack"), hour));
    start();
    happen(Level.CRIT);
    settled();
    context.clock().advance(hour.minusSeconds(20));
    outbox.wake();
    restedAt(1);
    advancingUntil(Duration.ofSeconds(20), () -> slack.arrived.size() == 2);
    settled();
    outbox.stop();
    context.clock().advance(Duration.ofDays(1));
    start();
    outbox.wake();
    soon().until(() -> slack.arrived.size() == 3);
    settled();
    happen(Level.WARN);
    context.clock().advance(hour.multipliedBy(3));
    outbox.wake();
    restedAt(3);
    happen(Level.OK);
    settled();
    assertThat(slack.steps())
        .containsExactly(
            IncidentStep.OPENED,
            IncidentStep.REPEATED,
            IncidentStep.REPEATED,
            IncidentStep.RESOLVED);
    assertThat(slack.arrived).extracting(Notification::id).doesNotHaveDuplicates();
  }

  @Test
  void twoRulesRemindAnEndpointOnce() throws Exception {
    Duration hour = Duration.ofHours(1);
    rules.put("one", RuleMaker.repeating(RuleMaker.all("slack"), hour));
    rules.put("two", RuleMaker.repeating(RuleMaker.all("slack"), hour));
    start();
    happen(Level.CRIT);
    settled();
    context.clock().advance(hour);
    outbox.wake();
    soon().until(() -> slack.arrived.size() == 2);
    settled();
    restedAt(2);
  }

  @Test
  void aReminderTellsTheLatestStatus() throws Exception {
    rules.put("one", RuleMaker.repeating(RuleMaker.all("slack"), Duration.ofHours(1)));
    start();
    happen(Level.CRIT);
    settled();
    context.clock().advance(Duration.ofHours(1));
    var later = context.clock().instant();
    context
        .state()
        .transact(
            connection -> {
              outbox.apply(connection, List.of(), List.of(model.status(Level.CRIT, later)), later);
              return true;
            });
    outbox.committed();
    outbox.wake();
    soon().until(() -> slack.arrived.size() == 2);
    assertThat(slack.arrived.get(1).status().time()).isEqualTo(later);
  }

  @Test
  void stoppingInAnAttemptLeavesItToTheNextStart() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    slack.timeout = Duration.ofSeconds(60);
    slack.then(
        notification -> {
          slack.arrived.add(notification);
          begun.countDown();
          new CountDownLatch(1).await();
          throw new AssertionError("unreachable");
        });
    rules.put("tell", RuleMaker.all("slack"));
    start();
    happen(Level.CRIT);
    begun.await();
    Thread.currentThread().interrupt();
    try {
      outbox.stop();
    } catch (InterruptedException asAsked) {
      assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }
    soon().until(() -> slack.atOnce.get() == 0);
    start();
    settled();
    assertThat(slack.arrived).extracting(Notification::possibleRepeat).containsExactly(false, true);
  }

  @Test
  void stoppingInAnAttemptKeepsWhatIsKnownOfTheOthers() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    slack.dropsRepeats = true;
    slack.timeout = Duration.ofSeconds(60);
    slack.then(slack::arrive);
    slack.then(
        notification -> {
          begun.countDown();
          new CountDownLatch(1).await();
          throw new AssertionError("unreachable");
        });
    rules.put("tell", RuleMaker.all("slack"));
    start();
    var now = context.clock().instant();
    var changes = List.of("a", "b", "c").stream().map(m -> new Story(m).to(Level.CRIT, now));
    var all = changes.toList();
    context
        .state()
        .transact(
            connection -> {
              outbox.apply(connection, all, List.of(), now);
              return true;
            });
    outbox.committed();
    begun.await();
    Thread.currentThread().interrupt();
    assertThatThrownBy(outbox::stop).isInstanceOf(InterruptedException.class);
    assertThat(states("slack")).containsExactly("OPENED SENT", "OPENED ATTEMPTING", "OPENED DUE");
  }

  @Test
  void stoppingTwiceAndWithoutAStartIsHarmless() throws Exception {
    rules.put("tell", RuleMaker.all("slack"));
    outbox = Outbox.create(Policy.of(rules), context, Optional.empty(), LINK);
    outbox.stop();
    outbox.start();
    outbox.stop();
    outbox.stop();
    outbox.start();
    happen(Level.CRIT);
    settled();
    assertThat(slack.arrived).hasSize(1);
  }

  @Test
  void whatWaitsForAnEndpointThatNoRuleNamesIsCancelled() throws Exception {
    slack.then(new Outcome.Throttled(MINUTE, "429"));
    rules.put("tell", RuleMaker.all("slack"));
    start();
    happen(Level.CRIT);
    soon().until(() -> slack.attempts.size() == 1);
    outbox.stop();
    rules.put("tell", RuleMaker.all("pager"));
    start();
    assertThat(states("slack")).containsExactly("OPENED CANCELLED");
    happen(Level.OK);
    settled();
    assertThat(slack.arrived).isEmpty();
  }

  @Test
  void whatIsLongOverIsForgotten() throws Exception {
    rules.put("tell", RuleMaker.all("slack"));
    start();
    happen(Level.CRIT);
    happen(Level.OK);
    settled();
    assertThat(rows()).isPositive();
    context.clock().advance(Duration.ofDays(6));
    outbox.wake();
    restedAt(slack.attempts.size());
    assertThat(rows()).isPositive();
    advancingUntil(Duration.ofHours(12), () -> rows() == 0);
  }

  private long rows() throws Exception {
    List<String> tables = List.of("outbox", "outbox_incidents", "outbox_told");
    return context
        .state()
        .read(
            connection -> {
              long all = 0;
              for (String table : tables) {
                all +=
                    Sql.of("SELECT COUNT(*) FROM " + context.state().table(table))
                        .first(connection, row -> row.getLong(1))
                        .orElseThrow();
              }
              return all;
            });
  }

  @Test
  void whatWaitsIsMeasured() throws Exception {
    slack.then(new Outcome.Throttled(MINUTE, "429"));
    rules.put("tell", RuleMaker.all("slack"));
    start();
    happen(Level.CRIT);
    soon().until(() -> slack.attempts.size() == 1);
    new Story("other").happen(Level.CRIT, outbox, context);
    context.clock().advance(Duration.ofSeconds(10));
    soon()
        .until(
            () -> {
              outbox.wake();
              return context.recordedMeters().gauge("outbox_size", Map.of("endpoint", "slack"))
                  == 2;
            });
    assertThat(context.recordedMeters().gauge("outbox_oldest_seconds", Map.of("endpoint", "slack")))
        .isEqualTo(10);
  }

  @Test
  void aBurstGoesOutInOrder() throws Exception {
    rules.put("tell", RuleMaker.all("slack"));
    start();
    List<Story> stories = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      stories.add(new Story("m" + i));
    }
    var now = context.clock().instant();
    var changes = stories.stream().map(story -> story.to(Level.CRIT, now)).toList();
    context
        .state()
        .transact(
            connection -> {
              outbox.apply(connection, changes, List.of(), now);
              return true;
            });
    outbox.committed();
    soon().until(() -> slack.arrived.size() == 200);
    assertThat(slack.arrived)
        .extracting(notification -> notification.incident().id())
        .containsExactlyElementsOf(stories.stream().map(Story::incident).toList());
  }
}
