package io.modelvane.alerting.outbox;

import io.modelvane.alerting.Aftermath;
import io.modelvane.alerting.incident.IncidentChange;
import io.modelvane.alerting.response.Acknowledgements;
import io.modelvane.alerting.rule.Policy;
import io.modelvane.alerting.silence.Silences;
import io.modelvane.spi.ComponentException;
import io.modelvane.spi.Notification;
import io.modelvane.spi.Outcome;
import io.modelvane.spi.Status;
import io.modelvane.testkit.TestContext;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * The outbox of a case, without threads: whatever is due is delivered before anything else happens,
 * and time stops at everything that is planned by time.
 */
public final class Post implements Aftermath {
  private final TestContext context;
  private Plant plant;
  private final Map<String, LedgerNotifier> notifiers = new LinkedHashMap<>();
  private final List<Sent> sent = new ArrayList<>();

  /** What arrived where, and when. */
  public record Sent(String endpoint, Instant at, Notification notification) {}

  /** The outbox of a policy. */
  public Post(TestContext context, Policy policy) {
    this.context = context;
    this.plant = plant(policy);
  }

  private Plant plant(Policy policy) {
    policy
        .endpoints()
        .forEach(name -> notifiers.computeIfAbsent(name, added -> new LedgerNotifier()));
    notifiers.forEach((name, notifier) -> notifier.keepsIncidents = name.equals("oncall"));
    return new Plant(context, policy, notifiers, new Random(7));
  }

  @Override
  public void start() throws ComponentException {
    plant.prepare();
    plant.boot();
  }

  /** The process ended, and starts again with nothing in memory. */
  public void restart() throws ComponentException {
    plant.boot();
  }

  /** As {@link #restart()}, with another configuration. */
  public void restart(Policy policy) throws ComponentException {
    plant = plant(policy);
    start();
  }

  @Override
  public void apply(
      Connection connection, List<IncidentChange> changes, List<Status> toRecord, Instant now)
      throws SQLException {
    plant.steps(connection, changes, now);
    plant.latest(connection, changes, toRecord);
  }

  @Override
  public void committed() {}

  @Override
  public void stop() {}

  /** Silences, made and ended from outside. */
  public Silences silences() {
    return plant.interventions().silences();
  }

  /** Acknowledgements and snoozes. */
  public Acknowledgements acknowledgements() {
    return plant.interventions().acknowledgements();
  }

  /** The next attempts of an endpoint fail like this. */
  public void fail(String endpoint, Outcome outcome, int times) {
    for (int i = 0; i < times; i++) {
      notifier(endpoint).then(outcome);
    }
  }

  private LedgerNotifier notifier(String endpoint) {
    LedgerNotifier notifier = notifiers.get(endpoint);
    if (notifier == null) {
      throw new AssertionError("no rule names " + endpoint);
    }
    return notifier;
  }

  /** Delivers what is due; answers when something is due next. */
  public Instant settle() throws ComponentException, InterruptedException {
    Instant next = Instant.MIN;
    while (!next.isAfter(context.clock().instant())) {
      plant.tick();
      next = plant.next();
      for (String endpoint : notifiers.keySet()) {
        Instant again = deliver(endpoint);
        next = again.isBefore(next) ? again : next;
      }
    }
    return next;
  }

  private Instant deliver(String endpoint) throws InterruptedException {
    LedgerNotifier notifier = notifier(endpoint);
    Instant again = Instant.MIN;
    while (!again.isAfter(context.clock().instant())) {
      int before = notifier.arrived.size();
      again = plant.turn(endpoint);
      for (Notification arrived : notifier.arrived.subList(before, notifier.arrived.size())) {
        sent.add(new Sent(endpoint, context.clock().instant(), arrived));
      }
    }
    return again;
  }

  /** Lets time pass until then, and stops wherever something is due. */
  public void passUntil(Instant time) throws ComponentException, InterruptedException {
    Instant next = settle();
    while (!next.isAfter(time)) {
      context.clock().reach(next);
      next = settle();
    }
    context.clock().reach(time);
    settle();
  }

  /** What arrived, in order. */
  public List<Sent> sent() {
    return List.copyOf(sent);
  }

  /** What was decided about an incident. */
  public List<DecisionRecord> decisions(String incident) throws ComponentException {
    return plant.decisions(incident);
  }
}
