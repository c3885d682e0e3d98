package io.modelvane.kafka;

import io.modelvane.spi.Option;
import io.modelvane.spi.Problems;
import io.modelvane.spi.Secret;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;

/** TLS towards the brokers. */
record TlsOptions(
    @Option(
            description =
                "Whether to use TLS; `tls: {}` is enough to use it with the JDK's authorities.",
            defaultValue = "true")
        boolean enabled,
    @Option(
            description =
                "Certificates of the authorities to trust, in PEM; the JDK's when not given.",
            example = "/etc/kafka/ca.pem")
        Optional<Path> ca,
    @Option(description = "Client certificate chain in PEM, for mutual TLS.")
        Optional<Path> certificate,
    @Option(description = "Private key of the client certificate, PEM in PKCS#8.")
        Optional<Path> key,
    @Option(description = "Password of the private key or of the key store.")
        Optional<Secret> keyPassword,
    @Option(description = "Trust store in PKCS#12 or JKS, instead of `ca`.")
        Optional<Path> truststore,
    @Option(description = "Password of the trust store.") Optional<Secret> truststorePassword,
    @Option(description = "Key store in PKCS#12 or JKS, instead of `certificate` and `key`.")
        Optional<Path> keystore,
    @Option(
            description = "Whether the broker's name must match its certificate.",
            defaultValue = "true")
        boolean verifyHostname) {

  void validate(Problems problems) {
    if (ca.isPresent() && truststore.isPresent()) {
      problems.add("tls.truststore", "cannot stand beside ca; keep one of the two");
    }
    if (certificate.isPresent() != key.isPresent()) {
      problems.add("tls", "certificate and key belong together; give both or none");
    }
    if (keystore.isPresent() && certificate.isPresent()) {
      problems.add("tls.keystore", "cannot stand beside certificate; keep one of the two");
    }
    if (keyPassword.isPresent() && key.isEmpty() && keystore.isEmpty()) {
      problems.add("tls.key_password", "opens nothing; give key or keystore too");
    }
    if (truststorePassword.isPresent() && truststore.isEmpty()) {
      problems.add("tls.truststore_password", "opens nothing; give truststore too");
    }
    boolean others =
        ca.isPresent() || truststore.isPresent() || certificate.isPresent() || keystore.isPresent();
    if (!enabled && others) {
      problems.add("tls.enabled", "is false, but other options of tls are given");
    }
  }

  void apply(Properties properties) {
    ca.ifPresent(path -> putStore(properties, "ssl.truststore.", "PEM", path));
    truststore.ifPresent(path -> putStore(properties, "ssl.truststore.", type(path), path));
    truststorePassword.ifPresent(
        password -> properties.put("ssl.truststore.password", password.reveal()));
    keystore.ifPresent(
        path -> {
          putStore(properties, "ssl.keystore.", type(path), path);
          keyPassword.ifPresent(
              password -> properties.put("ssl.keystore.password", password.reveal()));
        });
    if (certificate.isPresent() && key.isPresent()) {
      properties.put("ssl.keystore.type", "PEM");
      properties.put("ssl.keystore.certificate.chain", PemFiles.read(certificate.get()));
      properties.put("ssl.keystore.key", PemFiles.read(key.get()));
    }
    keyPassword.ifPresent(password -> properties.put("ssl.key.password", password.reveal()));
    if (!verifyHostname) {
      properties.put("ssl.endpoint.identification.algorithm", "");
    }
  }

  private static void putStore(Properties properties, String prefix, String type, Path path) {
    properties.put(prefix + "type", type);
    properties.put(prefix + "location", path.toString());
  }

  private static String type(Path store) {
    return store.toString().endsWith(".jks") ? "JKS" : "PKCS12";
  }
}
