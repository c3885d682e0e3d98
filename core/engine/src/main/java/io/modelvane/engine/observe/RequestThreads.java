package io.modelvane.engine.observe;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The threads of the HTTP server. The JDK's server reads a request with the thread that answers it,
 * so whoever sends half a request keeps one. When more is asked than there are threads, those that
 * have been kept for a while give way, unless the API works for them, and the newest request comes
 * first: a probe, which comes whole, is answered whatever others do.
 */
final class RequestThreads implements Executor, AutoCloseable {
  private static final int THREADS = 4 * ApiServer.MOST_AT_ONCE;
  private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
  private static final long LOOK_MILLIS = 100;

  private final Set<RequestThread> threads = ConcurrentHashMap.newKeySet();
  private final NewestFirst queue = new NewestFirst();
  private final ThreadPoolExecutor pool =
      new ThreadPoolExecutor(THREADS, THREADS, 30, TimeUnit.SECONDS, queue, this::thread);
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "http-room");
            thread.setDaemon(true);
            return thread;
          });

  RequestThreads() {
    pool.allowCoreThreadTimeOut(true);
    var unused =
        timer.scheduleWithFixedDelay(
            this::makeRoom, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
  }

  private Thread thread(Runnable work) {
    RequestThread thread = new RequestThread(work);
    threads.add(thread);
    return thread;
  }

  @Override
  public void execute(Runnable request) {
    pool.execute(
        () -> {
          RequestThread thread = (RequestThread) Thread.currentThread();
          thread.begin();
          try {
            request.run();
          } finally {
            thread.end();
          }
        });
  }

  /** From now on, and until {@link #release}, the request of this thread has to be worked for. */
  static void hold() {
    if (Thread.currentThread() instanceof RequestThread thread) {
      thread.hold(true);
    }
  }

  /** The request of this thread is read and written again. */
  static void release() {
    if (Thread.currentThread() instanceof RequestThread thread) {
      thread.hold(false);
    }
  }

  private void makeRoom() {
    threads.removeIf(thread -> thread.getState() == Thread.State.TERMINATED);
    int wanted = queue.size();
    for (RequestThread thread : threads) {
      if (wanted > 0 && thread.givesWay(System.nanoTime() - PATIENCE_NANOS)) {
        wanted--;
      }
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
    pool.shutdownNow();
  }

  /** Whoever waits longest has most likely gone away already. */
  private static final class NewestFirst extends LinkedBlockingDeque<Runnable> {
    private static final long serialVersionUID = 1L;

    @Override
    public boolean offer(Runnable request) {
      return offerFirst(request);
    }
  }

  /**
   * A thread that knows since when it reads or writes, where an interrupt closes the connection.
   */
  private static final class RequestThread extends Thread {
    private boolean waits;
    private long since;

    RequestThread(Runnable work) {
      super(work, "http");
      setDaemon(true);
    }

    synchronized void begin() {
      since = System.nanoTime();
      waits = true;
    }

    synchronized void hold(boolean works) {
      since = System.nanoTime();
      waits = !works;
    }

    synchronized boolean givesWay(long before) {
      boolean kept = waits && since - before < 0;
      if (kept) {
        waits = false;
        interrupt();
      }
      return kept;
    }

    synchronized void end() {
      waits = false;
      var unused = Thread.interrupted(); // ours, which came too late
    }
  }
}
