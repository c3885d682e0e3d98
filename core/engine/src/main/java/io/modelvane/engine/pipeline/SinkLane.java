package io.modelvane.engine.pipeline;

import io.modelvane.engine.observe.EngineThread;
import io.modelvane.engine.words.Defect;
import io.modelvane.spi.Health;
import io.modelvane.spi.Outcome;
import io.modelvane.spi.RetryPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Brings batches to one sink for one pipeline: makes attempts, classifies, retries, and gives every
 * rejected row a dead letter. All methods are called by the pipeline's thread; answers come back
 * through its mailbox.
 */
final class SinkLane {
  private static final Duration MISCONFIGURED_PAUSE = Duration.ofSeconds(5);
  private static final int DEFECTS_ALLOWED = 5;

  /** A first failure is told at once when its batch is held for longer than this. */
  private static final Duration UNSAID = Duration.ofSeconds(3);

  /** What the lane needs of its pipeline. */
  interface Owner {
    /** Runs a task on the pipeline's thread. */
    void post(Runnable task);

    /** The sink looks no more at the rows of this batch. */
    void sinkTook(Flight flight);

    /** The sink has stored this batch, or what could not be stored has its letters. */
    void sinkStored(Flight flight);

    /** The sink is broken for good. */
    void sinkFailed(String reason);
  }

  private final String pipeline;
  private final NamedSink target;
  private final RetryPolicy retry;
  private final Duration timeout;
  private final PipelineServices services;
  private final PipelineMeters meters;
  private final Owner owner;
  private final Letters letters;
  private final String title;
  private final String part;

  /** Batches that are held, and why, as far as it was told. */
  private final Map<Flight, String> held = new LinkedHashMap<>();

  private @Nullable Flight shown;
  private int defects;
  private long markFailures;

  SinkLane(
      PipelineParts parts,
      NamedSink target,
      PipelineServices services,
      PipelineMeters meters,
      Owner owner) {
    this.pipeline = parts.name();
    this.target = target;
    this.title = "sink '" + target.name() + "'";
    this.retry = parts.options().retry();
    this.timeout = parts.options().writeTimeout();
    this.services = services;
    this.meters = meters;
    this.owner = owner;
    this.letters = new Letters(pipeline, services.clock());
    this.part = "pipeline " + pipeline + " -> " + target.name();
  }

  void send(Flight flight) {
    attempt(flight, 0);
  }

  /** Passes on how far the pipeline is complete; what the sink throws there costs nothing. */
  void completeUntil(Instant time) {
    String before = EngineThread.enter(title);
    try {
      target.sink().completeUntil(pipeline, time);
    } catch (Throwable defect) {
      Defect.passFatal(defect);
      Defect.keepInterrupt(defect);
      if (markFailures++ % 1000 == 0) {
        services
            .logger()
            .log(
                System.Logger.Level.WARNING,
                "sink " + target.name() + " failed to hear how far its source is complete",
                defect);
      }
    } finally {
      EngineThread.leave(before);
    }
  }

  private void attempt(Flight flight, int failures) {
    Attempt attempt = new Attempt(flight, failures);
    attempt.limit = services.later(timeout, () -> owner.post(attempt::timedOut));
    String before = EngineThread.enter(title);
    try {
      CompletionStage<Outcome> stage =
          target.sink().write(flight.batch(), () -> owner.post(attempt::taken));
      if (stage == null) {
        attempt.defect(nothing());
        return;
      }
      var unused =
          stage.whenComplete(
              (outcome, failure) ->
                  owner.post(
                      () -> {
                        if (failure != null) {
                          attempt.defect(failure);
                        } else {
                          attempt.answered(outcome);
                        }
                      }));
    } catch (Throwable defect) {
      Defect.passFatal(defect);
      Defect.keepInterrupt(defect);
      attempt.defect(defect);
    } finally {
      EngineThread.leave(before);
    }
  }

  /** One attempt; only its first answer counts. */
  private final class Attempt {
    private final Flight flight;
    private final int failures;
    private final Instant begun = services.clock().instant();
    private @Nullable Future<?> limit;
    private boolean taken;
    private boolean over;

    Attempt(Flight flight, int failures) {
      this.flight = flight;
      this.failures = failures;
    }

    /** Which row was meant cannot be known: taking this for an answer would lose it. */
    private boolean namesNoRow(Outcome.Rejected rejected) {
      return rejected.rows().stream().anyMatch(row -> row.row() >= flight.batch().size());
    }

    private boolean end() {
      if (over) {
        return false;
      }
      over = true;
      if (limit != null) {
        limit.cancel(false);
      }
      return true;
    }

    /** The rows are with the sink alone now: from here it can only store them, or break. */
    void taken() {
      if (!over && !taken) {
        taken = true;
        owner.sinkTook(flight);
      }
    }

    void timedOut() {
      if (taken && !over) {
        down(flight, "it has taken a batch and not stored it within " + timeout);
      } else if (end()) {
        flight.abandoned = true;
        String words = "no answer within " + timeout;
        down(flight, words);
        failed(this, new Outcome.Retryable(words));
      }
    }

    void defect(Throwable failure) {
      defect("the sink failed: " + bare(failure));
    }

    void defect(String words) {
      if (!end()) {
        return;
      } else if (taken) {
        cutOff("with what it had taken, " + words);
        return;
      }
      defects++;
      if (defects > DEFECTS_ALLOWED) {
        cutOff(words);
      } else {
        failed(this, new Outcome.Retryable(words));
      }
    }

    void answered(@Nullable Outcome outcome) {
      if (over) {
        return; // an attempt that was given up: the rows may be gone
      } else if (outcome == null) {
        defect(nothing());
      } else if (taken) {
        stored(outcome);
      } else if (outcome instanceof Outcome.Rejected rejected && namesNoRow(rejected)) {
        defect(
            new IllegalStateException(
                "it rejected a row that a batch of " + flight.batch().size() + " does not have"));
      } else if (end()) {
        take(this, outcome);
      }
    }

    private void stored(Outcome outcome) {
      if (!end()) {
        return;
      } else if (outcome.kind() == Outcome.Kind.DONE) {
        up(flight);
        owner.sinkStored(flight);
      } else {
        cutOff("it cannot store what it had taken: " + outcome.reason());
      }
    }
  }

  private String nothing() {
    return Defect.nothingFrom(title, target.sink());
  }

  /** What a stage wraps an exception in says nothing. */
  private static Throwable bare(Throwable failure) {
    return failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
  }

  private void take(Attempt attempt, Outcome outcome) {
    Flight flight = attempt.flight;
    switch (outcome.kind()) {
      case DONE -> done(flight);
      case REJECTED -> {
        flight.letters.addAll(
            letters.rejectedRows(target.name(), flight.batch(), (Outcome.Rejected) outcome));
        done(flight);
      }
      case RETRYABLE, THROTTLED, MISCONFIGURED -> failed(attempt, outcome);
      case FATAL -> cutOff(outcome.reason());
    }
  }

  private void done(Flight flight) {
    up(flight);
    owner.sinkTook(flight);
    owner.sinkStored(flight);
  }

  /** It works again when nothing is held any more. */
  private void up(Flight flight) {
    defects = 0;
    held.remove(flight);
    if (held.isEmpty()) {
      shown = null;
      services.health().set(part, Health.UP);
    } else if (shown == null || !held.containsKey(shown)) {
      Map.Entry<Flight, String> oldest = held.entrySet().iterator().next();
      down(oldest.getKey(), oldest.getValue());
    }
  }

  private void down(Flight flight, String reason) {
    held.put(flight, reason);
    shown = flight;
    services
        .health()
        .set(part, new Health(Health.State.DOWN, "holding, nothing is lost; " + reason));
  }

  private void cutOff(String reason) {
    services.health().set(part, new Health(Health.State.DOWN, "given up: " + reason));
    owner.sinkFailed(reason);
  }

  private void failed(Attempt attempt, Outcome outcome) {
    meters.retries.add(1);
    Flight flight = attempt.flight;
    int failures = attempt.failures + 1;
    boolean misconfigured = outcome.kind() == Outcome.Kind.MISCONFIGURED;
    Duration pause =
        misconfigured
            ? MISCONFIGURED_PAUSE
            : retry.delay(failures, outcome, ThreadLocalRandom.current());
    Duration wait = Duration.between(attempt.begun, services.clock().instant()).plus(pause);
    if (misconfigured || failures > 1 || wait.compareTo(UNSAID) > 0) {
      down(flight, outcome.reason());
    }
    services.later(pause, () -> owner.post(() -> attempt(flight, failures)));
  }
}
