package io.modelvane.engine.pipeline;

import io.modelvane.spi.Health;
import io.modelvane.spi.Outcome;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;

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
  }

  /** Keeps the letters of a flight, then runs {@code done} on the pipeline's thread. */
  void bury(Flight flight, Runnable done) {
    if (flight.letters.isEmpty()) {
      done.run();
    } else {
      attempt(flight, 0, done);
    }
  }

  private void attempt(Flight flight, int failures, Runnable done) {
    services
        .executor()
        .execute(
            () -> {
              Outcome outcome = write(flight);
              mailbox.accept(() -> answered(flight, failures, outcome, done));
            });
  }

  private Outcome write(Flight flight) {
    try {
      Outcome outcome = parts.deadLetters().write(flight.letters);
      return outcome == null ? new Outcome.Retryable("dead letters answered nothing") : outcome;
    } catch (RuntimeException | Error defect) { // whatever it is, the letters are not kept yet
      return new Outcome.Retryable("dead letters failed: " + defect);
    }
  }

  private void answered(Flight flight, int failures, Outcome outcome, Runnable done) {
    if (outcome.kind() == Outcome.Kind.DONE) {
      meters.deadLetters.add(flight.letters.size());
      services.health().set(part, Health.UP);
      done.run();
      return;
    }
    services
        .health()
        .set(part, new Health(Health.State.DOWN, "holding, nothing is lost; " + outcome.reason()));
    Duration pause =
        parts.options().retry().delay(failures + 1, outcome, ThreadLocalRandom.current());
    services.later(pause, () -> mailbox.accept(() -> attempt(flight, failures + 1, done)));
  }
}
