package io.modelvane.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelvane.demo.BrokerListener.ClientCertificate;
import io.modelvane.demo.BrokerListener.Mechanism;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class SecuredBrokerTest {
  @TempDir static Path folder;
  private static TlsStores stores = new TlsStores(Path.of("."));
  private static KafkaBroker broker = KafkaBroker.inThisJvm(Path.of(".")).build();

  @BeforeAll
  static void startBroker() {
    stores = TlsStores.create(folder.resolve("tls"));
    broker =
        KafkaBroker.inThisJvm(folder.resolve("broker"))
            .user("alice", "alice-secret")
            .listener(BrokerListener.saslTls("SASL_TLS", stores, Mechanism.values()))
            .listener(BrokerListener.saslPlaintext("SASL_OPEN", Mechanism.PLAIN))
            .listener(BrokerListener.tls("MUTUAL", stores, ClientCertificate.REQUIRED))
            .start();
    broker.createTopic("calls", 1, Map.of());
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @ParameterizedTest
  @EnumSource(value = Mechanism.class, names = "OAUTHBEARER", mode = Mode.EXCLUDE)
  void passwordOpensTheDoorThroughTls(Mechanism mechanism) {
    assertThatCode(() -> Records.send(login(mechanism, "alice-secret"), "calls", 1))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @EnumSource(value = Mechanism.class, names = "OAUTHBEARER", mode = Mode.EXCLUDE)
  void wrongPasswordIsRefused(Mechanism mechanism) {
    assertThatThrownBy(() -> Records.send(login(mechanism, "guessed"), "calls", 1))
        .hasRootCauseInstanceOf(SaslAuthenticationException.class);
  }

  @Test
  void unsignedTokenOpensTheDoor() {
    Map<String, Object> client = pemTrust(broker.bootstrapServers("SASL_TLS"), "SASL_SSL");
    client.put("sasl.mechanism", "OAUTHBEARER");
    client.put(
        "sasl.jaas.config",
        "org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule required"
            + " unsecuredLoginStringClaim_sub=\"alice\";");

    assertThatCode(() -> Records.send(client, "calls", 1)).doesNotThrowAnyException();
  }

  @Test
  void plainLoginWorksWithoutTls() {
    Map<String, Object> client = new HashMap<>();
    client.put("bootstrap.servers", broker.bootstrapServers("SASL_OPEN"));
    client.put("security.protocol", "SASL_PLAINTEXT");
    putPassword(client, Mechanism.PLAIN, "alice-secret");

    assertThatCode(() -> Records.send(client, "calls", 1)).doesNotThrowAnyException();
  }

  @Test
  void clientCertificateAsPemOpensTheDoor() {
    Map<String, Object> client = pemTrust(broker.bootstrapServers("MUTUAL"), "SSL");
    client.put("ssl.keystore.type", "PEM");
    client.put("ssl.keystore.certificate.chain", stores.clientCertificatePem());
    client.put("ssl.keystore.key", stores.clientKeyPem());

    assertThatCode(() -> Records.send(client, "calls", 1)).doesNotThrowAnyException();
  }

  @Test
  void clientCertificateFromAStoreOpensTheDoor() {
    Map<String, Object> client = pemTrust(broker.bootstrapServers("MUTUAL"), "SSL");
    client.put("ssl.keystore.type", "PKCS12");
    client.put("ssl.keystore.location", stores.clientKeyStore().toString());
    client.put("ssl.keystore.password", stores.password());

    assertThatCode(() -> Records.send(client, "calls", 1)).doesNotThrowAnyException();
  }

  @Test
  void missingClientCertificateIsRefused() {
    assertThatThrownBy(
            () -> Records.send(pemTrust(broker.bootstrapServers("MUTUAL"), "SSL"), "calls", 1))
        .hasStackTraceContaining(SslAuthenticationException.class.getName());
  }

  @Test
  void clientThatTrustsAnotherAuthorityRefusesTheBroker() {
    Map<String, Object> client = login(Mechanism.PLAIN, "alice-secret");
    client.put("ssl.truststore.certificates", stores.strangersAuthorityPem());

    assertThatThrownBy(() -> Records.send(client, "calls", 1)).hasStackTraceContaining("PKIX path");
  }

  @Test
  void storesInAFolderAreTakenAgain() {
    assertThat(TlsStores.create(folder.resolve("tls")).authorityPem())
        .isEqualTo(stores.authorityPem())
        .startsWith("-----BEGIN CERTIFICATE-----\n");
  }

  private static Map<String, Object> login(Mechanism mechanism, String password) {
    Map<String, Object> client = pemTrust(broker.bootstrapServers("SASL_TLS"), "SASL_SSL");
    putPassword(client, mechanism, password);
    return client;
  }

  private static void putPassword(
      Map<String, Object> client, Mechanism mechanism, String password) {
    String module =
        mechanism == Mechanism.PLAIN ? "plain.PlainLoginModule" : "scram.ScramLoginModule";
    client.put("sasl.mechanism", mechanism.wireName());
    client.put(
        "sasl.jaas.config",
        "org.apache.kafka.common.security."
            + module
            + " required username=\"alice\" password=\""
            + password
            + "\";");
  }

  private static Map<String, Object> pemTrust(String servers, String protocol) {
    Map<String, Object> client = new HashMap<>();
    client.put("bootstrap.servers", servers);
    client.put("security.protocol", protocol);
    client.put("ssl.truststore.type", "PEM");
    client.put("ssl.truststore.certificates", stores.authorityPem());
    return client;
  }
}
