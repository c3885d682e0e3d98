package io.modelvane.engine.pipeline;

import io.modelvane.engine.observe.EngineThread;
import io.modelvane.engine.words.Defect;
import io.modelvane.spi.ComponentException;
import io.modelvane.spi.EventBatch;
import io.modelvane.spi.Health;
import io.modelvane.spi.Outcome;
import io.modelvane.spi.RetryPolicy;
import io.modelvane.spi.Source;
import io.modelvane.spi.Split;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Reads from the source of one pipeline: asks, says what is wrong, waits, and asks again. What a
 * source had read when it failed by a defect may be lost to it: it is stopped, and started again to
 * read from what was acknowledged. Every method but {@link #wakeup} is called by the pipeline's
 * thread.
 */
final class SourceLane {
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5); // its membership must live

  /** A source that was started again is called mended when it has worked for so long. */
  static final Duration TRIAL = Duration.ofSeconds(10);

  /** What the lane needs of its pipeline. */
  interface Owner {
    /** Runs a task on the pipeline's thread. */
    void post(Runnable task);

    /** Works on what is posted for so long, or until the pipeline ends. */
    void await(Duration time) throws InterruptedException;

    /** How long a poll may take; asked when what is posted from now on ends the poll. */
    Duration pollTime(boolean room);

    /** The source has stopped: what was read and is not acknowledged will be read again. */
    void forgetAll();
  }

  private final Source source;
  private final String title;
  private final String part;
  private final RetryPolicy retry;
  private final PipelineServices services;
  private final Owner owner;
  private int failures;
  private boolean paused;
  private boolean stopped;
  private @Nullable ComponentException defect;
  private @Nullable Future<?> trial;
  private Optional<Instant> complete = Optional.empty();
  private volatile boolean polling;
  private volatile boolean woken;

  SourceLane(PipelineParts parts, PipelineServices services, String part, Owner owner) {
    this.source = parts.source();
    this.title = "source '" + parts.options().source() + "'";
    this.part = part;
    this.retry = parts.options().retry();
    this.services = services;
    this.owner = owner;
  }

  /**
   * One poll. A source that fails otherwise than for good brings nothing, after a pause.
   *
   * @param room whether there is room for what it brings
   * @throws ComponentException when it gives up
   */
  List<EventBatch> read(boolean room) throws ComponentException, InterruptedException {
    complete = Optional.empty();
    try {
      return poll(room);
    } catch (ComponentException failed) {
      polling = false;
      if (failed.kind() == Outcome.Kind.FATAL) {
        throw failed;
      }
      failed(failed);
      return List.of();
    } finally {
      polling = false;
    }
  }

  /** Up to when the last poll has brought everything, if that can be told. */
  Optional<Instant> complete() {
    return complete;
  }

  private List<EventBatch> poll(boolean room) throws ComponentException, InterruptedException {
    if (stopped) {
      startAgain();
    }
    Instant before = services.clock().instant();
    boolean disturbed = woken; // a wakeup that came too late for one poll ends the next
    woken = false;
    polling = true;
    Duration time = owner.pollTime(room);
    List<EventBatch> events = ask(time);
    boolean waited = room && !disturbed && !woken && !time.isZero();
    if (complete.isEmpty() && events.isEmpty() && waited) {
      complete = Optional.of(before); // it cannot tell, but had time to wait and brought nothing
    }
    if (failures > 0 && trial == null) {
      failures = 0;
      services.health().set(part, Health.UP);
    }
    return events;
  }

  private List<EventBatch> ask(Duration time) throws ComponentException, InterruptedException {
    if (defect == null) {
      String before = EngineThread.enter(title);
      try {
        List<EventBatch> events = source.poll(time);
        if (events != null && events.stream().allMatch(Objects::nonNull)) {
          complete = source.completeUntil();
          return events;
        }
        defect = retryable(Defect.nothingFrom(title, source));
      } catch (ComponentException | InterruptedException known) {
        throw known;
      } catch (Throwable thrown) {
        Defect.passFatal(thrown);
        note(thrown);
      } finally {
        EngineThread.leave(before);
      }
    }
    throw Objects.requireNonNull(defect);
  }

  private void note(Throwable thrown) {
    if (failures == 0) {
      services.logger().log(System.Logger.Level.ERROR, title + " has a defect", thrown);
    }
    String words = Defect.thrownBy(title, source, thrown);
    defect =
        thrown instanceof LinkageError // the plugin lacks a class, and always will
            ? new ComponentException(Outcome.Kind.FATAL, words, thrown)
            : retryable(words);
  }

  private static ComponentException retryable(String words) {
    return new ComponentException(
        Outcome.Kind.RETRYABLE,
        words + "; it is started again and reads what is not stored once more");
  }

  /** Somebody has interrupted the pipeline's thread, and what the source did then is not known. */
  void disturbed() {
    if (defect == null) {
      defect = retryable(title + " or what it feeds has interrupted the thread of the pipeline");
    }
  }

  private void failed(ComponentException failed) throws InterruptedException {
    failures++;
    services.health().set(part, new Health(Health.State.DOWN, String.valueOf(failed.getMessage())));
    if (defect != null) {
      stopBroken();
    }
    Duration pause = retry.delay(failures, failed.toOutcome(), ThreadLocalRandom.current());
    boolean told = stopped || failed.kind() == Outcome.Kind.THROTTLED;
    owner.await(told || pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE);
  }

  private void stopBroken() throws InterruptedException {
    endTrial();
    try {
      source.stop();
    } catch (InterruptedException interrupted) {
      throw interrupted;
    } catch (Throwable again) {
      Defect.passFatal(again);
      services.logger().log(System.Logger.Level.DEBUG, title + " does not stop", again);
    }
    owner.forgetAll();
    paused = false;
    stopped = true;
    defect = null;
  }

  private void startAgain() throws ComponentException, InterruptedException {
    try {
      source.start();
    } catch (ComponentException | InterruptedException known) {
      throw known;
    } catch (Throwable thrown) {
      Defect.passFatal(thrown);
      note(thrown);
      throw Objects.requireNonNull(defect);
    }
    stopped = false;
    trial = services.later(TRIAL, () -> owner.post(this::endTrial));
  }

  private void endTrial() {
    if (trial != null) {
      trial.cancel(false);
      trial = null;
    }
  }

  /** Has it read on from these splits, or not. */
  void pause(boolean wanted, Set<Split> assigned) {
    if (wanted != paused && !stopped) {
      paused = wanted;
      if (wanted) {
        call(() -> source.pause(Set.copyOf(assigned)));
      } else {
        call(() -> source.resume(Set.copyOf(assigned)));
      }
    }
  }

  /** Splits have come; they are paused if the others are. */
  void assigned(Set<Split> splits) {
    if (paused) {
      source.pause(splits);
    }
  }

  void acknowledge(Map<Split, Long> moved) {
    call(() -> source.acknowledge(moved));
  }

  /** What it throws is its next poll's failure. */
  private void call(Runnable call) {
    try {
      call.run();
    } catch (Throwable thrown) {
      Defect.passFatal(thrown);
      Defect.keepInterrupt(thrown);
      note(thrown);
    }
  }

  /** Ends a poll that waits. Any thread. */
  void wakeup() {
    if (polling) {
      woken = true;
      try {
        source.wakeup();
      } catch (Throwable thrown) { // the poll takes its time, no more
        Defect.passFatal(thrown);
        Defect.keepInterrupt(thrown);
        services.logger().log(System.Logger.Level.DEBUG, title + " does not wake up", thrown);
      }
    }
  }

  /** The source calls back: a wakeup now would hit it while it commits. */
  void callsBack() {
    polling = false;
  }

  /** For good. */
  void stop() {
    endTrial();
    try {
      source.stop();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } catch (Throwable thrown) {
      Defect.passFatal(thrown);
      services
          .logger()
          .log(System.Logger.Level.WARNING, title + " of " + part + " does not stop: " + thrown);
    }
  }
}
