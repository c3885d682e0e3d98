package io.modelvane.alerting.outbox;

import io.modelvane.spi.Delivery;
import io.modelvane.spi.Outcome;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Attempts at several messages, each of another series, as many at a time as the notifier takes. A
 * failure ends it, and so does its time, so that what is told is fresh; what has begun by then is
 * finished.
 */
final class Round {
  private static final Duration LONGEST = Duration.ofMillis(250);

  /** An attempt that was made. */
  record Made(Parcel parcel, Delivery delivery, Instant begun, Instant over) {}

  private final TimedCall call;
  private final Clock clock;
  private final Queue<Parcel> waiting;
  private final Queue<Made> made = new ConcurrentLinkedQueue<>();
  private final Instant end;
  private volatile boolean over;

  Round(TimedCall call, Clock clock, List<Parcel> parcels) {
    this.call = call;
    this.clock = clock;
    this.waiting = new ConcurrentLinkedQueue<>(parcels);
    this.end = clock.instant().plus(LONGEST);
  }

  /**
   * Makes them; the caller's thread is one of those that do.
   *
   * @param most how many at a time
   * @throws InterruptedException when interrupted: what was being attempted may have arrived
   */
  void run(ExecutorService threads, int most) throws InterruptedException {
    List<Future<Boolean>> others = helpers(threads, Math.min(most, waiting.size()) - 1);
    try {
      var unused = work();
      for (Future<Boolean> other : others) {
        var unusedToo = other.get();
      }
    } catch (ExecutionException failed) {
      throw new IllegalStateException("an attempt failed", failed.getCause());
    } finally {
      over = true;
      others.forEach(other -> other.cancel(true)); // done but for an interrupt of this thread
    }
  }

  private List<Future<Boolean>> helpers(ExecutorService threads, int count) {
    List<Future<Boolean>> helpers = new ArrayList<>();
    try {
      for (int i = 0; i < count; i++) {
        helpers.add(threads.submit(this::work));
      }
    } catch (RejectedExecutionException stopping) {
      over = true; // what has begun is finished, the rest given back
    }
    return helpers;
  }

  private boolean work() throws InterruptedException {
    for (Parcel next = next(); next != null; next = next()) {
      Instant begun = clock.instant();
      Delivery delivery = call.deliver(next.notification());
      Instant now = clock.instant();
      made.add(new Made(next, delivery, begun, now));
      over |= delivery.outcome().kind() != Outcome.Kind.DONE || !now.isBefore(end);
    }
    return true;
  }

  private @Nullable Parcel next() {
    return over ? null : waiting.poll();
  }

  /** The attempts that were made, in the order in which they ended. */
  List<Made> made() {
    return List.copyOf(made);
  }

  /** Takes out what was not attempted, in its order: from then on nobody attempts it. */
  List<Parcel> takeLeft() {
    List<Parcel> left = new ArrayList<>();
    for (Parcel next = waiting.poll(); next != null; next = waiting.poll()) {
      left.add(next);
    }
    return left;
  }
}
