package io.modelvane.notifier.email;

import io.modelvane.spi.ComponentContext;
import io.modelvane.spi.Delivery;
import io.modelvane.spi.Notification;
import io.modelvane.spi.Notifier;
import io.modelvane.spi.Outcome;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Properties;
import javax.net.ssl.SSLException;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;

/** Sends one mail a call. SMTP codes 4yz may pass, 5yz will not (RFC 5321, 4.2.1). */
final class EmailNotifier implements Notifier {
  private final EmailOptions options;
  private final ComponentContext context;
  private final EmailMessage message;

  EmailNotifier(EmailOptions options, ComponentContext context) {
    this.options = options;
    this.context = context;
    this.message = new EmailMessage(options);
  }

  private Session session() {
    Properties properties = new Properties();
    boolean tls = options.security() == EmailOptions.Security.TLS;
    boolean startTls = options.security() == EmailOptions.Security.STARTTLS;
    String protocol = tls ? "smtps" : "smtp";
    String prefix = "mail." + protocol + ".";
    String millis = String.valueOf(options.timeout().toMillis());
    properties.put("mail.transport.protocol", protocol);
    properties.put(prefix + "host", options.host());
    properties.put(prefix + "port", String.valueOf(options.port()));
    properties.put(prefix + "connectiontimeout", millis);
    properties.put(prefix + "timeout", millis);
    properties.put(prefix + "writetimeout", millis);
    properties.put(prefix + "starttls.enable", String.valueOf(startTls));
    properties.put(prefix + "starttls.required", String.valueOf(startTls));
    properties.put(prefix + "ssl.checkserveridentity", "true");
    properties.put(prefix + "auth", String.valueOf(options.username().isPresent()));
    return Session.getInstance(properties);
  }

  @Override
  public Delivery deliver(Notification notification) {
    // The mail classes look for their parts through the thread's class loader.
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(EmailNotifier.class.getClassLoader());
    try {
      return send(notification);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private Delivery send(Notification notification) {
    Session session = session();
    try (Transport transport = session.getTransport()) {
      MimeMessage mail = message.of(session, notification);
      transport.connect(
          options.username().orElse(null), options.password().map(p -> p.reveal()).orElse(null));
      transport.sendMessage(mail, mail.getAllRecipients());
      return new Delivery(Outcome.DONE, OptionalInt.of(250), "", Map.of());
    } catch (AuthenticationFailedException refused) {
      return Delivery.failed(
          new Outcome.Misconfigured(
              options.host() + " refuses the login; check username and password"));
    } catch (MessagingException failed) {
      return explain(failed);
    }
  }

  private Delivery explain(MessagingException failed) {
    int code = code(failed);
    String words = context.redact(String.valueOf(failed.getMessage()).strip());
    String reason = options.host() + ":" + options.port() + ": " + words;
    Outcome outcome;
    if (code >= 500) {
      outcome = Outcome.Rejected.of(reason);
    } else if (failed.getCause() instanceof SSLException || words.contains("STARTTLS")) {
      outcome = new Outcome.Misconfigured(reason + "; check 'security' and the certificate");
    } else {
      outcome = new Outcome.Retryable(reason);
    }
    return new Delivery(
        outcome, code > 0 ? OptionalInt.of(code) : OptionalInt.empty(), words, Map.of());
  }

  private static int code(Exception failed) {
    for (Exception at = failed; at != null; at = next(at)) {
      if (at instanceof SMTPAddressFailedException address) {
        return address.getReturnCode();
      } else if (at instanceof SMTPSenderFailedException sender) {
        return sender.getReturnCode();
      } else if (at instanceof SMTPSendFailedException send && send.getReturnCode() > 0) {
        return send.getReturnCode();
      }
    }
    return 0;
  }

  private static @org.jspecify.annotations.Nullable Exception next(Exception failure) {
    return failure instanceof MessagingException messaging ? messaging.getNextException() : null;
  }

  @Override
  public Duration timeout() {
    return options.timeout().multipliedBy(3);
  }
}
