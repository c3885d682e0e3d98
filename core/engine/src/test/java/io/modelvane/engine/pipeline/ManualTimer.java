package io.modelvane.engine.pipeline;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** A scheduler whose time passes when the test says so. */
final class ManualTimer extends ScheduledThreadPoolExecutor {
  private record Task(long due, Runnable work, ScheduledFuture<?> handle) {}

  private final List<Task> tasks = new ArrayList<>();
  private long now;

  ManualTimer() {
    super(0);
  }

  @Override
  public synchronized ScheduledFuture<?> schedule(Runnable work, long delay, TimeUnit unit) {
    ScheduledFuture<?> handle = super.schedule(work, 1000, TimeUnit.DAYS);
    tasks.add(new Task(now + unit.toMillis(delay), work, handle));
    return handle;
  }

  /** How long until each task that waits, in milliseconds, soonest first. */
  synchronized List<Long> waiting() {
    return tasks.stream()
        .filter(task -> !task.handle.isCancelled())
        .map(task -> task.due - now)
        .sorted()
        .toList();
  }

  /** Runs what is due by then. */
  void advance(Duration by) {
    List<Runnable> due = new ArrayList<>();
    synchronized (this) {
      now += by.toMillis();
      for (Task task : List.copyOf(tasks)) {
        if (task.due <= now) {
          tasks.remove(task);
          if (!task.handle.isCancelled()) {
            due.add(task.work);
          }
        }
      }
    }
    due.forEach(Runnable::run);
  }
}
