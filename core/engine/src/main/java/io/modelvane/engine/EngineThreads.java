package io.modelvane.engine;

import io.modelvane.engine.observe.EngineThread;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** Named daemon threads: none of them keeps a process alive that wants to end. */
final class EngineThreads {
  private EngineThreads() {}

  /**
   * Whose threads they are.
   *
   * @param title the component, such as {@code sink 'influx'}; empty for none
   * @param loader what they have as their context class loader
   */
  record Owner(String title, ClassLoader loader) {
    static final Owner ENGINE = new Owner("", EngineThreads.class.getClassLoader());
  }

  static ExecutorService pool(String name) {
    return pool(name, Owner.ENGINE);
  }

  static ExecutorService pool(String name, Owner owner) {
    return Executors.newCachedThreadPool(factory(name, owner));
  }

  static ScheduledExecutorService scheduler(String name) {
    return scheduler(name, Owner.ENGINE);
  }

  static ScheduledExecutorService scheduler(String name, Owner owner) {
    ScheduledThreadPoolExecutor scheduler =
        new ScheduledThreadPoolExecutor(1, factory(name, owner));
    scheduler.setRemoveOnCancelPolicy(true);
    return scheduler;
  }

  private static ThreadFactory factory(String name, Owner owner) {
    AtomicInteger count = new AtomicInteger();
    return task -> {
      Thread thread = new EngineThread(task, name + "-" + count.incrementAndGet(), owner.title());
      thread.setDaemon(true);
      thread.setContextClassLoader(owner.loader());
      return thread;
    };
  }
}
