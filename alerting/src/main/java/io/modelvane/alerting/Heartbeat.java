package io.modelvane.alerting;

import io.modelvane.alerting.outbox.Outbox;
import io.modelvane.spi.ComponentContext;
import io.modelvane.spi.Delivery;
import io.modelvane.spi.Health;
import io.modelvane.spi.Incident;
import io.modelvane.spi.IncidentStep;
import io.modelvane.spi.Level;
import io.modelvane.spi.Notification;
import io.modelvane.spi.Outcome;
import io.modelvane.spi.Series;
import io.modelvane.spi.Status;
import io.modelvane.spi.Tag;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Says every so often that evaluation goes on, to somebody who raises the alarm when that is not
 * heard. Nothing is said unless everything up to a later time than at the last beat has been
 * evaluated: a process that lives and does not evaluate is as good as dead. A beat that fails is
 * not tried again; the next one comes.
 */
final class Heartbeat {
  private static final String PART = "heartbeat";
  private static final int MOST_DIGITS = 64; // of an incident's key

  private final HeartbeatOptions options;
  private final ComponentContext context;
  private final Outbox outbox;
  private final LongSupplier watermark;
  private final AtomicBoolean busy = new AtomicBoolean();
  private long last = Watermark.NONE;
  private @Nullable Future<?> timer;

  /**
   * A heartbeat.
   *
   * @param watermark up to when everything has been evaluated, or {@link Watermark#NONE}
   */
  Heartbeat(
      HeartbeatOptions options, ComponentContext context, Outbox outbox, LongSupplier watermark) {
    this.options = options;
    this.context = context;
    this.outbox = outbox;
    this.watermark = watermark;
  }

  synchronized void start() {
    if (timer == null) {
      long every = options.every().toMillis();
      timer =
          context
              .scheduler()
              .scheduleWithFixedDelay(this::tick, every, every, TimeUnit.MILLISECONDS);
    }
  }

  synchronized void stop() {
    if (timer != null) {
      timer.cancel(false);
      timer = null;
    }
  }

  private void tick() {
    if (!busy.compareAndSet(false, true)) {
      return; // the one before hangs
    }
    try {
      context.executor().execute(this::work);
    } catch (RejectedExecutionException stopped) {
      busy.set(false);
    }
  }

  private void work() {
    try {
      beat();
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    } finally {
      busy.set(false);
    }
  }

  /** Makes one beat, if evaluation has moved on; called by one thread at a time. */
  void beat() throws InterruptedException {
    long now = watermark.getAsLong();
    if (now == Watermark.NONE || now <= last) {
      count("held");
      say(Health.State.DEGRADED, "is held back: evaluation has not moved on since the last one");
      return;
    }
    last = now;
    Outcome outcome = deliver(notification(Nanos.instant(now))).outcome();
    count(outcome.kind().name().toLowerCase(Locale.ROOT));
    if (outcome.kind() == Outcome.Kind.DONE) {
      say(Health.State.UP, "");
    } else {
      say(Health.State.DEGRADED, "was not taken: " + context.redact(outcome.reason()));
    }
  }

  private void say(Health.State state, String words) {
    String reason = words.isEmpty() ? "" : "heartbeat to " + options.notify_().name() + " " + words;
    outbox.conditions().set(PART, new Health(state, reason));
  }

  private void count(String outcome) {
    context
        .meters()
        .counter("heartbeats", "Heartbeats, by what came of them.", Map.of("outcome", outcome))
        .add(1);
  }

  /** A notifier is called by one thread: the endpoint's own, where rules name it as well. */
  private Delivery deliver(Notification notification) throws InterruptedException {
    Optional<CompletableFuture<Delivery>> queued =
        outbox.attempt(options.notify_().name(), notification);
    try {
      return queued.isPresent()
          ? queued.get().get()
          : context.notifier(options.notify_()).deliver(notification);
    } catch (ExecutionException | CancellationException ended) {
      return Delivery.notSent(new Outcome.Retryable("the endpoint's worker has stopped"));
    } catch (RuntimeException | LinkageError defect) {
      return Delivery.failed(new Outcome.Retryable("the notifier failed: " + defect));
    }
  }

  private Notification notification(Instant complete) {
    Instant now = context.clock().instant();
    Series series = Series.of("modelvane_heartbeat", List.of(new Tag("component", context.name())));
    String id = PART + "-" + context.name();
    Status status =
        new Status(
            PART,
            PART,
            series,
            Level.OK,
            now,
            complete,
            Optional.empty(),
            OptionalDouble.empty(),
            "Modelvane evaluates; everything until %s has been evaluated.".formatted(complete),
            Map.of());
    return new Notification(
        id + "-" + now.toEpochMilli(),
        PART,
        new Incident(id, key(id), PART, series, Level.OK, Level.OK, now, 0),
        IncidentStep.REPEATED,
        Level.OK,
        status,
        now,
        1,
        false,
        Optional.empty(),
        Map.of());
  }

  private static String key(String id) {
    String hex = HexFormat.of().formatHex(id.getBytes(StandardCharsets.UTF_8));
    return hex.substring(0, Math.min(hex.length(), MOST_DIGITS));
  }
}
