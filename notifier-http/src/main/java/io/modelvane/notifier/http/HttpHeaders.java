package io.modelvane.notifier.http;

import io.modelvane.spi.Notification;
import io.modelvane.spi.Problems;
import io.modelvane.spi.Secret;
import io.modelvane.toolkit.MessageValues;
import io.modelvane.toolkit.OptionChecks;
import io.modelvane.toolkit.Templates;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The headers of a call: ours, the login, and the operator's. Neither an option nor a value of a
 * notification can begin another header or change where the body ends.
 */
final class HttpHeaders {
  private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
  private static final Pattern GAPS = Pattern.compile("[\\r\\n\\t ]+");
  private static final Pattern UNPRINTABLE = Pattern.compile("[^ -~]");
  private static final Pattern PRINTABLE = Pattern.compile("[ -~\\t]*");
  // RFC 9112: what says where a message ends and what becomes of the connection.
  private static final Set<String> OF_THE_PROTOCOL =
      Set.of(
          "connection",
          "content-encoding",
          "content-length",
          "expect",
          "host",
          "keep-alive",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade");
  private static final Set<String> OURS =
      Set.of("idempotency-key", "webhook-id", "webhook-signature", "webhook-timestamp");

  private final HttpOptions options;
  private final Map<String, Templates.Template> own = new LinkedHashMap<>();

  HttpHeaders(HttpOptions options) {
    this.options = options;
    Templates templates = new Templates(HttpHeaders::printable);
    options.headers().forEach((name, text) -> own.put(name, templates.compile(text.reveal())));
  }

  /** What is left of a text in a header: printable ASCII. */
  static String printable(String text) {
    String oneLine = GAPS.matcher(text).replaceAll(" ");
    return UNPRINTABLE.matcher(oneLine).replaceAll("?").strip();
  }

  Map<String, String> of(Notification notification, long seconds, String body) {
    Map<String, String> headers = new TreeMap<>();
    String id = printable(notification.id());
    headers.put("webhook-id", id);
    headers.put("webhook-timestamp", Long.toString(seconds));
    headers.put("Idempotency-Key", id);
    if (!options.signingSecret().isEmpty()) {
      Signature signature = new Signature(id, seconds, body);
      headers.put("webhook-signature", signature.by(options.signingSecret()));
    }
    login(headers);
    if (!own.isEmpty()) {
      Map<String, Object> values = MessageValues.of(notification);
      own.forEach((name, template) -> headers.put(name, printable(template.render(values))));
    }
    return headers;
  }

  private void login(Map<String, String> headers) {
    options
        .bearerToken()
        .ifPresent(token -> headers.put("Authorization", "Bearer " + token.reveal()));
    if (options.username().isPresent() && options.password().isPresent()) {
      String login = options.username().get() + ":" + options.password().get().reveal();
      byte[] utf8 = login.getBytes(StandardCharsets.UTF_8);
      headers.put("Authorization", "Basic " + Base64.getEncoder().encodeToString(utf8));
    }
  }

  /** Reports each header that cannot be sent. */
  static void check(HttpOptions options, Problems problems) {
    Set<String> met = new TreeSet<>();
    boolean login = options.bearerToken().isPresent() || options.username().isPresent();
    options
        .headers()
        .forEach(
            (name, value) -> {
              String lower = name.toLowerCase(Locale.ROOT);
              String path = "headers." + name;
              if (!met.add(lower)) {
                problems.add(path, "is given twice; names of headers differ in more than case");
              } else if (login && lower.equals("authorization")) {
                problems.add(path, "cannot stand beside bearer_token or username; keep one");
              }
              checkName(lower, path, problems);
              checkValue(value, path, problems);
            });
  }

  private static void checkName(String lower, String path, Problems problems) {
    if (!NAME.matcher(lower).matches()) {
      problems.add(path, "is no name of a header: use letters, digits and dashes");
    } else if (OF_THE_PROTOCOL.contains(lower)) {
      problems.add(path, "belongs to the protocol and is set for you; leave it out");
    } else if (OURS.contains(lower)) {
      problems.add(path, "is set for you; leave it out");
    } else if (lower.equals("content-type")) {
      problems.add(path, "has an option of its own: content_type");
    }
  }

  private static void checkValue(Secret value, String path, Problems problems) {
    if (!PRINTABLE.matcher(value.reveal()).matches()) {
      problems.add(path, "may hold printable ASCII only; look for line ends and accents");
    }
    OptionChecks.secretTemplate(path, value.reveal(), problems);
  }
}
