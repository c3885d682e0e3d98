package io.modelvane.alerting.outbox;

import io.modelvane.spi.Delivery;
import io.modelvane.spi.Notification;
import io.modelvane.spi.Notifier;
import io.modelvane.spi.Outcome;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * One call of a notifier, interrupted when it takes too long. Whatever it throws is an outcome; a
 * notifier that ignores the interrupt holds up its own endpoint only.
 */
final class TimedCall {
  private final Notifier notifier;
  private final ScheduledExecutorService scheduler;
  private final Consumer<Duration> overdue;
  private volatile boolean cut;

  /**
   * Calls of one notifier.
   *
   * @param overdue told the limit, by the scheduler's thread, when a call has taken longer
   */
  TimedCall(Notifier notifier, ScheduledExecutorService scheduler, Consumer<Duration> overdue) {
    this.notifier = notifier;
    this.scheduler = scheduler;
    this.overdue = overdue;
  }

  /**
   * Makes the call.
   *
   * @throws InterruptedException when {@link #cut}: it may have arrived
   */
  Delivery deliver(Notification notification) throws InterruptedException {
    try {
      return timed(notification, notifier.timeout());
    } catch (InterruptedException stopped) {
      if (cut) {
        throw stopped;
      }
      return Delivery.failed(new Outcome.Retryable("the notifier interrupted itself: a defect"));
    } catch (Throwable defect) { // also what it does not declare
      if (defect instanceof VirtualMachineError broken && !(defect instanceof StackOverflowError)) {
        throw broken; // nobody can go on
      }
      return Delivery.failed(new Outcome.Retryable("the notifier failed: " + defect));
    }
  }

  private Delivery timed(Notification notification, Duration limit) throws InterruptedException {
    Deadline deadline = new Deadline(Thread.currentThread(), limit);
    Future<?> timer = scheduler.schedule(deadline::expire, limit.toNanos(), TimeUnit.NANOSECONDS);
    try {
      Delivery delivery = notifier.deliver(notification);
      return delivery == null
          ? Delivery.failed(new Outcome.Retryable("the notifier answered nothing: a defect of it"))
          : delivery;
    } catch (InterruptedException stopped) {
      if (!deadline.expired()) {
        throw stopped;
      }
      return Delivery.failed(
          new Outcome.Retryable("no answer within " + limit.toMillis() + " ms; interrupted"));
    } finally {
      timer.cancel(false);
      deadline.end();
    }
  }

  /** From now on an interrupt from elsewhere is meant: the caller is to end. */
  void cut() {
    cut = true;
  }

  /** Interrupts the call, but never what comes after it. */
  private final class Deadline {
    private final Thread caller;
    private final Duration limit;
    private boolean over;
    private boolean expired;

    Deadline(Thread caller, Duration limit) {
      this.caller = caller;
      this.limit = limit;
    }

    synchronized void expire() {
      if (!over) {
        expired = true;
        caller.interrupt();
        overdue.accept(limit);
      }
    }

    synchronized boolean expired() {
      return expired;
    }

    synchronized void end() {
      over = true;
      if (expired) {
        var unused = Thread.interrupted(); // ours, which the notifier may have left unseen
      }
    }
  }
}
