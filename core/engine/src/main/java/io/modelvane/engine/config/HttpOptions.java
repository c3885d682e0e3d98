package io.modelvane.engine.config;

import io.modelvane.spi.Option;
import io.modelvane.spi.Problems;
import io.modelvane.spi.Secret;
import java.util.Optional;
import java.util.regex.Pattern;

/** The small HTTP server for health, metrics and the API. */
public record HttpOptions(
    @Option(description = "Address to listen on.", defaultValue = "127.0.0.1") String host,
    @Option(
            description = "Port; 0 takes any free one.",
            defaultValue = "9464",
            min = "0",
            max = "65535")
        int port,
    @Option(
            description =
                "What callers of the API show as `Authorization: Bearer TOKEN`, at least 16"
                    + " characters. Whatever changes something needs it; on any `host` but loopback"
                    + " all of the API does, and it is required. `/live`, `/ready` and `/metrics`"
                    + " never need it.",
            example = "${env:MODELVANE_TOKEN}")
        Optional<Secret> token) {
  private static final int SHORTEST_TOKEN = 16;
  private static final Pattern LOOPBACK =
      Pattern.compile(
          "localhost|127(\\.\\d{1,3}){3}|\\[?(::1|0(:0){6}:1)]?", Pattern.CASE_INSENSITIVE);

  /** Whether only this machine can reach it. A name other than {@code localhost} may be any. */
  public boolean isLoopback() {
    return LOOPBACK.matcher(host).matches();
  }

  /** Reports what single options cannot show. */
  void validate(Problems problems) {
    if (token.isEmpty() && !isLoopback()) {
      problems.add(
          "http.host",
          "anybody who reaches %s could use the API; set 'http.token', or listen on 127.0.0.1"
              .formatted(host));
    }
    if (token.isPresent() && token.get().reveal().length() < SHORTEST_TOKEN) {
      problems.add(
          "http.token",
          "is easily guessed; take at least %d random characters, for example of 'openssl rand -hex 24'"
              .formatted(SHORTEST_TOKEN));
    }
  }
}
