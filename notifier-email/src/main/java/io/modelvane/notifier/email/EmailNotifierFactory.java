package io.modelvane.notifier.email;

import io.modelvane.notifier.email.EmailOptions.Security;
import io.modelvane.spi.ComponentContext;
import io.modelvane.spi.Notifier;
import io.modelvane.spi.NotifierFactory;
import io.modelvane.spi.Problems;
import io.modelvane.toolkit.Fields;
import io.modelvane.toolkit.OptionChecks;
import java.util.Set;

/** Makes the notifier {@code email}. */
final class EmailNotifierFactory implements NotifierFactory<EmailOptions> {
  private static final int TLS_PORT = 465;
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "::1");

  @Override
  public String type() {
    return "email";
  }

  @Override
  public String description() {
    return "Sends e-mail by SMTP.";
  }

  @Override
  public Class<EmailOptions> options() {
    return EmailOptions.class;
  }

  @Override
  public void validate(EmailOptions options, Problems problems) {
    if (options.host().isBlank()) {
      problems.add("host", "is empty; it is the name of the SMTP server");
    }
    checkLogin(options, problems);
    checkSecurity(options, problems);
    checkAddresses(options, problems);
    OptionChecks.template("subject", options.subject(), problems);
    OptionChecks.template("text", options.text(), problems);
    Fields.check(options.fields(), problems);
  }

  private static void checkLogin(EmailOptions options, Problems problems) {
    if (options.username().isPresent() != options.password().isPresent()) {
      problems.add("username", "username and password belong together");
    }
    if (options.security() == Security.NONE
        && options.password().isPresent()
        && !LOOPBACK.contains(options.host())) {
      problems.add("security", "none would send the password in clear text; use starttls or tls");
    }
  }

  private static void checkSecurity(EmailOptions options, Problems problems) {
    if (options.port() == TLS_PORT && options.security() != Security.TLS) {
      problems.add("security", "must be tls for port 465, which speaks TLS from the first byte");
    }
    if (options.ca().isPresent() && options.security() == Security.NONE) {
      problems.add("ca", "has no use with security: none");
    }
  }

  private static void checkAddresses(EmailOptions options, Problems problems) {
    if (options.to().isEmpty()) {
      problems.add("to", "names nobody");
    }
    if (!Addresses.isValid(options.from())) {
      problems.add("from", "'" + Addresses.shown(options.from()) + "' is not an address");
    }
    for (String to : options.to()) {
      if (!Addresses.isValid(to)) {
        problems.add("to", "'" + Addresses.shown(to) + "' is not an address");
      }
    }
  }

  @Override
  public Notifier create(EmailOptions options, ComponentContext context) {
    return new EmailNotifier(options, context);
  }
}
