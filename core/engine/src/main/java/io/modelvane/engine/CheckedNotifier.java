package io.modelvane.engine;

import io.modelvane.engine.observe.EngineThread;
import io.modelvane.engine.words.Defect;
import io.modelvane.engine.words.Words;
import io.modelvane.spi.Delivery;
import io.modelvane.spi.Notification;
import io.modelvane.spi.Notifier;
import io.modelvane.spi.Outcome;
import io.modelvane.spi.RowRejection;
import java.time.Duration;

/**
 * A notifier as other components get it: the words it answers in are fit to be kept and shown, and
 * no answer at all is an exception that says whose defect it is. Its life is the engine's alone.
 */
final class CheckedNotifier implements Notifier {
  private static final int LONGEST_ANSWER = 1_024;

  private final Notifier notifier;
  private final EngineContext context;
  private final String title;

  CheckedNotifier(Notifier notifier, EngineContext context, String title) {
    this.notifier = notifier;
    this.context = context;
    this.title = title;
  }

  @Override
  public Delivery deliver(Notification notification) throws InterruptedException {
    Delivery delivery = call(notification);
    return new Delivery(
        fit(delivery.outcome()),
        delivery.statusCode(),
        Words.line(context.redact(delivery.answer()), LONGEST_ANSWER),
        delivery.receipt(),
        delivery.sent(),
        delivery.partly());
  }

  private Delivery call(Notification notification) throws InterruptedException {
    String before = EngineThread.enter(title);
    try {
      Delivery delivery = notifier.deliver(notification);
      if (delivery == null) {
        throw new IllegalStateException(Defect.nothingFrom(title, notifier));
      }
      return delivery;
    } finally {
      EngineThread.leave(before);
    }
  }

  private Outcome fit(Outcome outcome) {
    String reason = context.words(outcome.reason());
    return switch (outcome.kind()) {
      case DONE -> outcome;
      case REJECTED ->
          new Outcome.Rejected(
              ((Outcome.Rejected) outcome)
                  .rows().stream()
                      .map(row -> new RowRejection(row.row(), context.words(row.reason())))
                      .toList());
      case RETRYABLE -> new Outcome.Retryable(reason);
      case THROTTLED -> new Outcome.Throttled(((Outcome.Throttled) outcome).after(), reason);
      case MISCONFIGURED -> new Outcome.Misconfigured(reason);
      case FATAL -> new Outcome.Fatal(reason);
    };
  }

  @Override
  public Duration timeout() {
    return notifier.timeout();
  }

  @Override
  public int concurrency() {
    return notifier.concurrency();
  }

  @Override
  public boolean receiverDropsRepeats() {
    return notifier.receiverDropsRepeats();
  }

  @Override
  public boolean receiverKeepsIncidents() {
    return notifier.receiverKeepsIncidents();
  }

  @Override
  public void start() {
    throw new IllegalStateException("the engine starts " + title);
  }

  @Override
  public void stop() {
    throw new IllegalStateException("the engine stops " + title);
  }
}
