package io.modelvane.kafka;

import io.modelvane.spi.Problems;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Pattern;

/** How to reach the brokers: what source and dead letters have in common. */
record ConnectionOptions(
    List<String> bootstrapServers, Optional<TlsOptions> tls, Optional<SaslOptions> sasl) {
  private static final Pattern SERVER = Pattern.compile("(\\[[0-9a-fA-F:]+]|[^:\\s/]+):(\\d{1,5})");

  void validate(Problems problems) {
    if (bootstrapServers.isEmpty()) {
      problems.add("bootstrap_servers", "is required, for example [localhost:9092]");
    }
    for (int i = 0; i < bootstrapServers.size(); i++) {
      if (!SERVER.matcher(bootstrapServers.get(i)).matches()) {
        problems.add(
            "bootstrap_servers[" + i + "]",
            "'" + bootstrapServers.get(i) + "' is not host:port, for example localhost:9092");
      }
    }
    tls.ifPresent(options -> validate(options, problems));
    sasl.ifPresent(options -> validate(options, problems));
  }

  private static void validate(TlsOptions tls, Problems problems) {
    if (tls.ca().isPresent() && tls.truststore().isPresent()) {
      problems.add("tls.truststore", "cannot stand beside ca; keep one of the two");
    }
    if (tls.certificate().isPresent() != tls.key().isPresent()) {
      problems.add("tls", "certificate and key belong together; give both or none");
    }
    if (tls.keystore().isPresent() && tls.certificate().isPresent()) {
      problems.add("tls.keystore", "cannot stand beside certificate; keep one of the two");
    }
    if (!tls.enabled() && (tls.ca().isPresent() || tls.truststore().isPresent())) {
      problems.add("tls.enabled", "is false, but other options of tls are given");
    }
  }

  private static void validate(SaslOptions sasl, Problems problems) {
    boolean oauth = sasl.mechanism() == SaslMechanism.OAUTHBEARER;
    if (oauth && sasl.tokenUrl().isEmpty()) {
      problems.add("sasl", "oauthbearer needs a token_url");
    }
    if (!oauth && (sasl.tokenUrl().isPresent() || sasl.scope().isPresent())) {
      problems.add("sasl", "token_url and scope are for oauthbearer only");
    }
  }

  boolean encrypted() {
    return tls.map(TlsOptions::enabled).orElse(false);
  }

  void apply(Properties properties) {
    properties.put("bootstrap.servers", String.join(",", bootstrapServers));
    boolean login = sasl.isPresent();
    String protocol =
        encrypted() ? (login ? "SASL_SSL" : "SSL") : (login ? "SASL_PLAINTEXT" : "PLAINTEXT");
    properties.put("security.protocol", protocol);
    tls.ifPresent(options -> applyTls(options, properties));
    sasl.ifPresent(options -> applySasl(options, properties));
  }

  private static void applyTls(TlsOptions tls, Properties properties) {
    tls.ca()
        .ifPresent(
            path -> {
              properties.put("ssl.truststore.type", "PEM");
              properties.put("ssl.truststore.location", path.toString());
            });
    tls.truststore()
        .ifPresent(
            path -> {
              properties.put("ssl.truststore.type", storeType(path.toString()));
              properties.put("ssl.truststore.location", path.toString());
            });
    tls.truststorePassword().ifPresent(p -> properties.put("ssl.truststore.password", p.reveal()));
    tls.keystore()
        .ifPresent(
            path -> {
              properties.put("ssl.keystore.type", storeType(path.toString()));
              properties.put("ssl.keystore.location", path.toString());
              tls.keyPassword()
                  .ifPresent(
                      password -> {
                        properties.put("ssl.keystore.password", password.reveal());
                        properties.put("ssl.key.password", password.reveal());
                      });
            });
    if (tls.certificate().isPresent() && tls.key().isPresent()) {
      properties.put("ssl.keystore.type", "PEM");
      properties.put("ssl.keystore.certificate.chain", PemFiles.read(tls.certificate().get()));
      properties.put("ssl.keystore.key", PemFiles.read(tls.key().get()));
      tls.keyPassword().ifPresent(p -> properties.put("ssl.key.password", p.reveal()));
    }
    if (!tls.verifyHostname()) {
      properties.put("ssl.endpoint.identification.algorithm", "");
    }
  }

  private static String storeType(String path) {
    return path.endsWith(".jks") ? "JKS" : "PKCS12";
  }

  private static void applySasl(SaslOptions sasl, Properties properties) {
    properties.put("sasl.mechanism", sasl.mechanism().kafkaName());
    String module =
        switch (sasl.mechanism()) {
          case PLAIN -> "org.apache.kafka.common.security.plain.PlainLoginModule";
          case SCRAM_SHA_256, SCRAM_SHA_512 ->
              "org.apache.kafka.common.security.scram.ScramLoginModule";
          case OAUTHBEARER -> "org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule";
        };
    if (sasl.mechanism() == SaslMechanism.OAUTHBEARER) {
      properties.put("sasl.jaas.config", oauthLogin(module, sasl));
      sasl.tokenUrl()
          .ifPresent(url -> properties.put("sasl.oauthbearer.token.endpoint.url", url.toString()));
      properties.put(
          "sasl.login.callback.handler.class",
          "org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginCallbackHandler");
    } else {
      properties.put(
          "sasl.jaas.config",
          "%s required username=%s password=%s;"
              .formatted(module, quoted(sasl.username()), quoted(sasl.password().reveal())));
    }
  }

  private static String oauthLogin(String module, SaslOptions sasl) {
    String scope = sasl.scope().map(s -> " scope=" + quoted(s)).orElse("");
    return "%s required clientId=%s clientSecret=%s%s;"
        .formatted(module, quoted(sasl.username()), quoted(sasl.password().reveal()), scope);
  }

  private static String quoted(String text) {
    return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }

  /** Brokers for messages. */
  String brokers() {
    return String.join(", ", bootstrapServers);
  }

  static void reject(Map<String, String> properties, List<String> reserved, Problems problems) {
    for (String name : reserved) {
      if (properties.containsKey(name)) {
        problems.add(
            "properties." + name, "cannot be set here; Modelvane's delivery depends on it");
      }
    }
  }
}
