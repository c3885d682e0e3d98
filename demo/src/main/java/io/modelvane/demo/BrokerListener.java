package io.modelvane.demo;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One more door of a {@link KafkaBroker}, beside the plain one that it always has.
 *
 * @param name in capitals, for example {@code SASL_TLS}; asks {@link
 *     KafkaBroker#bootstrapServers(String)} for its address
 * @param mechanisms how clients log in; empty if they do not
 * @param stores the certificates if it speaks TLS
 * @param clientCertificate whether a client must show a certificate of ours
 */
public record BrokerListener(
    String name,
    List<Mechanism> mechanisms,
    Optional<TlsStores> stores,
    ClientCertificate clientCertificate) {

  /** How a client proves who it is. */
  public enum Mechanism {
    /** Name and password as they are. */
    PLAIN("PLAIN"),
    /** Salted challenge and response with SHA-256. */
    SCRAM_SHA_256("SCRAM-SHA-256"),
    /** Salted challenge and response with SHA-512. */
    SCRAM_SHA_512("SCRAM-SHA-512"),
    /** A token; this broker takes unsigned ones, which is for tests only. */
    OAUTHBEARER("OAUTHBEARER");

    private final String wireName;

    Mechanism(String wireName) {
      this.wireName = wireName;
    }

    /** As Kafka writes it, for {@code sasl.mechanism}. */
    public String wireName() {
      return wireName;
    }
  }

  /** Whether a TLS client has to show a certificate. */
  public enum ClientCertificate {
    /** None is asked for. */
    NONE,
    /** The handshake fails without one. */
    REQUIRED
  }

  /** Checks the name and copies the mechanisms. */
  public BrokerListener {
    if (!name.equals(name.toUpperCase(Locale.ROOT))
        || name.equals("PLAINTEXT")
        || name.equals("CONTROLLER")) {
      throw new IllegalArgumentException(
          "a listener's name is in capitals and neither PLAINTEXT nor CONTROLLER: " + name);
    }
    mechanisms = List.copyOf(mechanisms);
  }

  /** Neither log-in nor encryption: a second door, for example one with a proxy before it. */
  public static BrokerListener plain(String name) {
    return saslPlaintext(name);
  }

  /** Log-in without encryption. */
  public static BrokerListener saslPlaintext(String name, Mechanism... mechanisms) {
    return new BrokerListener(name, List.of(mechanisms), Optional.empty(), ClientCertificate.NONE);
  }

  /** Log-in through TLS. */
  public static BrokerListener saslTls(String name, TlsStores stores, Mechanism... mechanisms) {
    return new BrokerListener(
        name, List.of(mechanisms), Optional.of(stores), ClientCertificate.NONE);
  }

  /** TLS without log-in. */
  public static BrokerListener tls(
      String name, TlsStores stores, ClientCertificate clientCertificate) {
    return new BrokerListener(name, List.of(), Optional.of(stores), clientCertificate);
  }

  String securityProtocol() {
    if (mechanisms.isEmpty()) {
      return stores.isPresent() ? "SSL" : "PLAINTEXT";
    }
    return stores.isPresent() ? "SASL_SSL" : "SASL_PLAINTEXT";
  }
}
