package io.modelvane.notifier.email;

import io.modelvane.spi.ComponentContext;
import io.modelvane.spi.Notifier;
import io.modelvane.spi.NotifierFactory;
import io.modelvane.spi.Problems;
import io.modelvane.toolkit.Templates;

/** Makes the notifier {@code email}. */
final class EmailNotifierFactory implements NotifierFactory<EmailOptions> {
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
    if (options.to().isEmpty()) {
      problems.add("to", "names nobody");
    }
    if (options.username().isPresent() != options.password().isPresent()) {
      problems.add("username", "username and password belong together");
    }
    if (!Addresses.isValid(options.from())) {
      problems.add("from", "'" + options.from() + "' is not an address");
    }
    for (String to : options.to()) {
      if (!Addresses.isValid(to)) {
        problems.add("to", "'" + to + "' is not an address");
      }
    }
    checkTemplate("subject", options.subject(), problems);
    checkTemplate("text", options.text(), problems);
  }

  private static void checkTemplate(String option, String text, Problems problems) {
    try {
      var unused = new Templates(value -> value).compile(text);
    } catch (IllegalArgumentException invalid) {
      problems.add(option, String.valueOf(invalid.getMessage()));
    }
  }

  @Override
  public Notifier create(EmailOptions options, ComponentContext context) {
    return new EmailNotifier(options, context);
  }
}
