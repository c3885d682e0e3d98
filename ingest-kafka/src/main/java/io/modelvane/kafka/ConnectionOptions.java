package io.modelvane.kafka;

import io.modelvane.spi.Problems;
import io.modelvane.spi.Secret;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How to reach the brokers: what source and dead letters have in common.
 *
 * @param others properties of Kafka's own; among them may be those of a kind of security that has
 *     no options of ours, such as Kerberos
 */
record ConnectionOptions(
    List<String> bootstrapServers,
    Optional<TlsOptions> tls,
    Optional<SaslOptions> sasl,
    Map<String, String> others) {
  private static final String PROTOCOL = "security.protocol";
  private static final Pattern SERVER = Pattern.compile("(\\[[0-9a-fA-F:]+]|[^:\\s/]+):(\\d{1,5})");
  private static final Pattern SECRET = Pattern.compile(".*password|ssl\\.keystore\\.key|.*secret");

  void validate(Problems problems) {
    if (bootstrapServers.isEmpty()) {
      problems.add("bootstrap_servers", "is required, for example [localhost:9092]");
    }
    for (int i = 0; i < bootstrapServers.size(); i++) {
      Matcher server = SERVER.matcher(bootstrapServers.get(i));
      if (!server.matches() || !isPort(server.group(2))) {
        problems.add(
            "bootstrap_servers[" + i + "]",
            "'" + bootstrapServers.get(i) + "' is not host:port, for example localhost:9092");
      }
    }
    tls.ifPresent(options -> options.validate(problems));
    sasl.ifPresent(options -> options.validate(problems));
    validateOthers(problems);
  }

  private static boolean isPort(String digits) {
    int port = Integer.parseInt(digits);
    return port > 0 && port <= 65_535;
  }

  private void validateOthers(Problems problems) {
    for (String name : others.keySet()) {
      if (SECRET.matcher(name).matches()) {
        problems.add(
            "properties." + name,
            "is a secret and would not be kept as one here; use the options of tls or sasl");
      }
    }
    boolean security = tls.isPresent() || sasl.isPresent();
    if (security && others.containsKey(PROTOCOL)) {
      problems.add("properties." + PROTOCOL, "cannot stand beside tls or sasl; keep one of them");
    }
    if (!others.containsKey(PROTOCOL)) {
      for (String name : List.of("sasl.mechanism", "sasl.jaas.config")) {
        if (others.containsKey(name)) {
          problems.add(
              "properties." + name, "does nothing alone; use sasl, or set security.protocol too");
        }
      }
    }
  }

  /** Reports properties that break what Modelvane promises. */
  static void reject(Map<String, String> properties, List<String> reserved, Problems problems) {
    for (String name : reserved) {
      if (properties.containsKey(name)) {
        problems.add(
            "properties." + name, "cannot be set here; Modelvane's delivery depends on it");
      }
    }
  }

  boolean encrypted() {
    return tls.map(TlsOptions::enabled).orElse(others.getOrDefault(PROTOCOL, "").endsWith("SSL"));
  }

  /** Puts what a client needs to connect; other properties than those of security are not here. */
  void apply(Properties properties) {
    others.forEach(
        (name, value) -> {
          if (name.startsWith("ssl.") || name.startsWith("sasl.") || name.equals(PROTOCOL)) {
            properties.put(name, value);
          }
        });
    properties.put("bootstrap.servers", String.join(",", bootstrapServers));
    // Brokers that collect their clients' metrics (KIP-714) get them from whoever asks for it.
    properties.putIfAbsent("enable.metrics.push", "false");
    boolean login = sasl.isPresent();
    if (!others.containsKey(PROTOCOL)) {
      properties.put(
          PROTOCOL,
          encrypted() ? (login ? "SASL_SSL" : "SSL") : (login ? "SASL_PLAINTEXT" : "PLAINTEXT"));
    }
    tls.filter(TlsOptions::enabled).ifPresent(options -> options.apply(properties));
    sasl.ifPresent(options -> options.apply(properties));
  }

  /** Brokers for messages. */
  String brokers() {
    return String.join(", ", bootstrapServers);
  }

  /** A text of somebody else's without the secrets of this connection. */
  String redact(String text) {
    String redacted = text;
    for (Secret secret : secrets()) {
      if (!secret.isEmpty()) {
        redacted = redacted.replace(secret.reveal(), secret.toString());
      }
    }
    return redacted;
  }

  private List<Secret> secrets() {
    List<Secret> secrets = new java.util.ArrayList<>();
    sasl.ifPresent(options -> secrets.add(options.password()));
    tls.flatMap(TlsOptions::keyPassword).ifPresent(secrets::add);
    tls.flatMap(TlsOptions::truststorePassword).ifPresent(secrets::add);
    return secrets;
  }
}
