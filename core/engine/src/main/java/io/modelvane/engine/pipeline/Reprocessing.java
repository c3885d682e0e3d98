package io.modelvane.engine.pipeline;

import io.modelvane.engine.words.Defect;
import io.modelvane.spi.ComponentException;
import io.modelvane.spi.DeadLetter;
import io.modelvane.spi.EventBatch;
import io.modelvane.spi.Outcome;
import io.modelvane.spi.PointBatch;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Brings events through a pipeline once more, on the caller's thread: decoded, transformed and
 * written as when they came from the source. Each event has the position that it had then, so it
 * gives the same points.
 */
public final class Reprocessing {
  private final ReprocessingParts parts;
  private final DecodeStage stage;
  private final Letters letters;

  /** Nothing runs yet. */
  public Reprocessing(ReprocessingParts parts, Clock clock, System.Logger logger) {
    this.parts = parts;
    this.stage = new DecodeStage(parts.decoder(), parts.transforms(), logger);
    this.letters = new Letters(parts.pipeline(), clock);
  }

  /**
   * Writes events to sinks.
   *
   * @param events so many as fit into one batch
   * @param sinks of the pipeline, those that shall have them
   * @return a letter for whatever can still not be stored; everything else is
   * @throws ComponentException when a sink went on failing for longer than the patience: it may or
   *     may not have what it was given, and may be given it again
   */
  public List<DeadLetter> run(List<EventBatch> events, List<NamedSink> sinks)
      throws ComponentException, InterruptedException {
    for (EventBatch batch : events) {
      stage.decode(batch);
    }
    DecodeStage.Taken taken = stage.take();
    List<DeadLetter> failed = new ArrayList<>(letters.rejectedEvents(taken));
    for (NamedSink sink : sinks) {
      if (taken.batch().size() > 0) {
        failed.addAll(write(sink, taken.batch()));
      }
    }
    return failed;
  }

  private List<DeadLetter> write(NamedSink sink, PointBatch batch)
      throws ComponentException, InterruptedException {
    long end = System.nanoTime() + parts.patience().toNanos();
    for (int failures = 1; ; failures++) {
      Outcome outcome = attempt(sink, batch);
      switch (outcome.kind()) {
        case DONE -> {
          return List.of();
        }
        case REJECTED -> {
          return letters.rejectedRows(sink.name(), batch, (Outcome.Rejected) outcome);
        }
        case FATAL -> throw givenUp(sink, outcome);
        case RETRYABLE, THROTTLED, MISCONFIGURED -> {
          Duration pause =
              parts.options().retry().delay(failures, outcome, ThreadLocalRandom.current());
          if (System.nanoTime() + pause.toNanos() > end) {
            throw givenUp(sink, outcome);
          }
          TimeUnit.NANOSECONDS.sleep(pause.toNanos());
        }
      }
    }
  }

  private static ComponentException givenUp(NamedSink sink, Outcome outcome) {
    return new ComponentException(
        Outcome.Kind.RETRYABLE, "sink '" + sink.name() + "': " + outcome.reason());
  }

  private Outcome attempt(NamedSink sink, PointBatch batch) throws InterruptedException {
    Duration limit = parts.options().writeTimeout();
    try {
      CompletionStage<Outcome> answer = sink.sink().write(batch);
      Outcome outcome = answer.toCompletableFuture().get(limit.toNanos(), TimeUnit.NANOSECONDS);
      if (outcome == null) {
        return new Outcome.Fatal("it answered nothing");
      }
      return namesNoRow(outcome, batch)
          ? new Outcome.Fatal("it rejected a row that its batch does not have")
          : outcome;
    } catch (TimeoutException silent) {
      return new Outcome.Retryable("no answer within " + limit);
    } catch (InterruptedException stopping) {
      throw stopping;
    } catch (Throwable defect) {
      Defect.passFatal(defect);
      return new Outcome.Retryable("it failed: " + defect);
    }
  }

  private static boolean namesNoRow(Outcome outcome, PointBatch batch) {
    return outcome instanceof Outcome.Rejected rejected
        && rejected.rows().stream().anyMatch(row -> row.row() >= batch.size());
  }
}
