package io.modelvane.engine.observe;

import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Interrupts the thread that made it when the time is over, but never what comes after it. */
final class Deadline implements AutoCloseable {
  private final Thread caller = Thread.currentThread();
  private final Future<?> timer;
  private boolean over;
  private boolean expired;

  Deadline(ScheduledExecutorService scheduler, long millis) {
    this.timer = scheduler.schedule(this::expire, millis, TimeUnit.MILLISECONDS);
  }

  private synchronized void expire() {
    if (!over) {
      expired = true;
      caller.interrupt();
    }
  }

  synchronized boolean isExpired() {
    return expired;
  }

  @Override
  public synchronized void close() {
    over = true;
    timer.cancel(false);
    if (expired) {
      var unused = Thread.interrupted(); // ours, which the call may have left unseen
    }
  }
}
