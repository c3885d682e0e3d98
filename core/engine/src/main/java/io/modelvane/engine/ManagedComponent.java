package io.modelvane.engine;

import io.modelvane.engine.config.ComponentDefinition;
import io.modelvane.engine.words.Defect;
import io.modelvane.spi.Component;
import io.modelvane.spi.ComponentException;
import io.modelvane.spi.DeadLetterStore;
import io.modelvane.spi.Health;
import io.modelvane.spi.Notifier;
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
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** A component and its life: started until it works, stopped once, within a time limit. */
final class ManagedComponent {
  /** Between two starts; a pause that the other side asks for is kept. */
  static final RetryPolicy RESTART =
      new RetryPolicy(
          RetryPolicy.DEFAULT.initial(),
          Duration.ofSeconds(10),
          RetryPolicy.DEFAULT.maximumThrottle());

  private final ComponentDefinition definition;
  private final Component component;
  private final EngineContext context;
  private final System.Logger logger;
  private final CompletableFuture<Boolean> started = new CompletableFuture<>();

  /** Starts and stops take turns: the retry of a start may be under way when the stop comes. */
  private final ReentrantLock life = new ReentrantLock();

  private volatile @Nullable Future<?> starting;
  private volatile @Nullable Future<?> retrying;
  private volatile boolean late;

  ManagedComponent(ComponentDefinition definition, Component component, EngineContext context) {
    this.definition = definition;
    this.component = component;
    this.context = context;
    this.logger = new RedactingLogger(ManagedComponent.class.getName(), context::redact);
  }

  Component component() {
    return component;
  }

  /** Completes with true when the component works, with false when it never will. */
  CompletableFuture<Boolean> started() {
    return started;
  }

  /** Waits until it works; false when it does not within the limit. */
  boolean awaitStart(Duration limit) throws InterruptedException {
    try {
      return started.get(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException notYet) {
      return false;
    } catch (ExecutionException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** The notifier this is, for those who call it. */
  Notifier notifier() {
    return new CheckedNotifier((Notifier) component, context, definition.title());
  }

  /** The dead letters this is, for those who write them. */
  DeadLetterStore deadLetters() {
    return new CheckedLetters((DeadLetterStore) component, context);
  }

  /** {@code sink 'influx'}. */
  String title() {
    return definition.title();
  }

  /** How it is, with its name. */
  String words() {
    return definition.title() + ": " + context.health().reason();
  }

  /**
   * Starts it; what may pass is tried again in the background. Returns what will not pass.
   *
   * @param limit how long to wait for it; one that takes longer is not waited for any more, and
   *     works once its start has come back
   */
  Optional<String> start(Duration limit) throws InterruptedException {
    Future<Optional<String>> first = context.executor().submit(this::startFirst);
    starting = first;
    try {
      return first.get(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException hangs) {
      late = true;
      if (!started.isDone()) {
        context.health(
            new Health(
                Health.State.DOWN,
                "waiting to start; its start has not come back within %d s"
                    .formatted(limit.toSeconds())));
      }
      if (started.getNow(false)) {
        context.health(Health.UP);
      }
      return Optional.empty();
    } catch (ExecutionException impossible) {
      throw new IllegalStateException(impossible);
    } catch (InterruptedException stopping) {
      first.cancel(true);
      throw stopping;
    }
  }

  private Optional<String> startFirst() {
    try {
      startOnce();
      return Optional.empty();
    } catch (InterruptedException stopping) {
      started.complete(false);
      Thread.currentThread().interrupt();
      return Optional.empty();
    } catch (ComponentException failed) {
      return failed(failed);
    } catch (Throwable defect) { // also a checked one that it does not declare
      logger.log(System.Logger.Level.DEBUG, definition.title() + " does not start", defect);
      return givenUp(defective(defect));
    }
  }

  private void startOnce() throws ComponentException, InterruptedException {
    life.lockInterruptibly();
    try {
      if (!started.isDone()) {
        PluginLoader.call(component, component::start);
        context.health(Health.UP);
        started.complete(true);
        if (late) { // whoever waited may have called it down meanwhile
          context.health(Health.UP);
        }
      }
    } finally {
      life.unlock();
    }
  }

  private Optional<String> failed(ComponentException failed) {
    String reason = context.words(String.valueOf(failed.getMessage()));
    logger.log(System.Logger.Level.DEBUG, definition.title(), failed);
    boolean passes =
        switch (failed.kind()) {
          case RETRYABLE, THROTTLED -> true;
          case MISCONFIGURED -> late; // nobody ends with 78 for it any more
          case DONE, REJECTED, FATAL -> false;
        };
    if (!passes) {
      return givenUp(reason);
    }
    context.health(new Health(Health.State.DOWN, "waiting to start; " + reason));
    retrying = context.executor().submit(() -> retry(failed));
    return Optional.empty();
  }

  private Optional<String> givenUp(String words) {
    String reason = context.words(words);
    context.health(new Health(Health.State.DOWN, reason));
    started.complete(false);
    return Optional.of(definition.location() + ": " + definition.title() + ": " + reason);
  }

  private String defective(Throwable defect) {
    return "it failed to start: " + PluginLoader.words(defect) + Defect.origin(component);
  }

  private void retry(ComponentException first) {
    ComponentException last = first;
    try {
      for (int failures = 1; !started.isDone(); failures++) {
        Duration pause = RESTART.delay(failures, last.toOutcome(), ThreadLocalRandom.current());
        TimeUnit.NANOSECONDS.sleep(pause.toNanos());
        try {
          startOnce();
        } catch (ComponentException again) {
          last = again;
          if (again.kind() == Outcome.Kind.FATAL) {
            var unused = givenUp(String.valueOf(again.getMessage()));
            return;
          }
          context.health(
              new Health(
                  Health.State.DOWN,
                  "waiting to start; " + context.words(String.valueOf(again.getMessage()))));
        }
      }
    } catch (InterruptedException stopping) {
      started.complete(false);
      Thread.currentThread().interrupt();
    } catch (Throwable defect) { // also a checked one that it does not declare
      logger.log(System.Logger.Level.DEBUG, definition.title() + " does not start", defect);
      var unused = givenUp(defective(defect));
    }
  }

  /** Stops it; one that hangs is interrupted, named and left behind. */
  void stop(Duration limit) {
    started.complete(false);
    cancel(starting);
    cancel(retrying);
    Future<?> stopping = context.executor().submit(this::stopQuietly);
    try {
      stopping.get(Math.max(1, limit.toMillis()), TimeUnit.MILLISECONDS);
    } catch (TimeoutException hangs) {
      stopping.cancel(true);
      logger.log(
          System.Logger.Level.ERROR,
          "{0} did not stop within {1} ms and is left behind",
          definition.title(),
          limit.toMillis());
    } catch (ExecutionException | java.util.concurrent.CancellationException failed) {
      logger.log(System.Logger.Level.WARNING, "{0}: {1}", definition.title(), failed.getMessage());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } finally {
      context.close();
    }
  }

  private static void cancel(@Nullable Future<?> work) {
    if (work != null) {
      work.cancel(true);
    }
  }

  private void stopQuietly() {
    try {
      life.lockInterruptibly();
      try {
        PluginLoader.call(component, component::stop);
      } finally {
        life.unlock();
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } catch (Throwable defect) {
      Defect.passFatal(defect);
      logger.log(System.Logger.Level.WARNING, definition.title() + " failed to stop", defect);
    }
  }
}
