package io.modelvane.alerting.outbox;

import io.modelvane.alerting.history.Signal;
import io.modelvane.spi.ComponentException;
import io.modelvane.spi.Delivery;
import io.modelvane.spi.Notification;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The thread of one endpoint's courier: turn after turn, asleep while nothing is due. Whoever plans
 * while it sleeps takes for it, in the same transaction, what it is to send first.
 */
final class Lane {
  private static final Duration LONGEST_SLEEP = Duration.ofSeconds(30);

  private final Courier courier;
  private final Clock clock;
  private final Signal signal = new Signal();
  private final Queue<Trial> trials = new ConcurrentLinkedQueue<>();
  private final ReentrantLock turn = new ReentrantLock(); // who has it moves the courier
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile boolean stopping;
  private @Nullable Future<?> worker;

  Lane(Courier courier, Clock clock) {
    this.courier = courier;
    this.clock = clock;
  }

  String endpoint() {
    return courier.endpoint();
  }

  void start(ExecutorService executor) {
    worker = executor.submit(this::run);
  }

  /** There may be something new, or time has passed. */
  void wake() {
    signal.wake();
  }

  /**
   * Takes what is due within the caller's transaction, if the lane is at rest. When it took
   * something, the lane stays so until the same thread says how that ended. Never waits.
   */
  void claim(Connection connection) throws SQLException {
    if (!turn.tryLock()) {
      return;
    }
    boolean took = false;
    try {
      took = courier.claim(connection);
    } finally {
      if (!took) { // what the courier has in hand is none of a rollback's business
        turn.unlock();
      }
    }
  }

  /** The transaction is on the disk. */
  void claimed() {
    if (turn.isHeldByCurrentThread()) {
      turn.unlock();
    }
  }

  /** The transaction was rolled back, and what was taken with it. */
  void unclaimed() {
    if (turn.isHeldByCurrentThread()) {
      courier.unclaim();
      turn.unlock();
    }
  }

  /** An attempt that somebody waits for. */
  private record Trial(Notification notification, CompletableFuture<Delivery> answer) {}

  /**
   * Lets the worker make one attempt that is no notification of the outbox, between two turns: no
   * more calls are made at a time than the notifier takes.
   */
  CompletableFuture<Delivery> attempt(Notification notification) {
    CompletableFuture<Delivery> answer = new CompletableFuture<>();
    trials.add(new Trial(notification, answer));
    if (ended.getCount() == 0) {
      answer.cancel(false); // the worker has looked for the last time
    }
    signal.wake();
    return answer;
  }

  private void attemptTrials() throws InterruptedException {
    for (Trial trial = trials.poll(); trial != null; trial = trials.poll()) {
      if (!trial.answer().isDone()) { // else nobody waits any more
        trial.answer().complete(courier.attempt(trial.notification()));
      }
    }
  }

  private void run() {
    try {
      while (!stopping) {
        sleepUntil(turn());
      }
      courier.close();
    } catch (InterruptedException stopped) {
      closeAfterCut();
      Thread.currentThread().interrupt();
    } catch (ComponentException disk) {
      courier.report().stuck(String.valueOf(disk.getMessage()));
    } catch (RuntimeException | Error defect) {
      courier.report().broken(defect);
    } finally {
      trials.forEach(trial -> trial.answer().cancel(false));
      ended.countDown();
    }
  }

  private Instant turn() throws InterruptedException {
    turn.lockInterruptibly();
    try {
      attemptTrials();
      return courier.turn();
    } finally {
      turn.unlock();
    }
  }

  /** What is known is written down, so that the next start repeats only what it has to. */
  private void closeAfterCut() {
    try {
      courier.close();
    } catch (ComponentException disk) {
      courier.report().stuck(String.valueOf(disk.getMessage()));
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
    courier.cut();
    if (worker != null) {
      worker.cancel(true);
      worker = null;
    }
  }

  /** Waits, so long at the most, until a lane that was cut has written down what it knows. */
  void awaitEnd(Duration limit) throws InterruptedException {
    var unused = ended.await(Math.max(1, limit.toMillis()), TimeUnit.MILLISECONDS);
  }
}
