package io.modelvane.notifier.email;

import io.modelvane.notifier.email.EmailOptions.Security;
import io.modelvane.spi.Secret;
import io.modelvane.toolkit.MessageValues;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Options as the engine would bind them, to be changed where a test cares. */
final class EmailSamples {
  static final String PASSWORD = "aVerySecretPassword";

  String host = "smtp.example.com";
  int port = 587;
  Security security = Security.STARTTLS;
  Optional<Path> ca = Optional.empty();
  Optional<String> username = Optional.empty();
  Optional<Secret> password = Optional.empty();
  String from = "Modelvane <modelvane@example.com>";
  List<String> to = List.of("ml-team@example.com");
  String subject = MessageValues.TITLE;
  String text = MessageValues.TEXT;
  final Map<String, String> fields = new LinkedHashMap<>();
  Duration timeout = Duration.ofSeconds(20);

  static EmailSamples local(int port, Security security) {
    EmailSamples samples = new EmailSamples();
    samples.host = "127.0.0.1";
    samples.port = port;
    samples.security = security;
    return samples;
  }

  EmailSamples login() {
    username = Optional.of("modelvane");
    password = Optional.of(Secret.of(PASSWORD));
    return this;
  }

  EmailOptions options() {
    return new EmailOptions(
        host, port, security, ca, username, password, from, to, subject, text, fields, timeout);
  }
}
