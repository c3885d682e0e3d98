package io.modelvane.faults;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Looks at positions and dead letters five times a second, by a thread of its own. */
final class Watching implements AutoCloseable {
  private final List<Watch> watches;
  private final DeadLetters letters;
  private final Thread thread = new Thread(this::watch, "watch");
  private volatile boolean wanted = true;

  Watching(List<Watch> watches, DeadLetters letters) {
    this.watches = List.copyOf(watches);
    this.letters = letters;
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  private void watch() {
    try {
      while (wanted) {
        look();
        Thread.sleep(200);
      }
    } catch (InterruptedException ending) {
      Thread.currentThread().interrupt();
    }
  }

  /** Positions first, then what is there: it can only have become more. */
  private synchronized void look() throws InterruptedException {
    List<Map<Integer, Long>> committed = new ArrayList<>();
    for (Watch watch : watches) {
      committed.add(watch.committed());
    }
    letters.look();
    for (int i = 0; i < watches.size(); i++) {
      watches.get(i).check(committed.get(i));
    }
  }

  /** Does something that would confuse whoever looks, and forgets what was seen. */
  synchronized void unseen(Unseen work) throws Exception {
    work.happens();
    watches.forEach(Watch::forget);
  }

  /** What nobody looks at. */
  @FunctionalInterface
  interface Unseen {
    /** Does it. */
    void happens() throws Exception;
  }

  /** Whether a look finds nothing that is not committed. */
  boolean isRead() {
    try {
      for (Watch watch : watches) {
        if (watch.lag() != 0) {
          return false;
        }
      }
      return true;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Looks a last time. */
  void stop() throws InterruptedException {
    wanted = false;
    thread.join();
    look();
  }

  @Override
  public void close() {
    wanted = false;
    thread.interrupt();
  }
}
