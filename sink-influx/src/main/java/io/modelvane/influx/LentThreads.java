package io.modelvane.influx;

import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The component's threads as the HTTP client's: it may shut down its own end, as it does when it is
 * closed, but not the threads, which the next start needs. It is terminated when all are back.
 */
final class LentThreads extends AbstractExecutorService {
  private final ExecutorService lender;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition allBack = lock.newCondition();
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

  private void lend() {
    lock.lock();
    try {
      if (over) {
        throw new RejectedExecutionException("closed");
      }
      lent++;
    } finally {
      lock.unlock();
    }
  }

  private void giveBack() {
    lock.lock();
    try {
      lent--;
      if (lent == 0) {
        allBack.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void shutdown() {
    lock.lock();
    try {
      over = true;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public List<Runnable> shutdownNow() {
    shutdown();
    return List.of();
  }

  @Override
  public boolean isShutdown() {
    lock.lock();
    try {
      return over;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public boolean isTerminated() {
    lock.lock();
    try {
      return over && lent == 0;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
    long left = unit.toNanos(timeout);
    lock.lock();
    try {
      while (lent > 0 && left > 0) {
        left = allBack.awaitNanos(left);
      }
      return over && lent == 0;
    } finally {
      lock.unlock();
    }
  }
}
