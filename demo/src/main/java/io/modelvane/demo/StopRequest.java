package io.modelvane.demo;

import java.util.concurrent.atomic.AtomicInteger;

/** Somebody's wish that the demo ends. It interrupts the thread that runs the demo. */
final class StopRequest {
  private static final int NONE = 0;

  private final AtomicInteger code = new AtomicInteger(NONE);
  private final AtomicInteger interrupts = new AtomicInteger();
  private final Thread runner;

  StopRequest(Thread runner) {
    this.runner = runner;
  }

  /**
   * Listens for signals from now on. The first one ends the demo in an orderly way. A second Ctrl-C
   * ends it at once; the launcher's own request, which follows the first, does not.
   */
  static StopRequest ofSignals(Thread runner) {
    StopRequest request = new StopRequest(runner);
    Signals.on("INT", request::interrupted);
    Signals.on("TERM", () -> request.stop(143));
    Signals.on("HUP", () -> request.stop(129));
    return request;
  }

  /** Ends the demo with this exit code; the first request counts. */
  void stop(int exitCode) {
    if (code.compareAndSet(NONE, exitCode)) {
      runner.interrupt();
    }
  }

  private void interrupted() {
    if (interrupts.incrementAndGet() > 1) {
      Runtime.getRuntime().halt(130);
    }
    stop(130);
  }

  boolean isMade() {
    return code.get() != NONE;
  }

  int exitCode() {
    return code.get();
  }
}
