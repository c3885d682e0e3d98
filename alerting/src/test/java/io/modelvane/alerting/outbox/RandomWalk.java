package io.modelvane.alerting.outbox;

import io.modelvane.alerting.incident.IncidentChange;
import io.modelvane.alerting.outbox.CrashingStore.Moment;
import io.modelvane.alerting.rule.LevelChoice;
import io.modelvane.alerting.rule.Policy;
import io.modelvane.alerting.rule.RuleOptions;
import io.modelvane.spi.Delivery;
import io.modelvane.spi.Level;
import io.modelvane.spi.Notification;
import io.modelvane.spi.Outcome;
import io.modelvane.spi.StateStore;
import io.modelvane.testkit.TestContext;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;

/**
 * A random run of a {@link Plant}: three models change levels, three endpoints fail in every way,
 * and the process ends anywhere. A {@link WalkOracle} follows it.
 */
final class RandomWalk implements AutoCloseable {
  private static final List<Level> LEVELS = List.of(Level.OK, Level.INFO, Level.WARN, Level.CRIT);

  private final Random random;
  private final TestContext context;
  private final List<Story> stories = List.of(new Story("a"), new Story("b"), new Story("c"));
  private final Map<String, LedgerNotifier> notifiers = new LinkedHashMap<>();
  private final WalkOracle oracle = new WalkOracle();
  private final Plant plant;
  private boolean calm = true;

  RandomWalk(StateStore store, long seed) {
    this.context =
        TestContext.named("alerting").state(new CrashingStore(store, this::moment)).build();
    this.random = new Random(seed);
    Map<String, RuleOptions> rules = new LinkedHashMap<>();
    rules.put("page", RuleMaker.to(LevelChoice.CRIT, "pager"));
    rules.put("all", RuleMaker.all("slack"));
    rules.put(
        "tell",
        RuleMaker.repeating(
            RuleMaker.from(LevelChoice.OK, "mail", "slack"), Duration.ofMinutes(30)));
    List.of("pager", "slack", "mail").forEach(name -> notifiers.put(name, new LedgerNotifier()));
    this.plant = new Plant(context, Policy.of(rules), notifiers, random);
  }

  @Override
  public void close() {
    context.close();
  }

  private Moment moment() {
    int dice = calm ? 2 : random.nextInt(60);
    return dice == 0 ? Moment.BEFORE_COMMIT : dice == 1 ? Moment.AFTER_COMMIT : Moment.NEVER;
  }

  void run(int moves) throws Exception {
    plant.prepare();
    calm = false;
    boot();
    for (int i = 0; i < moves; i++) {
      try {
        move();
      } catch (Crash gone) {
        boot();
      }
    }
    calm = true;
    boot();
    plant.finish();
    stories.forEach(story -> oracle.checkOpen(story, notifiers));
    for (Story story : stories) {
      if (story.level() != Level.OK) {
        step(story, Level.OK);
      }
    }
    plant.finish();
    oracle.checkAll(notifiers);
  }

  /** Crashes on the way up are crashes too. What was marked as being sent then is uncertain. */
  private void boot() throws Exception {
    boolean up = false;
    while (!up) {
      plant.marked().forEach(row -> oracle.uncertain(row.endpoint(), row.incident()));
      up = booted();
    }
  }

  private boolean booted() throws Exception {
    try {
      plant.boot();
      return true;
    } catch (Crash again) {
      return false;
    }
  }

  private void move() throws Exception {
    int dice = random.nextInt(10);
    if (dice < 3) {
      Story story = stories.get(random.nextInt(stories.size()));
      Level next = LEVELS.get(random.nextInt(LEVELS.size()));
      if (next != story.level()) {
        step(story, next);
      }
    } else if (dice < 8) {
      turn(List.copyOf(notifiers.keySet()).get(random.nextInt(notifiers.size())));
    } else if (dice < 9) {
      context.clock().advance(Duration.ofSeconds(random.nextInt(900)));
      plant.tick();
    } else if (random.nextInt(4) == 0) {
      throw new Crash();
    }
  }

  /** A step is made again after a crash until it is in the database, as a replay would. */
  private void step(Story story, Level next) throws Exception {
    IncidentChange change = story.to(next, context.clock().instant());
    oracle.changed(change);
    while (true) {
      try {
        plant.change(change);
        return;
      } catch (Crash gone) {
        boot();
        if (known(change)) {
          return;
        }
      }
    }
  }

  private boolean known(IncidentChange change) throws Exception {
    Incidents incidents = new Incidents(context.state());
    return context
        .state()
        .read(
            connection ->
                incidents
                    .find(connection, change.incident().id())
                    .filter(known -> known.incident().equals(change.incident()))
                    .filter(known -> known.status().equals(change.status()))
                    .isPresent());
  }

  private void turn(String endpoint) throws Exception {
    LedgerNotifier notifier = notifiers.get(endpoint);
    if (notifier != null) {
      notifier.then(notification -> answer(endpoint, notifier, notification));
    }
    var unused = plant.turn(endpoint);
  }

  private Delivery answer(String endpoint, LedgerNotifier notifier, Notification notification) {
    boolean arrives = random.nextBoolean();
    int dice = calm ? 10 : random.nextInt(11);
    if (dice < 4) {
      oracle.uncertain(endpoint, notification.incident().id());
      if (arrives) {
        notifier.arrived.add(notification);
      }
    }
    return switch (dice) {
      case 0 -> throw new Crash();
      case 1 -> throw new IllegalStateException("a defect");
      case 2, 3 -> Delivery.failed(new Outcome.Retryable("connection reset"));
      case 4 -> Delivery.notSent(new Outcome.Retryable("connection refused"));
      case 5 -> new Delivery(new Outcome.Retryable("busy"), OptionalInt.of(503), "", Map.of());
      case 6 -> Delivery.failed(new Outcome.Throttled(Duration.ofSeconds(20), "slowly"));
      case 7 -> Delivery.failed(new Outcome.Misconfigured("no such channel"));
      default -> notifier.arrive(notification);
    };
  }
}
