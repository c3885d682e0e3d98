package io.modelvane.alerting.outbox;

import io.modelvane.spi.Delivery;
import io.modelvane.spi.IncidentStep;
import io.modelvane.spi.Notification;
import io.modelvane.spi.Notifier;
import io.modelvane.spi.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Writes down what arrives; answers as it was told to, and then always with success. */
final class LedgerNotifier implements Notifier {
  /** An answer, which may first let the notification arrive. */
  @FunctionalInterface
  interface Answer {
    Delivery to(Notification notification) throws InterruptedException;
  }

  final List<Notification> arrived = new CopyOnWriteArrayList<>();
  final List<Notification> attempts = new CopyOnWriteArrayList<>();
  final AtomicInteger atOnce = new AtomicInteger();
  final AtomicInteger mostAtOnce = new AtomicInteger();
  private final ConcurrentLinkedDeque<Answer> answers = new ConcurrentLinkedDeque<>();
  volatile Duration timeout = Duration.ofSeconds(15);
  volatile boolean dropsRepeats;
  volatile boolean keepsIncidents;
  volatile int concurrency = 1;

  /** What to answer next. */
  LedgerNotifier then(Answer answer) {
    answers.add(answer);
    return this;
  }

  LedgerNotifier then(Outcome outcome) {
    return then(notification -> Delivery.failed(outcome));
  }

  /** Cannot be reached next. */
  LedgerNotifier thenAway() {
    Outcome away = new Outcome.Retryable("connection refused");
    return then(notification -> Delivery.notSent(away));
  }

  Delivery arrive(Notification notification) {
    arrived.add(notification);
    return new Delivery(
        Outcome.DONE, OptionalInt.of(200), "ok", Map.of("ts", notification.incident().id()));
  }

  @Override
  public Delivery deliver(Notification notification) throws InterruptedException {
    mostAtOnce.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
    try {
      attempts.add(notification);
      Answer answer = answers.poll();
      return answer == null ? arrive(notification) : answer.to(notification);
    } finally {
      atOnce.decrementAndGet();
    }
  }

  List<IncidentStep> steps() {
    return arrived.stream().map(Notification::step).toList();
  }

  @Override
  public Duration timeout() {
    return timeout;
  }

  @Override
  public int concurrency() {
    return concurrency;
  }

  @Override
  public boolean receiverKeepsIncidents() {
    return keepsIncidents;
  }

  @Override
  public boolean receiverDropsRepeats() {
    return dropsRepeats;
  }
}
