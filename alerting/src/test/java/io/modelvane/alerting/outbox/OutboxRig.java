package io.modelvane.alerting.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.modelvane.alerting.rule.EndpointOptions;
import io.modelvane.alerting.rule.Policy;
import io.modelvane.alerting.rule.RuleOptions;
import io.modelvane.alerting.rule.Rules;
import io.modelvane.alerting.sql.Sql;
import io.modelvane.engine.state.StateDatabase;
import io.modelvane.spi.Delivery;
import io.modelvane.spi.Level;
import io.modelvane.spi.Outcome;
import io.modelvane.testkit.TestContext;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.awaitility.core.ConditionFactory;

/** An outbox over a real database, with two notifiers that keep what they are told. */
final class OutboxRig {
  static final Duration MINUTE = Duration.ofMinutes(1);
  static final Optional<URI> LINK = Optional.of(URI.create("https://example.com/models"));

  final LedgerNotifier slack = new LedgerNotifier();
  final LedgerNotifier pager = new LedgerNotifier();
  final Map<String, RuleOptions> rules = new LinkedHashMap<>();
  final Map<String, EndpointOptions> endpoints = new LinkedHashMap<>();
  final Story model = new Story("credit");
  final StateDatabase database;
  final TestContext context;
  Outbox outbox;

  /** Nothing is started; the database is in the folder. */
  OutboxRig(Path folder) {
    database = new StateDatabase(folder.resolve("state.db"));
    context =
        TestContext.named("alerting")
            .state(database.store("sink_alerting"))
            .notifier("slack", slack)
            .notifier("pager", pager)
            .secret("s3cret")
            .build();
    outbox = Outbox.create(policy(), context, Optional.empty(), LINK);
  }

  void close() throws Exception {
    outbox.stop();
    context.close();
    database.close();
  }

  private Policy policy() {
    return new Policy(new Rules(rules), List.of(), List.of(), endpoints);
  }

  void start() throws Exception {
    outbox = Outbox.create(policy(), context, Optional.empty(), LINK);
    outbox.start();
  }

  void restart() throws Exception {
    outbox.stop();
    start();
  }

  void happen(Level level) throws Exception {
    model.happen(level, outbox, context);
  }

  static ConditionFactory soon() {
    return await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(5));
  }

  /** Lets time pass until something is so. */
  void advancingUntil(Duration step, Callable<Boolean> condition) {
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

  void settled() {
    advancingUntil(Duration.ofSeconds(1), () -> waiting() == 0);
  }

  long waiting() throws Exception {
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

  long attempts(String outcome) {
    return context
        .recordedMeters()
        .count("notifications", Map.of("endpoint", "slack", "outcome", outcome));
  }

  List<String> states(String endpoint) throws Exception {
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

  /** Another endpoint's lane makes a round after the wake: enough for a wrong attempt to show. */
  void restedAt(int attempts) throws Exception {
    for (int i = 0; i < 5; i++) {
      outbox.wake();
      Thread.sleep(5);
    }
    assertThat(slack.attempts).hasSize(attempts);
  }

  static Delivery refused() {
    return new Delivery(new Outcome.Retryable("503"), OptionalInt.of(503), "", Map.of());
  }
}
