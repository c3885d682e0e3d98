package io.modelvane.alerting.outbox;

import io.modelvane.alerting.history.Signal;
import io.modelvane.spi.ComponentException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** The thread of one endpoint's courier: turn after turn, asleep while nothing is due. */
final class Lane {
  private static final Duration LONGEST_SLEEP = Duration.ofSeconds(30);

  private final Courier courier;
  private final Clock clock;
  private final Signal signal = new Signal();
  private volatile boolean stopping;
  private @Nullable Future<?> worker;

  Lane(Courier courier, Clock clock) {
    this.courier = courier;
    this.clock = clock;
  }

  void start(ExecutorService executor) {
    worker = executor.submit(this::run);
  }

  /** There may be something new, or time has passed. */
  void wake() {
    signal.wake();
  }

  private void run() {
    try {
      while (!stopping) {
        sleepUntil(courier.turn());
      }
      courier.close();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } catch (ComponentException disk) {
      courier.report().stuck(String.valueOf(disk.getMessage()));
    } catch (RuntimeException defect) {
      courier.report().broken(defect);
    }
  }

  private void sleepUntil(Instant next) throws InterruptedException {
    Instant now = clock.instant();
    if (!stopping && now.isBefore(next)) {
      Instant longest = now.plus(LONGEST_SLEEP);
      signal.await(Duration.between(now, next.isBefore(longest) ? next : longest));
    }
  }

  /** Asks the lane to end after the attempt it is at. */
  void askToStop() {
    stopping = true;
    signal.wake();
  }

  /** Waits for the end, so long at the most. */
  void join(Duration limit) throws InterruptedException {
    Future<?> running = worker;
    if (running == null) {
      return;
    }
    try {
      var unused = running.get(Math.max(1, limit.toMillis()), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException | CancellationException unfinished) {
      // Cut short next: its notification stays marked, and the next start finds that it may have
      // arrived.
    }
  }

  /** Interrupts what goes on. */
  void cut() {
    if (worker != null) {
      worker.cancel(true);
      worker = null;
    }
  }
}
