package io.modelvane.alerting.outbox;

import io.modelvane.alerting.incident.IncidentChange;
import io.modelvane.alerting.rule.Policy;
import io.modelvane.alerting.sql.Schema;
import io.modelvane.spi.ComponentException;
import io.modelvane.spi.RetryPolicy;
import io.modelvane.spi.Status;
import io.modelvane.testkit.TestContext;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** The outbox without its threads: every move is made by the test, and memory can be lost. */
final class Plant {
  private final TestContext context;
  private final Policy policy;
  private final Map<String, LedgerNotifier> notifiers;
  private final Random random;
  private final Tables tables;
  private Interventions interventions;
  private Timekeeper timekeeper;
  private Map<String, Courier> couriers = Map.of();

  Plant(TestContext context, Policy policy, Map<String, LedgerNotifier> notifiers, Random random) {
    this.context = context;
    this.policy = policy;
    this.notifiers = notifiers;
    this.random = random;
    this.tables = Tables.in(context.state(), policy.inhibitions());
    this.interventions = new Interventions(policy, context, tables, () -> {});
    this.timekeeper = new Timekeeper(context, tables, interventions, () -> {});
  }

  /** One at work, whose only endpoint is told of everything. */
  static Plant telling(TestContext context, String endpoint, LedgerNotifier notifier)
      throws ComponentException {
    Policy policy = Policy.of(Map.of("tell", RuleMaker.all(endpoint)));
    Plant plant = new Plant(context, policy, Map.of(endpoint, notifier), new Random(1));
    plant.prepare();
    plant.boot();
    return plant;
  }

  void prepare() throws ComponentException {
    Schema schema = new Schema(context.state());
    tables.migrate(schema);
    schema.migrate("silences", interventions.silences().steps());
    schema.migrate("responses", interventions.acknowledgements().steps());
  }

  /** What is marked in the database as being sent. */
  List<OutboxRow.Target> marked() throws ComponentException {
    return context
        .state()
        .read(connection -> tables.rows().attempting(connection).stream())
        .map(OutboxRow::target)
        .toList();
  }

  /** Starts with nothing in memory. */
  void boot() throws ComponentException {
    interventions = new Interventions(policy, context, tables, () -> {});
    Recovery recovery = new Recovery(context, tables, policy, interventions);
    context.state().<Integer>transact(recovery::run);
    timekeeper = new Timekeeper(context, tables, interventions, () -> {});
    Courier.Shared shared =
        new Courier.Shared(
            context,
            tables,
            new Courier.Planning(policy, interventions.planner(), () -> {}),
            Optional.empty(),
            new Conditions(context),
            Optional.empty());
    Map<String, Courier> fresh = new LinkedHashMap<>();
    notifiers.forEach(
        (name, notifier) ->
            fresh.put(
                name,
                new Courier(
                    new EndpointMeters(context, name),
                    notifier,
                    shared,
                    new Circuit(RetryPolicy.DEFAULT, random))));
    couriers = fresh;
  }

  void change(IncidentChange change) throws ComponentException {
    Instant now = context.clock().instant();
    context
        .state()
        .transact(
            connection -> {
              step(connection, change, now);
              return true;
            });
  }

  /** Plans what follows from a step, in the caller's transaction. */
  void step(Connection connection, IncidentChange change, Instant now) throws SQLException {
    steps(connection, List.of(change), now);
  }

  /** Plans what follows from steps that are committed together. */
  void steps(Connection connection, List<IncidentChange> changes, Instant now) throws SQLException {
    Planner planner = interventions.planner();
    planner.steps(planner.at(connection, now), changes);
  }

  /** Keeps the latest statuses, which are not all steps. */
  void latest(Connection connection, List<IncidentChange> changes, List<Status> toRecord)
      throws SQLException {
    Set<Status> steps = Collections.newSetFromMap(new IdentityHashMap<>());
    changes.forEach(change -> steps.add(change.status()));
    tables.incidents().latest(connection, toRecord, steps);
  }

  Interventions interventions() {
    return interventions;
  }

  /** Why somebody was told of an incident, or was not. */
  List<DecisionRecord> decisions(String incident) throws ComponentException {
    return context.state().read(connection -> tables.decisions().of(connection, incident));
  }

  /** When something is due by time alone. */
  Instant next() throws ComponentException {
    return context.state().read(interventions.planner()::next);
  }

  void tick() throws ComponentException {
    var unused = context.state().transact(timekeeper::tick);
  }

  Instant turn(String endpoint) throws InterruptedException {
    return courier(endpoint).turn();
  }

  /** The courier of an endpoint. */
  Courier courier(String endpoint) {
    return Objects.requireNonNull(couriers.get(endpoint), endpoint);
  }

  /** Goes on, time included, until no endpoint has anything left to send. */
  void finish() throws InterruptedException {
    for (String endpoint : couriers.keySet()) {
      Instant next = turn(endpoint);
      for (int turns = 0; !next.equals(Instant.MAX); turns++) {
        if (turns > 10_000) {
          throw new AssertionError(endpoint + " never gets done");
        }
        if (next.isAfter(context.clock().instant())) {
          context.clock().advance(Duration.between(context.clock().instant(), next));
        }
        next = turn(endpoint);
      }
    }
  }
}
