package io.modelvane.influx;

import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * The component's threads as the HTTP client's: it may shut down its own end, as it does when it is
 * closed, but not the threads, which the next start needs. It is terminated when all are back.
 */
final class LentThreads extends AbstractExecutorService {
  private final ExecutorService lender;
  private int lent;
  private boolean over;

  LentThreads(ExecutorService lender) {
    this.lender = lender;
  }

  @Override
  public void execute(Runnable task) {
    lend();
    boolean taken = false;
    try {
      lender.execute(() -> runAndGiveBack(task));
      taken = true;
    } finally {
      if (!taken) {
        giveBack();
      }
    }
  }

  private void runAndGiveBack(Runnable task) {
    try {
      task.run();
    } finally {
      giveBack();
    }
  }

  private synchronized void lend() {
    if (over) {
      throw new RejectedExecutionException("closed");
    }
    lent++;
  }

  private synchronized void giveBack() {
    lent--;
    notifyAll();
  }

  @Override
  public synchronized void shutdown() {
    over = true;
  }

  @Override
  public List<Runnable> shutdownNow() {
    shutdown();
    return List.of();
  }

  @Override
  public synchronized boolean isShutdown() {
    return over;
  }

  @Override
  public synchronized boolean isTerminated() {
    return over && lent == 0;
  }

  @Override
  public synchronized boolean awaitTermination(long timeout, TimeUnit unit)
      throws InterruptedException {
    long end = System.nanoTime() + unit.toNanos(timeout);
    long left = unit.toNanos(timeout);
    while (lent > 0 && left > 0) {
      TimeUnit.NANOSECONDS.timedWait(this, left);
      left = end - System.nanoTime();
    }
    return isTerminated();
  }
}
