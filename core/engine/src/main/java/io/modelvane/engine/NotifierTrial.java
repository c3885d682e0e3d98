package io.modelvane.engine;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.modelvane.engine.config.ComponentDefinition;
import io.modelvane.engine.config.Configuration;
import io.modelvane.engine.observe.ApiRoutes;
import io.modelvane.engine.observe.HealthBoard;
import io.modelvane.engine.plugin.ComponentKind;
import io.modelvane.engine.state.DataFolder;
import io.modelvane.engine.state.StateDatabase;
import io.modelvane.spi.ComponentException;
import io.modelvane.spi.Delivery;
import io.modelvane.spi.Notification;
import io.modelvane.spi.Notifier;
import io.modelvane.spi.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * Starts one notifier of a configuration and nothing else, makes one attempt with it, and stops it.
 * Its data folder is one of its own, so that a Modelvane that runs is not in the way.
 */
public final class NotifierTrial {
  private static final Duration STOP_WITHIN = Duration.ofSeconds(5);

  private final Configuration configuration;
  private final Clock clock;

  /** Trials of the notifiers of a configuration. */
  public NotifierTrial(Configuration configuration, Clock clock) {
    this.configuration = configuration;
    this.clock = clock;
  }

  /**
   * Delivers a test message.
   *
   * @param name of a notifier that is configured
   * @return what came of it; whoever shows it masks secrets once more. A start that fails is an
   *     attempt that sent nothing
   */
  public Delivery deliver(String name) throws InterruptedException {
    ComponentDefinition definition = configuration.component(ComponentKind.NOTIFIER, name);
    try {
      Path place = Files.createTempDirectory("modelvane-trial");
      try (DataFolder folder = DataFolder.open(place);
          StateDatabase database = new StateDatabase(place.resolve("state.db"))) {
        return deliver(definition, folder, database);
      } finally {
        remove(place);
      }
    } catch (ComponentException unusable) {
      return Delivery.notSent(unusable.toOutcome());
    } catch (IOException failed) {
      throw new UncheckedIOException("no temporary folder", failed);
    }
  }

  private Delivery deliver(
      ComponentDefinition definition, DataFolder folder, StateDatabase database)
      throws ComponentException, InterruptedException {
    HealthBoard health = new HealthBoard(configuration.redactor()::redact);
    Contexts contexts =
        new Contexts(
            configuration,
            clock,
            new SimpleMeterRegistry(),
            health,
            folder,
            database,
            new ApiRoutes());
    ManagedComponent managed =
        new Components(configuration, contexts).make(definition, Optional.empty());
    Notifier notifier = (Notifier) managed.component();
    try {
      PluginLoader.call(notifier, notifier::start);
      return attempt(managed, Notification.test(definition.name(), clock.instant()));
    } finally {
      managed.stop(STOP_WITHIN);
    }
  }

  private static Delivery attempt(ManagedComponent managed, Notification notification)
      throws InterruptedException {
    Notifier notifier = (Notifier) managed.component();
    var owner = new EngineThreads.Owner(managed.title(), PluginLoader.of(notifier));
    var thread = EngineThreads.pool("trial", owner);
    try {
      Notifier checked = managed.notifier();
      Future<Delivery> answer = thread.submit(() -> checked.deliver(notification));
      return answer.get(notifier.timeout().toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException slow) {
      String words = "no answer within " + notifier.timeout().toMillis() + " ms";
      return Delivery.failed(new Outcome.Retryable(words));
    } catch (ExecutionException defect) {
      String words = "the notifier failed: " + PluginLoader.words(defect);
      return Delivery.failed(new Outcome.Fatal(words));
    } finally {
      thread.shutdownNow();
    }
  }

  private static void remove(Path folder) throws IOException {
    try (Stream<Path> tree = Files.walk(folder)) {
      for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }

  /** The notifiers that are configured. */
  public List<String> names() {
    return List.copyOf(configuration.of(ComponentKind.NOTIFIER).keySet());
  }
}
