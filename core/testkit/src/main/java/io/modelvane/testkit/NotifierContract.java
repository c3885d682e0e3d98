package io.modelvane.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelvane.spi.Component;
import io.modelvane.spi.Delivery;
import io.modelvane.spi.IncidentStep;
import io.modelvane.spi.Level;
import io.modelvane.spi.Notification;
import io.modelvane.spi.Notifier;
import io.modelvane.spi.Outcome;
import io.modelvane.testkit.Samples.NotificationBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * What every notifier promises, whatever protocol it speaks ({@link Notifier}). For one that speaks
 * HTTP there is more in {@link HttpNotifierContract}.
 */
public interface NotifierContract extends ComponentContract {
  /** How long an {@linkplain NotifierOutside#impatient impatient} notifier waits for an answer. */
  Duration TIMEOUT = Duration.ofMillis(600);

  /** How much longer than asked a call may take. */
  Duration GRACE = Duration.ofSeconds(2);

  /** Whom a notifier tells, on 127.0.0.1. */
  interface NotifierOutside extends Outside {
    /** A notifier that waits at least ten seconds for an answer. */
    @Override
    Notifier component(TestContext context);

    /** A notifier that waits {@link #TIMEOUT} for an answer. */
    Notifier impatient(TestContext context);

    /** Accepts connections, and never answers. */
    void silence() throws Exception;

    /** Accepts no connections. */
    void refuse() throws Exception;

    /** Is well again. */
    void mend() throws Exception;

    /** How many calls or connections have arrived. */
    int arrived();
  }

  @Override
  NotifierOutside outside() throws Exception;

  /** What must appear in no outcome, answer or log: each secret, and what is made from it. */
  List<String> secrets();

  @Override
  default TestContext newContext() {
    TestContext.Builder context = TestContext.named("tested");
    secrets().forEach(context::secret);
    return context.build();
  }

  @Override
  default void use(Component component) throws Exception {
    Delivery delivery = ((Notifier) component).deliver(Samples.notification().build());
    assertThat(delivery.outcome()).isEqualTo(Outcome.DONE);
  }

  /** Fails when a secret stands in what came of a delivery, or in the log. */
  default void assertSilent(Delivery delivery, TestContext context) {
    List<String> words =
        Stream.concat(
                Stream.of(
                    delivery.outcome().reason(), delivery.answer(), delivery.receipt().toString()),
                Stream.concat(
                    context.log().stream(), context.healths().stream().map(h -> h.reason())))
            .toList();
    for (String secret : secrets()) {
      assertThat(words).allSatisfy(text -> assertThat(text).doesNotContain(secret));
    }
  }

  @TestFactory
  default Stream<DynamicTest> every_step_of_an_incident_is_delivered() {
    Map<String, NotificationBuilder> steps =
        Map.of(
            "opened", Samples.notification(),
            "opened by a check that cannot tell",
                Samples.notification().step(IncidentStep.OPENED, Level.OK, Level.UNKNOWN),
            "worsened", Samples.notification().step(IncidentStep.WORSENED, Level.WARN, Level.CRIT),
            "improved", Samples.notification().step(IncidentStep.IMPROVED, Level.CRIT, Level.INFO),
            "repeated", Samples.notification().step(IncidentStep.REPEATED, Level.CRIT, Level.CRIT),
            "acknowledged",
                Samples.notification()
                    .step(IncidentStep.ACKNOWLEDGED, Level.CRIT, Level.CRIT)
                    .detail("acknowledged_by", "ana"),
            "resolved", Samples.notification().resolved(),
            "second attempt", Samples.notification().repeated(2),
            "without value and link",
                Samples.notification().value(OptionalDouble.empty()).link(null));
    return steps.entrySet().stream()
        .map(step -> DynamicTest.dynamicTest(step.getKey(), () -> accepts(step.getValue())));
  }

  @TestFactory
  default Stream<DynamicTest> a_hostile_text_is_delivered_whole_or_cut_but_never_refused() {
    Map<String, BiFunction<NotificationBuilder, String, NotificationBuilder>> places =
        Map.of(
            "message", NotificationBuilder::message,
            "check", NotificationBuilder::check,
            "detail", (notification, text) -> notification.detail("note", text),
            "tag", NotifierContract::tagged);
    return HostileTexts.all().entrySet().stream()
        .flatMap(
            text ->
                places.entrySet().stream()
                    .map(
                        place ->
                            DynamicTest.dynamicTest(
                                text.getKey() + " in " + place.getKey(),
                                () ->
                                    accepts(
                                        place
                                            .getValue()
                                            .apply(Samples.notification(), text.getValue())))));
  }

  /** A series' head cannot be longer than 65,535 bytes, so a tag is cut to a third of that. */
  private static NotificationBuilder tagged(NotificationBuilder notification, String text) {
    String value = text.substring(0, Math.min(text.length(), 15_000));
    return notification.series(Samples.series(Map.of("model", value, "a " + head(text), "x")));
  }

  private static String head(String text) {
    return text.substring(0, Math.min(text.length(), 40));
  }

  @Test
  default void a_test_of_the_endpoint_is_delivered() throws Exception {
    accepts(Notification.test("tested", Samples.NOW));
  }

  @Test
  default void a_heartbeat_is_delivered_or_refused_with_words() throws Exception {
    try (NotifierOutside outside = outside();
        TestContext context = newContext()) {
      Notifier notifier = outside.component(context);
      notifier.start();
      Delivery delivery =
          notifier.deliver(
              Samples.notification().step(IncidentStep.REPEATED, Level.OK, Level.OK).build());
      assertThat(delivery.outcome().kind()).isIn(Outcome.Kind.DONE, Outcome.Kind.REJECTED);
      if (delivery.outcome().kind() == Outcome.Kind.REJECTED) {
        assertThat(delivery.outcome().reason()).contains("heartbeat");
      }
      notifier.stop();
    }
  }

  private void accepts(NotificationBuilder notification) throws Exception {
    accepts(notification.build());
  }

  private void accepts(Notification notification) throws Exception {
    try (NotifierOutside outside = outside();
        TestContext context = newContext()) {
      Notifier notifier = outside.component(context);
      notifier.start();
      Delivery delivery = notifier.deliver(notification);
      assertThat(delivery.outcome()).as(delivery.answer()).isEqualTo(Outcome.DONE);
      assertSilent(delivery, context);
      notifier.stop();
    }
  }

  @Test
  default void a_receiver_that_does_not_answer_is_given_up_in_time_and_tried_again()
      throws Exception {
    try (NotifierOutside outside = outside();
        TestContext context = newContext()) {
      Notifier notifier = outside.impatient(context);
      notifier.start();
      outside.silence();
      long before = System.nanoTime();
      Delivery delivery = notifier.deliver(Samples.notification().build());
      assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(TIMEOUT.plus(GRACE));
      assertThat(delivery.outcome().kind()).isEqualTo(Outcome.Kind.RETRYABLE);
      assertThat(delivery.outcome().reason()).as("where it was").contains("127.0.0.1");
      assertSilent(delivery, context);
      notifier.stop();
    }
  }

  @Test
  default void a_receiver_that_is_away_is_tried_again_until_it_is_back() throws Exception {
    try (NotifierOutside outside = outside();
        TestContext context = newContext()) {
      Notifier notifier = outside.component(context);
      notifier.start();
      outside.refuse();
      Delivery delivery = notifier.deliver(Samples.notification().build());
      assertThat(delivery.outcome().kind()).isEqualTo(Outcome.Kind.RETRYABLE);
      assertThat(delivery.outcome().reason()).as("where it was").contains("127.0.0.1");
      assertThat(delivery.sent()).as("whether anything was sent to nobody").isFalse();
      assertSilent(delivery, context);
      outside.mend();
      Notification again = Samples.notification().repeated(2).build();
      assertThat(notifier.deliver(again).outcome()).isEqualTo(Outcome.DONE);
      notifier.stop();
    }
  }

  @Test
  default void an_interrupt_ends_a_delivery_that_hangs() throws Exception {
    try (NotifierOutside outside = outside();
        TestContext context = newContext()) {
      Notifier notifier = outside.component(context);
      notifier.start();
      outside.silence();
      int before = outside.arrived();
      CompletableFuture<Thread> caller = new CompletableFuture<>();
      CompletableFuture<String> ending =
          CompletableFuture.supplyAsync(() -> endingOf(notifier, caller), context.executor());
      Awaitility.await().until(() -> outside.arrived() > before);
      caller.get().interrupt();
      assertThat(ending.get(GRACE.toMillis(), TimeUnit.MILLISECONDS)).isEqualTo("interrupted");
      outside.mend();
      use(notifier);
      notifier.stop();
    }
  }

  private static String endingOf(Notifier notifier, CompletableFuture<Thread> caller) {
    caller.complete(Thread.currentThread());
    try {
      return notifier.deliver(Samples.notification().build()).outcome().toString();
    } catch (InterruptedException asked) {
      return "interrupted";
    }
  }

  @Test
  default void one_call_may_take_no_longer_than_the_notifier_says() throws Exception {
    try (NotifierOutside outside = outside();
        TestContext context = newContext()) {
      assertThat(outside.impatient(context).timeout()).isGreaterThanOrEqualTo(TIMEOUT);
    }
  }
}
