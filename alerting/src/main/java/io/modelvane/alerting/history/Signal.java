package io.modelvane.alerting.history;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Wakes one worker that waits for work. A signal that finds nobody waiting is kept, once. */
public final class Signal {
  private final Semaphore permits = new Semaphore(0);

  /** Wakes the worker, now or at its next wait. */
  public void wake() {
    if (permits.availablePermits() == 0) {
      permits.release();
    }
  }

  /** Waits for a signal, at most so long; a negative time is none. */
  public void await(Duration longest) throws InterruptedException {
    var unused = permits.tryAcquire(longest.toNanos(), TimeUnit.NANOSECONDS);
    permits.drainPermits();
  }
}
