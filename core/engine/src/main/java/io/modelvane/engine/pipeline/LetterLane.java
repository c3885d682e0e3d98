package io.modelvane.engine.pipeline;

import io.modelvane.spi.Health;
import io.modelvane.spi.Outcome;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Brings the dead letters of a batch to where they are kept, and tries until they are. Called by
 * the pipeline's thread; writes on another.
 */
final class LetterLane {
  private final PipelineParts parts;
  private final PipelineServices services;
  private final PipelineMeters meters;
  private final Consumer<Runnable> mailbox;
  private final String part;
  private final Duration timeout;

  LetterLane(
      PipelineParts parts,
      PipelineServices services,
      PipelineMeters meters,
      Consumer<Runnable> mailbox) {
    this.parts = parts;
    this.services = services;
    this.meters = meters;
    this.mailbox = mailbox;
    this.part = "pipeline " + parts.name() + " -> dead letters";
    this.timeout = parts.options().writeTimeout();
  }

  /** Keeps the letters of a flight, then runs {@code done} on the pipeline's thread. */
  void bury(Flight flight, Runnable done) {
    if (flight.letters.isEmpty()) {
      done.run();
    } else {
      new Attempt(flight, 0, done).begin();
    }
  }

  /**
   * One attempt. One that takes too long is interrupted and said to be down, but nothing else is
   * tried until it has ended: what hangs on a dead disk must not be followed by more of its kind.
   */
  private final class Attempt {
    private final Flight flight;
    private final int failures;
    private final Runnable done;
    private @Nullable Future<?> limit;
    private @Nullable Thread writer;
    private boolean overdue;

    Attempt(Flight flight, int failures, Runnable done) {
      this.flight = flight;
      this.failures = failures;
      this.done = done;
    }

    void begin() {
      limit = services.later(timeout, () -> mailbox.accept(this::remind));
      services.executor().execute(this::run);
    }

    private void run() {
      writing(Thread.currentThread());
      Outcome outcome = write();
      writing(null);
      var unused = Thread.interrupted(); // a reminder that came late is nobody else's
      mailbox.accept(() -> answered(outcome));
    }

    private synchronized void writing(@Nullable Thread thread) {
      writer = thread;
    }

    private Outcome write() {
      try {
        Outcome outcome = parts.deadLetters().write(flight.letters);
        return outcome == null ? new Outcome.Retryable("dead letters answered nothing") : outcome;
      } catch (Throwable defect) { // whatever it is, the letters are not kept yet
        return new Outcome.Retryable("dead letters failed: " + defect);
      }
    }

    private void remind() {
      overdue = true;
      down("dead letters are not kept within " + timeout + ": their disk or brokers do not answer");
      interrupt();
    }

    private synchronized void interrupt() {
      if (writer != null) {
        writer.interrupt();
      }
    }

    private void answered(Outcome outcome) {
      if (limit != null) {
        limit.cancel(false);
      }
      if (outcome.kind() == Outcome.Kind.DONE) {
        meters.deadLetters.add(flight.letters.size());
        services.health().set(part, Health.UP);
        done.run();
        return;
      }
      if (!overdue) { // else it has been said, and better than by what the interrupt led to
        down(outcome.reason());
      }
      Duration pause =
          parts.options().retry().delay(failures + 1, outcome, ThreadLocalRandom.current());
      Attempt next = new Attempt(flight, failures + 1, done);
      services.later(pause, () -> mailbox.accept(next::begin));
    }
  }

  private void down(String reason) {
    services
        .health()
        .set(part, new Health(Health.State.DOWN, "holding, nothing is lost; " + reason));
  }
}
