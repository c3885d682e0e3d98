package io.modelvane.notifier.email;

import io.modelvane.spi.Option;
import io.modelvane.spi.Secret;
import io.modelvane.toolkit.MessageValues;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Options of the notifier {@code email}. */
record EmailOptions(
    @Option(description = "SMTP server.", example = "smtp.example.com") String host,
    @Option(description = "Port.", defaultValue = "587", min = "1", max = "65535") int port,
    @Option(
            description = "`starttls` (port 587), `tls` from the first byte (port 465), or `none`.",
            defaultValue = "starttls")
        Security security,
    @Option(
            description =
                "Certificates in PEM of those who may vouch for the server; those the JDK trusts"
                    + " when not given.",
            example = "/etc/modelvane/company-ca.pem")
        Optional<Path> ca,
    @Option(description = "User, when the server wants a login.") Optional<String> username,
    @Option(description = "The user's password.", example = "${env:SMTP_PASSWORD}")
        Optional<Secret> password,
    @Option(description = "Sender.", example = "modelvane@example.com") String from,
    @Option(description = "Receivers.", example = "[ml-team@example.com, oncall@example.com]")
        List<String> to,
    @Option(description = "Template of the subject.", defaultValue = MessageValues.TITLE)
        String subject,
    @Option(description = "Template of the text.", defaultValue = MessageValues.TEXT) String text,
    @Option(
            description =
                "Further facts by name, each a template: lines below the text. The series' tags"
                    + " when not given.",
            example = "{ Runbook: \"https://wiki.example.com/{{check}}\" }")
        Map<String, String> fields,
    @Option(
            description = "Longest time for a delivery.",
            defaultValue = "30s",
            min = "100ms",
            max = "5m")
        Duration timeout) {

  /** What messages call the server. */
  String server() {
    return host + ":" + port;
  }

  /** How the connection is encrypted. */
  enum Security {
    STARTTLS,
    TLS,
    NONE
  }
}
