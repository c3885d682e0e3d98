package io.modelvane.alerting.history;

import io.modelvane.spi.ComponentContext;
import io.modelvane.spi.ComponentException;
import io.modelvane.spi.Health;
import io.modelvane.spi.Meters;
import io.modelvane.spi.Outcome;
import io.modelvane.spi.Point;
import io.modelvane.spi.Sink;
import io.modelvane.spi.StateStore;
import io.modelvane.spi.Status;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Writes statuses and notifications through a sink, at least once each; a repeat rewrites the same
 * point. They are queued in the transaction that decides on them and leave the queue when the sink
 * has answered, so the queue alone grows while the sink is away. It is reported as degraded from
 * {@value #MANY} points on. At {@value #MOST} points, about 1 GB of disk, what comes next is not
 * queued any more but counted ({@code history_skipped}) and reported: alerts must not end with a
 * full disk.
 *
 * <p>{@link #statuses} and {@link #delivery} run inside others' transactions; one thread of its own
 * drains the queue.
 */
public final class History {
  static final long MANY = 100_000;
  static final long MOST = 2_000_000;
  private static final Duration STOP_WITHIN = Duration.ofSeconds(5);

  private final ComponentContext context;
  private final HistoryQueue queue;
  private final Supplier<Sink> sink;
  private final Consumer<Health> health;
  private final Signal signal = new Signal();
  private final Meters.Counter refused;
  private final Meters.Counter skipped;
  private volatile long size;
  private @Nullable HistoryDrain drain;
  private @Nullable Future<?> worker;

  /**
   * History that goes to a sink; no I/O yet.
   *
   * @param sink asked for at {@link #start}
   * @param health gets this part's health
   */
  public History(ComponentContext context, Supplier<Sink> sink, Consumer<Health> health) {
    this.context = context;
    this.queue = new HistoryQueue(context.state());
    this.sink = sink;
    this.health = health;
    this.refused =
        context
            .meters()
            .counter("history_rejected", "Statuses and notifications that cannot be stored.");
    this.skipped =
        context
            .meters()
            .counter("history_skipped", "Statuses and notifications not kept: the queue is full.");
    context
        .meters()
        .gauge(
            "history_queue_size",
            "Statuses and notifications waiting to be stored.",
            Map.of(),
            () -> size);
  }

  /** The tables, in the manner of {@link StateStore#migrate}. */
  public static List<String> steps(StateStore store) {
    return new HistoryQueue(store).steps();
  }

  /** Begins to drain. */
  public void start() throws ComponentException {
    size = context.state().read(queue::size);
    HistoryDrain begun = new HistoryDrain(new Draining(context, queue, sink.get(), signal), this);
    drain = begun;
    worker = context.executor().submit(begun);
  }

  /** Queues statuses, in the caller's transaction. */
  public void statuses(Connection connection, List<Status> statuses) throws SQLException {
    List<Point> points = new ArrayList<>(statuses.size());
    for (Status status : statuses) {
      add(points, () -> HistoryPoints.of(status));
    }
    enqueue(connection, points);
  }

  /** Queues the record of an attempt to notify, in the caller's transaction. */
  public void delivery(Connection connection, NotificationRecord record) throws SQLException {
    List<Point> points = new ArrayList<>(1);
    add(points, () -> HistoryPoints.of(record));
    enqueue(connection, points);
  }

  /** A point that InfluxDB could never take costs itself alone. */
  private void add(List<Point> points, Supplier<Point> point) {
    try {
      points.add(point.get());
    } catch (IllegalArgumentException | ArithmeticException unfit) {
      refuse(String.valueOf(unfit.getMessage()), 1);
    }
  }

  private void enqueue(Connection connection, List<Point> points) throws SQLException {
    if (points.isEmpty()) {
      return;
    }
    if (size >= MOST) {
      skipped.add(points.size());
      return;
    }
    queue.add(connection, points);
  }

  void refuse(String reason, int count) {
    refused.add(count);
    context
        .logger()
        .log(
            System.Logger.Level.WARNING,
            "{0} of the history cannot be stored and is left out: {1}",
            count == 1 ? "a record" : count + " records",
            context.redact(reason));
  }

  /**
   * Tells how the sink does.
   *
   * @param waiting how many records wait; negative when nobody could tell
   */
  void report(long waiting, Outcome outcome) {
    size = waiting < 0 ? size : waiting;
    String full =
        waiting >= MOST
            ? "history is full (%d records wait) and what comes next is not kept; ".formatted(MOST)
            : waiting >= MANY ? "%d records of history wait; ".formatted(waiting) : "";
    boolean fine = outcome.kind() == Outcome.Kind.DONE && full.isEmpty();
    health.accept(
        fine
            ? Health.UP
            : new Health(
                Health.State.DEGRADED,
                full
                    + "history waits in the local database, alerts go on"
                    + (outcome.reason().isEmpty() ? "" : ": " + outcome.reason())));
  }

  /** There may be something new in the queue, or time has passed. */
  public void wake() {
    signal.wake();
  }

  /** Stops draining; what is queued stays. */
  public void stop() throws InterruptedException {
    Future<?> running = worker;
    if (drain == null || running == null) {
      return;
    }
    drain.stop();
    signal.wake();
    try {
      var unused = running.get(STOP_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException unfinished) {
      context.logger().log(System.Logger.Level.DEBUG, "the history stops in the middle of a write");
    } finally {
      running.cancel(true);
      worker = null;
    }
  }

  /** What a drain works with. */
  record Draining(ComponentContext context, HistoryQueue queue, Sink sink, Signal signal) {
    Instant now() {
      return context.clock().instant();
    }
  }
}
