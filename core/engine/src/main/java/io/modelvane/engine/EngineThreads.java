package io.modelvane.engine;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** Named daemon threads: none of them keeps a process alive that wants to end. */
final class EngineThreads {
  private EngineThreads() {}

  static ExecutorService pool(String name) {
    return pool(name, EngineThreads.class.getClassLoader());
  }

  /** Threads that see the classes of a plugin as their context. */
  static ExecutorService pool(String name, ClassLoader loader) {
    return Executors.newCachedThreadPool(factory(name, loader));
  }

  static ScheduledExecutorService scheduler(String name) {
    return scheduler(name, EngineThreads.class.getClassLoader());
  }

  static ScheduledExecutorService scheduler(String name, ClassLoader loader) {
    ScheduledThreadPoolExecutor scheduler =
        new ScheduledThreadPoolExecutor(1, factory(name, loader));
    scheduler.setRemoveOnCancelPolicy(true);
    return scheduler;
  }

  private static ThreadFactory factory(String name, ClassLoader loader) {
    AtomicInteger count = new AtomicInteger();
    return task -> {
      Thread thread = new Thread(task, name + "-" + count.incrementAndGet());
      thread.setDaemon(true);
      thread.setContextClassLoader(loader);
      return thread;
    };
  }
}
