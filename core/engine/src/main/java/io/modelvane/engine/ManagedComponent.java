package io.modelvane.engine;

import io.modelvane.engine.config.ComponentDefinition;
import io.modelvane.spi.Component;
import io.modelvane.spi.ComponentException;
import io.modelvane.spi.Health;
import io.modelvane.spi.Outcome;
import io.modelvane.spi.RetryPolicy;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A component and its life: started until it works, stopped once, within a time limit. */
final class ManagedComponent {
  private static final System.Logger LOGGER = System.getLogger(ManagedComponent.class.getName());

  private final ComponentDefinition definition;
  private final Component component;
  private final EngineContext context;
  private final CompletableFuture<Boolean> started = new CompletableFuture<>();

  ManagedComponent(ComponentDefinition definition, Component component, EngineContext context) {
    this.definition = definition;
    this.component = component;
    this.context = context;
  }

  Component component() {
    return component;
  }

  /** Completes with true when the component works, with false when it never will. */
  CompletableFuture<Boolean> started() {
    return started;
  }

  /** Starts it; what may pass is tried again in the background. Returns what will not pass. */
  Optional<String> start() throws InterruptedException {
    try {
      PluginLoader.call(component, component::start);
      context.health(Health.UP);
      started.complete(true);
      return Optional.empty();
    } catch (ComponentException failed) {
      return failed(failed);
    } catch (RuntimeException | LinkageError defect) {
      LOGGER.log(System.Logger.Level.DEBUG, definition.title() + " does not start", defect);
      return givenUp("it failed to start: " + PluginLoader.words(defect));
    }
  }

  private Optional<String> failed(ComponentException failed) {
    String reason = context.redact(String.valueOf(failed.getMessage()));
    LOGGER.log(System.Logger.Level.DEBUG, definition.title(), failed);
    if (failed.kind() != Outcome.Kind.RETRYABLE && failed.kind() != Outcome.Kind.THROTTLED) {
      return givenUp(reason);
    }
    context.health(new Health(Health.State.DOWN, "waiting to start; " + reason));
    context.executor().execute(() -> retry(failed));
    return Optional.empty();
  }

  private Optional<String> givenUp(String reason) {
    context.health(new Health(Health.State.DOWN, reason));
    started.complete(false);
    return Optional.of(definition.location() + ": " + definition.title() + ": " + reason);
  }

  private void retry(ComponentException first) {
    ComponentException last = first;
    try {
      for (int failures = 1; !started.isDone(); failures++) {
        Duration pause =
            RetryPolicy.DEFAULT.delay(failures, last.toOutcome(), ThreadLocalRandom.current());
        TimeUnit.NANOSECONDS.sleep(Math.min(pause.toNanos(), Duration.ofSeconds(10).toNanos()));
        try {
          PluginLoader.call(component, component::start);
          context.health(Health.UP);
          started.complete(true);
        } catch (ComponentException again) {
          last = again;
          context.health(
              new Health(
                  Health.State.DOWN,
                  "waiting to start; " + context.redact(String.valueOf(again.getMessage()))));
        }
      }
    } catch (InterruptedException stopping) {
      started.complete(false);
      Thread.currentThread().interrupt();
    } catch (RuntimeException | LinkageError defect) {
      var unused = givenUp("it failed to start: " + PluginLoader.words(defect));
    }
  }

  /** Stops it; one that hangs is interrupted, named and left behind. */
  void stop(Duration limit) {
    started.complete(false);
    Future<?> stopping = context.executor().submit(this::stopQuietly);
    try {
      stopping.get(Math.max(1, limit.toMillis()), TimeUnit.MILLISECONDS);
    } catch (TimeoutException hangs) {
      stopping.cancel(true);
      LOGGER.log(
          System.Logger.Level.ERROR,
          "{0} did not stop within {1} ms and is left behind",
          definition.title(),
          limit.toMillis());
    } catch (ExecutionException | java.util.concurrent.CancellationException failed) {
      LOGGER.log(System.Logger.Level.WARNING, "{0}: {1}", definition.title(), failed.getMessage());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } finally {
      context.close();
    }
  }

  private void stopQuietly() {
    try {
      PluginLoader.call(component, component::stop);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } catch (ComponentException | RuntimeException | LinkageError defect) {
      LOGGER.log(
          System.Logger.Level.WARNING, "{0} failed to stop: {1}", definition.title(), defect);
    }
  }
}
