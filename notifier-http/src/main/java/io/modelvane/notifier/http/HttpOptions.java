package io.modelvane.notifier.http;

import io.modelvane.spi.Option;
import io.modelvane.spi.Secret;
import io.modelvane.toolkit.MessageValues;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Options of the notifier {@code http}. */
record HttpOptions(
    @Option(description = "Where to call.", example = "https://hooks.example.com/modelvane")
        Secret url,
    @Option(description = "Method.", defaultValue = "post") Method method,
    @Option(
            description =
                "Further headers, each a template. Values from a notification are reduced to"
                    + " printable ASCII.",
            example = "{ X-Team: fraud, X-Level: \"{{level}}\" }")
        Map<String, Secret> headers,
    @Option(description = "Token for `Authorization: Bearer`.") Optional<Secret> bearerToken,
    @Option(description = "User for basic authentication.") Optional<String> username,
    @Option(description = "Password for basic authentication.") Optional<Secret> password,
    @Option(
            description =
                "Signs each call as Standard Webhooks 1.0 says: `whsec_` and 24 to 64 bytes in"
                    + " Base64. Give the old and the new one while you exchange them.")
        List<Secret> signingSecret,
    @Option(
            description =
                "The body: `modelvane` is our own JSON, `alertmanager` what Alertmanager's webhook"
                    + " receivers get, `influxdb` the row that InfluxDB's rules send, `cloudevents`"
                    + " a CloudEvent 1.0, `custom` what `body` says. `modelvane` when not given,"
                    + " or `custom` with a `body`.",
            example = "alertmanager")
        Optional<Format> format,
    @Option(
            description =
                "Template of a body of your own. Values are escaped as `content_type` asks: for"
                    + " JSON texts, HTML and XML, or forms.")
        Optional<String> body,
    @Option(
            description =
                "Content type of the body, which is UTF-8. That of the format when not given;"
                    + " `application/json` for a body of your own.")
        Optional<String> contentType,
    @Option(
            description =
                "Template of the title in `modelvane`, `cloudevents` and `alertmanager` (as"
                    + " annotation `summary`).",
            defaultValue = MessageValues.TITLE)
        String title,
    @Option(
            description = "Template of the text in the same three (as annotation `description`).",
            defaultValue = MessageValues.TEXT)
        String text,
    @Option(
            description =
                "Further facts by name in the same three (as annotations), each a template.",
            example = "{ runbook_url: \"https://wiki.example.com/{{check}}\" }")
        Map<String, String> fields,
    @Option(
            description =
                "Whether the receiver drops a call whose `webhook-id` it has met. If not, calls are"
                    + " made one at a time, and one that may be a repeat says so (`{{headline}}`,"
                    + " `{{repeat}}`). When not given: yes, but for `custom` without a"
                    + " `signing_secret`.")
        Optional<Boolean> dropsRepeats,
    @Option(
            description = "Longest time for a call.",
            defaultValue = "15s",
            min = "100ms",
            max = "60s")
        Duration timeout) {

  private static final String JSON = "application/json";

  /** What the body is. */
  Format bodyFormat() {
    return format.orElse(body.isPresent() ? Format.CUSTOM : Format.MODELVANE);
  }

  /**
   * Whether repeats do no harm: formats of ours and of others have identities, and who checks a
   * signature reads the id it covers. A chat that gets a body of one's own shows it twice.
   */
  boolean repeatsAreDropped() {
    return dropsRepeats.orElse(bodyFormat() != Format.CUSTOM || !signingSecret.isEmpty());
  }

  /** What the body is sent as. */
  String bodyType() {
    return contentType.orElse(
        bodyFormat() == Format.CLOUDEVENTS ? CloudEventBody.CONTENT_TYPE : JSON);
  }

  /** Bodies that receivers know. */
  enum Format {
    MODELVANE,
    ALERTMANAGER,
    INFLUXDB,
    CLOUDEVENTS,
    CUSTOM
  }

  /** HTTP methods that carry a body. */
  enum Method {
    POST,
    PUT,
    PATCH
  }
}
