package io.modelvane.alerting.history;

import io.modelvane.spi.ComponentException;
import io.modelvane.spi.Outcome;
import io.modelvane.spi.Point;
import io.modelvane.spi.PointBatch;
import io.modelvane.spi.RetryPolicy;
import io.modelvane.spi.RowRejection;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The thread that takes points from the queue to the sink. */
final class HistoryDrain implements Runnable {
  private static final int MOST_ROWS = 1_000;
  private static final Duration LONGEST_WRITE = Duration.ofSeconds(60);
  private static final Duration MISCONFIGURED_PAUSE = Duration.ofSeconds(60);
  private static final Duration IDLE = Duration.ofSeconds(30);
  private static final Duration TIMES_KEPT = Duration.ofDays(1);

  private final History.Draining parts;
  private final History history;
  private volatile boolean stopping;
  private int failures;
  private Instant forgetAt = Instant.MIN;

  HistoryDrain(History.Draining parts, History history) {
    this.parts = parts;
    this.history = history;
  }

  void stop() {
    stopping = true;
  }

  @Override
  public void run() {
    try {
      while (!stopping) {
        pause(turn());
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits by the context's clock; a signal makes it look again. */
  private void pause(Duration pause) throws InterruptedException {
    if (pause.equals(IDLE)) {
      parts.signal().await(IDLE);
      return;
    }
    Instant until = parts.now().plus(pause);
    while (!stopping && parts.now().isBefore(until)) {
      parts.signal().await(Duration.between(parts.now(), until));
    }
  }

  /** One batch; answers how long to wait before the next. */
  private Duration turn() throws InterruptedException {
    try {
      forget();
      int most = Math.min(MOST_ROWS, parts.sink().traits().maxRows());
      List<HistoryQueue.Entry> entries =
          parts.context().state().read(connection -> parts.queue().first(connection, most));
      return entries.isEmpty() ? IDLE : write(entries);
    } catch (ComponentException trouble) {
      return failed(trouble.toOutcome(), -1);
    } catch (RuntimeException defect) {
      return failed(new Outcome.Fatal("the history fails: " + defect), -1);
    }
  }

  private void forget() throws ComponentException {
    Instant now = parts.now();
    if (!now.isBefore(forgetAt)) {
      long before = HistoryPoints.nanos(now.minus(TIMES_KEPT));
      parts
          .context()
          .state()
          .<Integer>transact(connection -> parts.queue().forgetTimes(connection, before));
      forgetAt = now.plus(Duration.ofHours(1));
    }
  }

  private Duration write(List<HistoryQueue.Entry> entries)
      throws InterruptedException, ComponentException {
    List<Point> points = entries.stream().map(HistoryQueue.Entry::point).toList();
    Outcome outcome = attempt(PointBatch.of(points));
    return switch (outcome.kind()) {
      case DONE -> written(entries);
      case REJECTED -> {
        for (RowRejection row : ((Outcome.Rejected) outcome).rows()) {
          history.refuse(row.reason(), 1);
        }
        yield written(entries);
      }
      case RETRYABLE, THROTTLED, MISCONFIGURED, FATAL -> failed(outcome, waiting());
    };
  }

  private Outcome attempt(PointBatch batch) throws InterruptedException {
    try {
      CompletionStage<Outcome> stage = parts.sink().write(batch);
      return stage.toCompletableFuture().get(LONGEST_WRITE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException slow) {
      return new Outcome.Retryable("no answer within " + LONGEST_WRITE.toSeconds() + " s");
    } catch (ExecutionException failed) {
      return new Outcome.Retryable("the sink failed: " + failed.getCause());
    } catch (RuntimeException | LinkageError failed) {
      return new Outcome.Retryable("the sink failed: " + failed);
    }
  }

  private Duration written(List<HistoryQueue.Entry> entries) throws ComponentException {
    failures = 0;
    long last = entries.get(entries.size() - 1).seq();
    long waiting =
        parts
            .context()
            .state()
            .transact(
                connection -> {
                  parts.queue().removeThrough(connection, last);
                  return parts.queue().size(connection);
                });
    history.report(waiting, Outcome.DONE);
    return waiting == 0 ? IDLE : Duration.ZERO;
  }

  private long waiting() throws ComponentException {
    return parts.context().state().read(parts.queue()::size);
  }

  /** Nothing is given up: even a sink that calls itself broken is tried again, slowly. */
  private Duration failed(Outcome outcome, long waiting) {
    failures++;
    history.report(waiting, outcome);
    return switch (outcome.kind()) {
      case MISCONFIGURED, FATAL -> MISCONFIGURED_PAUSE;
      case DONE, REJECTED, RETRYABLE, THROTTLED ->
          RetryPolicy.DEFAULT.delay(failures, outcome, ThreadLocalRandom.current());
    };
  }
}
