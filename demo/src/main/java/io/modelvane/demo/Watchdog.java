package io.modelvane.demo;

import java.io.IOException;
import java.time.Duration;

/**
 * Ties a child process to its parent. The parent holds the child's standard input open; when it
 * closes it, on purpose or because it died in whatever way, the child sees the end of the stream
 * and stops. An interrupt typed at a terminal reaches the whole process group; the child ignores
 * it, so that the parent alone decides in which order things stop.
 */
final class Watchdog {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private Watchdog() {}

  /** Called once, first thing in a child's main method. */
  static void arm() {
    ignoreInterrupts();
    daemon("parent-watchdog", Watchdog::exitWithParent);
  }

  private static void exitWithParent() {
    awaitEndOfInput();
    daemon("exit-limit", Watchdog::haltWhenExitTakesTooLong);
    System.exit(0);
  }

  private static void awaitEndOfInput() {
    try {
      while (System.in.read() >= 0) {
        // what the parent writes has no meaning, only the end has
      }
    } catch (IOException broken) {
      // a broken pipe is an end as well
    }
  }

  private static void haltWhenExitTakesTooLong() {
    try {
      Thread.sleep(PATIENCE.toMillis());
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().halt(1);
  }

  // Where that is not possible the child stops a little early on Ctrl-C, which does no harm.
  private static void ignoreInterrupts() {
    if (!Signals.on("INT", () -> {})) {
      System.err.println("interrupts are not ignored");
    }
  }

  private static void daemon(String name, Runnable task) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.start();
  }
}
