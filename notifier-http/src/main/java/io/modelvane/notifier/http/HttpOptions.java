package io.modelvane.notifier.http;

import io.modelvane.spi.Option;
import io.modelvane.spi.Secret;
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
                "Signs each call as Standard Webhooks 1.0 says: `whsec_` and 24 to 64 bytes in Base64."
                    + " Give the old and the new one while you exchange them.")
        List<Secret> signingSecret,
    @Option(
            description =
                "Template of the body; values are escaped for JSON texts. Our own JSON when not"
                    + " given.")
        Optional<String> body,
    @Option(
            description = "Content type of the body, which is UTF-8.",
            defaultValue = "application/json")
        String contentType,
    @Option(
            description = "Longest time for a call.",
            defaultValue = "15s",
            min = "100ms",
            max = "60s")
        Duration timeout) {

  /** HTTP methods that carry a body. */
  enum Method {
    POST,
    PUT,
    PATCH
  }
}
