package io.modelvane.notifier.email;

import jakarta.mail.Session;
import java.util.Properties;

/** How one delivery talks to the server: encryption, login, time limits. */
final class SmtpSession {
  private final EmailOptions options;
  private final Sockets sockets;

  SmtpSession(EmailOptions options, Sockets sockets) {
    this.options = options;
    this.sockets = sockets;
  }

  /**
   * Names of properties:
   * https://eclipse-ee4j.github.io/angus-mail/docs/api/org.eclipse.angus.mail/org/eclipse/angus/mail/smtp/package-summary.html.
   */
  Session open() {
    boolean tls = options.security() == EmailOptions.Security.TLS;
    boolean startTls = options.security() == EmailOptions.Security.STARTTLS;
    String prefix = "mail.smtp."; // also with TLS from the first byte, which is the socket's
    String millis = String.valueOf(options.timeout().toMillis());
    Properties properties = new Properties();
    properties.put("mail.transport.protocol", "smtp");
    properties.put(prefix + "host", options.host());
    properties.put(prefix + "port", String.valueOf(options.port()));
    properties.put(prefix + "connectiontimeout", millis);
    properties.put(prefix + "timeout", millis);
    properties.put(prefix + "starttls.enable", String.valueOf(startTls));
    properties.put(prefix + "starttls.required", String.valueOf(startTls));
    properties.put(prefix + "ssl.checkserveridentity", "true");
    properties.put(prefix + "ssl.socketFactory", sockets.startTls());
    properties.put(prefix + "socketFactory", tls ? sockets.tls() : sockets.plain());
    properties.put(prefix + "socketFactory.fallback", "false");
    properties.put(prefix + "sendpartial", "true");
    properties.put(prefix + "quitwait", "false");
    properties.put(prefix + "auth", String.valueOf(options.username().isPresent()));
    return Session.getInstance(properties);
  }
}
