package io.modelvane.alerting;

import io.modelvane.alerting.check.Check;
import io.modelvane.alerting.incident.IncidentChange.Closing;
import io.modelvane.alerting.why.Running;
import io.modelvane.spi.ComponentContext;
import io.modelvane.spi.ComponentException;
import io.modelvane.spi.DataSize;
import io.modelvane.spi.Health;
import io.modelvane.spi.Outcome;
import io.modelvane.spi.PointBatch;
import io.modelvane.spi.Series;
import io.modelvane.spi.Sink;
import io.modelvane.spi.SinkTraits;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Takes points, evaluates checks on them, lets go of them, and answers once states, incidents, what
 * follows from them and positions are on the disk together.
 */
final class AlertingSink implements Sink, Running {
  static final SinkTraits TRAITS =
      new SinkTraits(4, 5_000, DataSize.ofMebibytes(4), Duration.ZERO, true);

  private static final Duration CLOSE_WITHIN = Duration.ofSeconds(20);

  private final AlertingOptions options;
  private final List<Check> checks;
  private final Aftermath aftermath;
  private final Consumer<Health> health;
  private final ComponentContext context;
  private volatile @Nullable EvaluationLoop loop;
  private boolean following;

  AlertingSink(
      AlertingOptions options,
      Aftermath aftermath,
      Consumer<Health> health,
      ComponentContext context) {
    this.options = options;
    this.checks = AlertingSinkFactory.checks(options);
    this.health = health;
    this.aftermath = aftermath;
    this.context = context;
  }

  @Override
  public SinkTraits traits() {
    return TRAITS;
  }

  @Override
  public void start() throws ComponentException, InterruptedException {
    Ledger ledger = new Ledger(checks, options.recordEvery(), aftermath, context);
    if (!following) {
      aftermath.start();
      following = true;
    }
    ledger.open();
    EvaluationLoop started = new EvaluationLoop(ledger, options.commitEvery(), health, context);
    loop = started;
    context.executor().execute(started);
  }

  @Override
  public CompletionStage<Outcome> write(PointBatch batch) {
    return write(batch, () -> {});
  }

  @Override
  public CompletionStage<Outcome> write(PointBatch batch, Runnable taken) {
    EvaluationLoop running = loop;
    return running == null
        ? CompletableFuture.completedFuture(
            new Outcome.Retryable(context.name() + " has not started"))
        : running.write(batch, taken);
  }

  @Override
  public void completeUntil(String pipeline, Instant time) {
    EvaluationLoop running = loop;
    if (running != null) {
      running.completeUntil(pipeline, time);
    }
  }

  /** Up to when everything has been evaluated, or {@link Watermark#NONE}. */
  long watermark() {
    EvaluationLoop evaluating = loop;
    return evaluating == null ? Watermark.NONE : evaluating.watermark();
  }

  @Override
  public List<Running.Standpoint> look(String check, Predicate<Series> wanted, int most)
      throws ComponentException, InterruptedException {
    try {
      return running().ask(ledger -> ledger.look(check, wanted, most)).get();
    } catch (ExecutionException ended) {
      throw new ComponentException(
          Outcome.Kind.RETRYABLE, "the evaluation does not answer: " + ended.getCause(), ended);
    }
  }

  private EvaluationLoop running() throws ComponentException {
    EvaluationLoop evaluating = loop;
    if (evaluating == null) {
      throw new ComponentException(Outcome.Kind.RETRYABLE, context.name() + " does not run");
    }
    return evaluating;
  }

  @Override
  public boolean close(String incident, String author, String comment)
      throws ComponentException, InterruptedException {
    Outcome outcome;
    try {
      outcome =
          running()
              .close(incident, new Closing(author, comment))
              .get(CLOSE_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException waiting) {
      throw new ComponentException(
          Outcome.Kind.RETRYABLE,
          "the disk does not take it; the incident ends as soon as it does",
          waiting);
    }
    if (outcome.kind() != Outcome.Kind.DONE && outcome.kind() != Outcome.Kind.REJECTED) {
      throw ComponentException.of(outcome);
    }
    return outcome.kind() == Outcome.Kind.DONE;
  }

  @Override
  public void stop() throws InterruptedException {
    EvaluationLoop running = loop;
    loop = null;
    try {
      if (running != null) {
        running.stop();
      }
    } finally {
      following = false;
      aftermath.stop();
    }
  }
}
