package io.modelvane.influx;

import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * The component's threads as the HTTP client's: it may shut down its own end, as it does when it is
 * closed, but not the threads, which the next start needs.
 */
final class LentThreads extends AbstractExecutorService {
  private final ExecutorService lender;
  private volatile boolean over;

  LentThreads(ExecutorService lender) {
    this.lender = lender;
  }

  @Override
  public void execute(Runnable task) {
    if (over) {
      throw new RejectedExecutionException("closed");
    }
    lender.execute(task);
  }

  @Override
  public void shutdown() {
    over = true;
  }

  @Override
  public List<Runnable> shutdownNow() {
    over = true;
    return List.of();
  }

  @Override
  public boolean isShutdown() {
    return over;
  }

  @Override
  public boolean isTerminated() {
    return over;
  }

  @Override
  public boolean awaitTermination(long timeout, TimeUnit unit) {
    return over;
  }
}
