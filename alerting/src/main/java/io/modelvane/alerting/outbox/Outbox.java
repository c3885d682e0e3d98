package io.modelvane.alerting.outbox;

import io.modelvane.alerting.Aftermath;
import io.modelvane.alerting.history.History;
import io.modelvane.alerting.incident.IncidentChange;
import io.modelvane.alerting.response.Acknowledgements;
import io.modelvane.alerting.rule.Policy;
import io.modelvane.alerting.silence.Silences;
import io.modelvane.alerting.sql.Schema;
import io.modelvane.spi.ComponentContext;
import io.modelvane.spi.ComponentException;
import io.modelvane.spi.Delivery;
import io.modelvane.spi.Notification;
import io.modelvane.spi.Notifier;
import io.modelvane.spi.NotifierRef;
import io.modelvane.spi.RetryPolicy;
import io.modelvane.spi.SinkRef;
import io.modelvane.spi.StateStore;
import io.modelvane.spi.Status;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Plans notifications beside the incidents they tell of, and delivers them: one lane per endpoint,
 * so that none waits for another.
 */
public final class Outbox implements Aftermath {
  private static final Duration STOP_WITHIN = Duration.ofSeconds(5);
  private static final Duration CUT_WITHIN = Duration.ofSeconds(1);

  private final ComponentContext context;
  private final Tables tables;
  private final Policy policy;
  private final Interventions interventions;
  private final Timekeeper timekeeper;
  private final Conditions conditions;
  private final Optional<URI> link;
  private final Optional<History> history;
  private final Map<String, EndpointMeters> endpoints = new LinkedHashMap<>();
  private volatile List<Lane> lanes = List.of();
  private volatile boolean planned;

  private Outbox(
      Policy policy, ComponentContext context, Optional<SinkRef> recordTo, Optional<URI> link) {
    this.context = context;
    this.policy = policy;
    this.tables = Tables.in(context.state(), policy.inhibitions());
    this.interventions = new Interventions(policy, context, tables, this::intervened);
    this.timekeeper = new Timekeeper(context, tables, interventions, this::wakeLanes);
    this.conditions = new Conditions(context);
    this.link = link;
    this.history =
        recordTo.map(
            ref ->
                new History(
                    context, () -> context.sink(ref), health -> conditions.set("history", health)));
    for (String endpoint : policy.endpoints()) {
      endpoints.put(endpoint, new EndpointMeters(context, endpoint));
    }
  }

  /**
   * Makes an outbox; no I/O yet.
   *
   * @param policy who is told what and when, found valid
   * @param recordTo the sink for statuses and notifications; none for no history
   * @param link where to look, for every notification
   */
  public static Outbox create(
      Policy policy, ComponentContext context, Optional<SinkRef> recordTo, Optional<URI> link) {
    return new Outbox(policy, context, recordTo, link);
  }

  /** Where other parts of the same component report their health, to be told together. */
  public Conditions conditions() {
    return conditions;
  }

  /** Silences: made, ended and listed from outside, once the outbox has started. */
  public Silences silences() {
    return interventions.silences();
  }

  /** Acknowledgements and snoozes, as {@link #silences}. */
  public Acknowledgements acknowledgements() {
    return interventions.acknowledgements();
  }

  /** Why somebody was told of an incident, or was not, in the order it was decided. */
  public List<DecisionRecord> decisions(String incident) throws ComponentException {
    return context.state().read(connection -> tables.decisions().of(connection, incident));
  }

  @Override
  public void start() throws ComponentException {
    StateStore store = context.state();
    Schema schema = new Schema(store);
    tables.migrate(schema);
    schema.migrate("silences", silences().steps());
    schema.migrate("responses", acknowledgements().steps());
    schema.migrate("history", History.steps(store));
    Recovery recovery = new Recovery(context, tables, policy, interventions);
    store.<Integer>transact(recovery::run);
    if (history.isPresent()) {
      history.get().start();
    }
    Courier.Planning planning =
        new Courier.Planning(policy, interventions.planner(), this::wakeLanes);
    Courier.Shared shared =
        new Courier.Shared(context, tables, planning, history, conditions, link);
    List<Lane> started = new ArrayList<>();
    for (String name : interventions.endpoints().all()) {
      started.add(
          new Lane(
              new Courier(
                  endpoints.computeIfAbsent(name, any -> new EndpointMeters(context, name)),
                  notifier(name),
                  shared,
                  new Circuit(RetryPolicy.DEFAULT, new Random())),
              context.clock()));
    }
    lanes = List.copyOf(started);
    lanes.forEach(lane -> lane.start(context.executor()));
    timekeeper.start();
  }

  private Notifier notifier(String name) {
    return interventions.endpoints().names(name)
        ? context.notifier(new NotifierRef(name))
        : context.configuredNotifier(name).orElseThrow();
  }

  @Override
  public void apply(
      Connection connection, List<IncidentChange> changes, List<Status> toRecord, Instant now)
      throws SQLException {
    if (!changes.isEmpty()) {
      Planner planner = interventions.planner();
      planner.steps(planner.at(connection, now), changes);
      planned = true;
      for (Lane lane : lanes) {
        lane.claim(connection);
      }
    }
    Set<Status> steps = Collections.newSetFromMap(new IdentityHashMap<>());
    changes.forEach(change -> steps.add(change.status()));
    tables.incidents().latest(connection, toRecord, steps);
    if (history.isPresent()) {
      history.get().statuses(connection, toRecord);
    }
  }

  @Override
  public void committed() {
    lanes.forEach(Lane::claimed);
    history.ifPresent(History::wake);
    if (planned) {
      planned = false;
      timekeeper.changed();
      wakeLanes();
    }
  }

  @Override
  public void undone() {
    planned = false;
    lanes.forEach(Lane::unclaimed);
  }

  /** The endpoints that rules name, or that are owed the end of what they were told. */
  public Set<String> endpoints() {
    return interventions.endpoints().all();
  }

  /**
   * Makes one attempt to deliver to an endpoint, in its turn; nothing of it is kept.
   *
   * @return what came of it, when the endpoint's worker has done it; empty when no rule names such
   *     an endpoint, or the outbox does not run
   */
  public Optional<CompletableFuture<Delivery>> attempt(String endpoint, Notification notification) {
    return lanes.stream()
        .filter(lane -> lane.endpoint().equals(endpoint))
        .map(lane -> lane.attempt(notification))
        .findFirst();
  }

  /** What somebody asked for is on the disk, and may be due now. */
  private void intervened() {
    timekeeper.changed();
    timekeeper.look();
  }

  /** Makes everything that waits for a time look at the clock. */
  void wake() {
    timekeeper.look();
    wakeLanes();
    history.ifPresent(History::wake);
  }

  private void wakeLanes() {
    lanes.forEach(Lane::wake);
  }

  /** Nothing may be written once this is over: the database is closed then. */
  private void cut(List<Lane> running) throws InterruptedException {
    running.forEach(Lane::cut);
    Instant limit = context.clock().instant().plus(CUT_WITHIN);
    for (Lane lane : running) {
      lane.awaitEnd(Duration.between(context.clock().instant(), limit));
    }
  }

  @Override
  public void stop() throws InterruptedException {
    timekeeper.stop();
    List<Lane> running = lanes;
    running.forEach(Lane::askToStop);
    Instant limit = context.clock().instant().plus(STOP_WITHIN);
    try {
      for (Lane lane : running) {
        lane.join(Duration.between(context.clock().instant(), limit));
      }
    } finally {
      lanes = List.of();
      cut(running);
    }
    if (history.isPresent()) {
      history.get().stop();
    }
  }
}
