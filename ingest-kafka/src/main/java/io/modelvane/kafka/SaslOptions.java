package io.modelvane.kafka;

import io.modelvane.spi.Option;
import io.modelvane.spi.Problems;
import io.modelvane.spi.Secret;
import java.net.URI;
import java.util.Optional;
import java.util.Properties;

/** Logging in to the brokers. */
record SaslOptions(
    @Option(description = "Mechanism.") SaslMechanism mechanism,
    @Option(description = "User, or client id for OAUTHBEARER.") String username,
    @Option(description = "Password, or client secret for OAUTHBEARER.") Secret password,
    @Option(description = "Token endpoint for OAUTHBEARER (client credentials).")
        Optional<URI> tokenUrl,
    @Option(description = "Scope to ask for with OAUTHBEARER.") Optional<String> scope) {
  private static final String MODULES = "org.apache.kafka.common.security.";

  void validate(Problems problems) {
    boolean oauth = mechanism == SaslMechanism.OAUTHBEARER;
    if (oauth && tokenUrl.isEmpty()) {
      problems.add("sasl.token_url", "is required with mechanism oauthbearer");
    }
    if (!oauth && (tokenUrl.isPresent() || scope.isPresent())) {
      problems.add("sasl", "token_url and scope are for mechanism oauthbearer only");
    }
    String scheme = tokenUrl.map(URI::getScheme).orElse("https");
    if (!"https".equals(scheme) && !"http".equals(scheme)) {
      problems.add("sasl.token_url", "must begin with https:// or http://");
    }
  }

  void apply(Properties properties) {
    properties.put("sasl.mechanism", mechanism.kafkaName());
    switch (mechanism) {
      case PLAIN -> properties.put("sasl.jaas.config", login("plain.PlainLoginModule"));
      case SCRAM_SHA_256, SCRAM_SHA_512 ->
          properties.put("sasl.jaas.config", login("scram.ScramLoginModule"));
      case OAUTHBEARER -> applyToken(properties);
    }
  }

  private String login(String module) {
    return "%s%s required username=%s password=%s;"
        .formatted(MODULES, module, quoted(username), quoted(password.reveal()));
  }

  private void applyToken(Properties properties) {
    properties.put("sasl.jaas.config", MODULES + "oauthbearer.OAuthBearerLoginModule required;");
    properties.put(
        "sasl.login.callback.handler.class",
        MODULES + "oauthbearer.OAuthBearerLoginCallbackHandler");
    properties.put("sasl.oauthbearer.client.credentials.client.id", username);
    properties.put("sasl.oauthbearer.client.credentials.client.secret", password.reveal());
    scope.ifPresent(wanted -> properties.put("sasl.oauthbearer.scope", wanted));
    tokenUrl.ifPresent(
        url -> {
          TokenUrls.allow(url);
          properties.put("sasl.oauthbearer.token.endpoint.url", url.toString());
        });
  }

  /** As Java's StreamTokenizer, which reads the line, takes it for one text. */
  private static String quoted(String text) {
    String escaped =
        text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n").replace("\r", "\\r");
    return "\"" + escaped + "\"";
  }
}
