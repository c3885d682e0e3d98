package io.modelvane.notifier.email;

import io.modelvane.spi.ComponentContext;
import io.modelvane.spi.ComponentException;
import io.modelvane.spi.Delivery;
import io.modelvane.spi.Notification;
import io.modelvane.spi.Notifier;
import io.modelvane.spi.Outcome;
import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/** Sends one mail a call, on a connection of its own. */
final class EmailNotifier implements Notifier {
  private static final int ACCEPTED = 250;

  private final EmailOptions options;
  private final ComponentContext context;
  private final EmailMessage message;
  private volatile @Nullable SSLSocketFactory authorities;

  EmailNotifier(EmailOptions options, ComponentContext context) {
    this.options = options;
    this.context = context;
    this.message = new EmailMessage(options, context.name());
  }

  @Override
  public void start() throws ComponentException {
    authorities = Authorities.read(options.ca());
  }

  @Override
  public Delivery deliver(Notification notification) throws InterruptedException {
    @Nullable SSLSocketFactory trusted = authorities;
    if (trusted == null) {
      throw new IllegalStateException("deliver before start");
    }
    AtomicBoolean begun = new AtomicBoolean();
    try (Sockets sockets = new Sockets(trusted)) {
      SmtpSession session = new SmtpSession(options, sockets);
      Future<Delivery> sending =
          context.executor().submit(() -> send(notification, session, begun));
      return sending.get(options.timeout().toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException tooLong) {
      // The sockets are closed by now: what has not begun does not begin any more.
      Outcome late =
          new Outcome.Retryable(options.server() + " takes longer than " + options.timeout());
      return begun.get() ? Delivery.failed(late) : Delivery.notSent(late);
    } catch (ExecutionException defect) {
      throw new IllegalStateException("sending failed", defect.getCause());
    }
  }

  private Delivery send(Notification notification, SmtpSession smtp, AtomicBoolean begun) {
    // The mail classes look for their parts through the thread's class loader.
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(EmailNotifier.class.getClassLoader());
    try {
      return transport(notification, smtp.open(), begun);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private Delivery transport(Notification notification, Session session, AtomicBoolean begun) {
    Laggards before = Laggards.of(notification);
    try (Transport transport = session.getTransport()) {
      EmailMessage.Mail mail = message.of(session, notification);
      mail.whenItBegins(() -> begun.set(true));
      transport.connect(
          options.username().orElse(null), options.password().map(p -> p.reveal()).orElse(null));
      transport.sendMessage(mail, before.among(mail.getAllRecipients()));
      return new Delivery(Outcome.DONE, OptionalInt.of(ACCEPTED), "", Map.of());
    } catch (SendFailedException some) {
      SmtpVerdict verdict = SmtpVerdict.of(some, options.server());
      boolean have = !before.isEmpty() || count(some.getValidSentAddresses()) > 0;
      boolean settled = verdict.outcome().kind() == Outcome.Kind.MISCONFIGURED;
      return have && !settled
          ? toSome(notification, verdict, some.getValidUnsentAddresses())
          : delivery(verdict, begun.get());
    } catch (MessagingException failed) {
      return delivery(SmtpVerdict.of(failed, options.server()), begun.get());
    }
  }

  private static int count(Address @Nullable [] addresses) {
    return addresses == null ? 0 : addresses.length;
  }

  /**
   * To send it again to all would bother those who have it. Those who may be reached later are
   * asked again for a while; those who are not are named.
   */
  private Delivery toSome(
      Notification notification, SmtpVerdict verdict, Address @Nullable [] unsent) {
    String words = context.redact(verdict.words());
    Instant now = context.clock().instant();
    boolean again = verdict.outcome().kind() == Outcome.Kind.RETRYABLE;
    if (again && unsent != null && unsent.length > 0 && !Laggards.isTooLate(notification, now)) {
      String reason = "not yet sent to " + words;
      return Delivery.partly(
          new Outcome.Throttled(Laggards.pause(notification, now), reason),
          verdict.code(),
          reason,
          Laggards.of(unsent).receipt(notification));
    }
    context
        .logger()
        .log(
            System.Logger.Level.WARNING,
            "{0} took a mail for some receivers and not for {1}; check ''to''",
            options.server(),
            words);
    return new Delivery(Outcome.DONE, OptionalInt.of(ACCEPTED), "not sent to " + words, Map.of());
  }

  private Delivery delivery(SmtpVerdict verdict, boolean sent) {
    return new Delivery(
        redacted(verdict.outcome()),
        verdict.code(),
        context.redact(verdict.words()),
        Map.of(),
        sent);
  }

  private Outcome redacted(Outcome outcome) {
    String reason = context.redact(outcome.reason());
    return switch (outcome.kind()) {
      case REJECTED -> Outcome.Rejected.of(reason);
      case MISCONFIGURED -> new Outcome.Misconfigured(reason);
      case DONE, RETRYABLE, THROTTLED, FATAL -> new Outcome.Retryable(reason);
    };
  }

  @Override
  public Duration timeout() {
    return options.timeout().plusSeconds(5);
  }
}
