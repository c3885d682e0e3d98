package io.modelvane.alerting;

import io.modelvane.alerting.incident.IncidentChange.Closing;
import io.modelvane.spi.ComponentContext;
import io.modelvane.spi.ComponentException;
import io.modelvane.spi.Health;
import io.modelvane.spi.Outcome;
import io.modelvane.spi.PointBatch;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The one thread that evaluates and commits. Batches are evaluated as they come, are needed no more
 * from then on, and are answered together, after the commit that holds them all: when a level
 * changed, at once but for what has come already and can be taken in a moment, or when the first
 * has waited long enough.
 */
final class EvaluationLoop implements Runnable {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
  private static final Duration IDLE = Duration.ofSeconds(1);
  private static final long A_MOMENT = TimeUnit.MILLISECONDS.toNanos(5);

  /** Something to do in turn; the answer is due at the end at the latest. */
  private record Task(Runnable work, CompletableFuture<Outcome> answer) {}

  private final Ledger ledger;
  private final long commitEvery;
  private final Consumer<Health> health;
  private final ComponentContext context;
  private final BlockingQueue<Task> tasks = new LinkedBlockingQueue<>();
  private final List<CompletableFuture<Outcome>> group = new ArrayList<>();
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile @Nullable Outcome end;
  private boolean unwritten;
  private long since;
  private boolean hurried;
  private long hurriedSince;

  EvaluationLoop(
      Ledger ledger, Duration commitEvery, Consumer<Health> health, ComponentContext context) {
    this.health = health;
    this.ledger = ledger;
    this.commitEvery = commitEvery.toNanos();
    this.context = context;
  }

  /** Evaluates a batch in its turn; then it is {@code taken}. */
  CompletionStage<Outcome> write(PointBatch batch, Runnable taken) {
    return inTurn(answer -> take(batch, taken, answer));
  }

  private CompletableFuture<Outcome> inTurn(Consumer<CompletableFuture<Outcome>> work) {
    CompletableFuture<Outcome> answer = new CompletableFuture<>();
    tasks.add(new Task(() -> work.accept(answer), answer));
    Outcome over = end;
    if (over != null) {
      answer.complete(over); // the loop has looked for the last time
    }
    return answer;
  }

  private void take(PointBatch batch, Runnable taken, CompletableFuture<Outcome> answer) {
    begin();
    group.add(answer);
    ledger.take(batch);
    taken.run();
  }

  /** Takes a pipeline's progress in its turn. */
  void completeUntil(String pipeline, Instant time) {
    tasks.add(new Task(() -> progress(pipeline, time), new CompletableFuture<>()));
  }

  private void progress(String pipeline, Instant time) {
    if (ledger.progress(pipeline, time)) {
      begin();
    }
  }

  /** Up to when everything has been evaluated; may be asked by any thread. */
  long watermark() {
    return ledger.watermark();
  }

  /** Looks at the evaluation in its turn; fails when it has ended. */
  <T> CompletableFuture<T> ask(Function<Ledger, T> question) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    CompletableFuture<Outcome> over = new CompletableFuture<>();
    var unused =
        over.thenAccept(
            outcome -> answer.completeExceptionally(new IllegalStateException(outcome.reason())));
    tasks.add(
        new Task(
            () -> {
              try {
                answer.complete(question.apply(ledger));
              } catch (RuntimeException defect) {
                answer.completeExceptionally(defect); // a question harms nothing but its answer
              }
            },
            over));
    Outcome ended = end;
    if (ended != null) {
      over.complete(ended);
    }
    return answer;
  }

  /**
   * Ends an incident by hand in its turn; {@code DONE} once that is on the disk, {@code REJECTED}
   * when there is no such open one.
   */
  CompletableFuture<Outcome> close(String incident, Closing closing) {
    return inTurn(answer -> close(incident, closing, answer));
  }

  private void close(String incident, Closing closing, CompletableFuture<Outcome> answer) {
    if (ledger.close(incident, closing)) {
      begin();
      group.add(answer);
    } else {
      answer.complete(Outcome.Rejected.of("no check holds it open"));
    }
  }

  private void begin() {
    if (!unwritten) {
      unwritten = true;
      since = System.nanoTime();
    }
  }

  @Override
  public void run() {
    Outcome over = new Outcome.Retryable(context.name() + " has stopped");
    try {
      while (stopping.getCount() > 0 || !tasks.isEmpty()) {
        step();
      }
      if (unwritten) {
        commit();
      }
    } catch (ComponentException broken) {
      over = broken.toOutcome();
      down(over.reason());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException | Error defect) {
      // What is in memory may be half moved: only a restart from the last commit is right.
      over = new Outcome.Fatal("a check has a defect: " + defect);
      context.logger().log(System.Logger.Level.ERROR, "evaluation has a defect", defect);
      down(over.reason());
    } finally {
      finish(over);
    }
  }

  private void down(String reason) {
    health.accept(new Health(Health.State.DOWN, reason));
  }

  private void finish(Outcome over) {
    end = over;
    group.forEach(answer -> answer.complete(over));
    group.clear();
    for (Task task = tasks.poll(); task != null; task = tasks.poll()) {
      task.answer().complete(over);
    }
    ended.countDown();
  }

  private void step() throws ComponentException, InterruptedException {
    long wait = unwritten ? since + commitEvery - System.nanoTime() : IDLE.toNanos();
    Task task = tasks.poll(Math.max(0, wait), TimeUnit.NANOSECONDS);
    if (task != null) {
      task.work().run();
    }
    if (unwritten && isDue()) {
      commit();
    }
  }

  private boolean isDue() {
    long now = System.nanoTime();
    if (ledger.isUrgent() && !hurried) {
      hurried = true;
      hurriedSince = now;
    }
    boolean urgent = hurried && (tasks.isEmpty() || now - hurriedSince >= A_MOMENT);
    return urgent || now - since >= commitEvery;
  }

  private void commit() throws ComponentException, InterruptedException {
    Duration pause = FIRST_PAUSE;
    boolean held = !tryCommit();
    for (boolean failing = held; failing; pause = longer(pause)) {
      boolean lastTry = stopping.await(pause.toNanos(), TimeUnit.NANOSECONDS);
      failing = !tryCommit();
      if (failing && lastTry) {
        throw new ComponentException(
            Outcome.Kind.RETRYABLE, "stopped before the disk took what was evaluated");
      }
    }
    if (held) {
      health.accept(Health.UP);
    }
    unwritten = false;
    hurried = false;
    group.forEach(answer -> answer.complete(Outcome.DONE));
    group.clear();
  }

  private static Duration longer(Duration pause) {
    Duration doubled = pause.multipliedBy(2);
    return doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
  }

  private boolean tryCommit() throws ComponentException {
    try {
      ledger.commit();
      return true;
    } catch (ComponentException failed) {
      if (failed.kind() == Outcome.Kind.FATAL) {
        throw failed;
      }
      down("holding, nothing is lost; " + failed.getMessage());
      return false;
    }
  }

  /** Evaluates and commits what is there, and ends. */
  void stop() throws InterruptedException {
    stopping.countDown();
    tasks.add(new Task(() -> {}, new CompletableFuture<>()));
    ended.await();
  }
}
