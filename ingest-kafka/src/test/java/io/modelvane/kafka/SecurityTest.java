package io.modelvane.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelvane.demo.TlsStores;
import io.modelvane.spi.ComponentException;
import io.modelvane.spi.Outcome;
import io.modelvane.spi.Secret;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(SharedBroker.class)
class SecurityTest {
  private static String topic = "";
  @TempDir Path folder;

  @BeforeAll
  static void send() throws Exception {
    topic = SharedBroker.topic(1);
    Sent.to(topic, 0, "one");
  }

  @ParameterizedTest
  @EnumSource(value = SaslMechanism.class, names = "OAUTHBEARER", mode = Mode.EXCLUDE)
  void passwordOpensTheDoorThroughTls(SaslMechanism mechanism) throws Exception {
    reads(at("SASL_TLS").tls(trusting(ca())).sasl(login(mechanism, SharedBroker.PASSWORD)));
  }

  @ParameterizedTest
  @EnumSource(value = SaslMechanism.class, names = "OAUTHBEARER", mode = Mode.EXCLUDE)
  void wrongPasswordIsSaidWithoutIt(SaslMechanism mechanism) {
    refused(
        at("SASL_TLS").tls(trusting(ca())).sasl(login(mechanism, "hush-hush-guessed")),
        Outcome.Kind.MISCONFIGURED,
        "refuse the login");
  }

  @Test
  void passwordMayHaveAnyCharacters() throws Exception {
    reads(
        at("SASL_OPEN")
            .sasl(
                new SaslOptions(
                    SaslMechanism.PLAIN,
                    "bob",
                    Secret.of(SharedBroker.STRANGE_PASSWORD),
                    Optional.empty(),
                    Optional.empty())));
  }

  @Test
  void loginWorksOnceTheCredentialsAreRight() throws Exception {
    Secret password = Secret.of("hush-hush-late");
    SaslOptions carol =
        new SaslOptions(
            SaslMechanism.SCRAM_SHA_512, "carol", password, Optional.empty(), Optional.empty());
    try (Reader reader = Reader.of(at("SASL_OPEN").sasl(carol), folder)) {
      assertThatThrownBy(reader::start).hasMessageContaining("refuse the login");
      try (var admin = SharedBroker.admin()) {
        admin
            .alterUserScramCredentials(
                List.of(
                    new UserScramCredentialUpsertion(
                        "carol",
                        new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, 4096),
                        password.reveal())))
            .all()
            .get();
      }
      org.awaitility.Awaitility.await()
          .ignoreExceptionsInstanceOf(ComponentException.class)
          .until(
              () -> {
                reader.start();
                return true;
              });
      reader.untilRead(1);
    }
  }

  @Test
  void mechanismThatTheBrokerDoesNotOfferIsSaid() {
    refused(
        at("SASL_OPEN").sasl(login(SaslMechanism.SCRAM_SHA_256, SharedBroker.PASSWORD)),
        Outcome.Kind.MISCONFIGURED,
        "SCRAM-SHA-256");
  }

  @Test
  void tokenFromAnIdentityProviderOpensTheDoor() throws Exception {
    reads(at("TOKENS").sasl(token(TokenServer.SECRET)));
  }

  @Test
  void refusedTokenIsSaidWithoutTheSecret() {
    refused(at("TOKENS").sasl(token("hush-hush-guessed")), Outcome.Kind.MISCONFIGURED, "token_url");
  }

  @Test
  void clientCertificateAsPemOpensTheDoor() throws Exception {
    reads(at("MUTUAL").tls(mutual()));
  }

  @Test
  void clientCertificateFromAStoreOpensTheDoor() throws Exception {
    TlsStores stores = SharedBroker.stores();
    Optional<Secret> password = Optional.of(Secret.of(stores.password()));
    reads(
        at("MUTUAL")
            .tls(
                new TlsOptions(
                    true,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    password,
                    Optional.of(stores.trustStore()),
                    password,
                    Optional.of(stores.clientKeyStore()),
                    true)));
  }

  @Test
  void missingClientCertificateIsSaid() {
    refused(
        at("MUTUAL").tls(trusting(ca())), Outcome.Kind.MISCONFIGURED, "wants a client certificate");
  }

  @Test
  void authorityThatIsNotTrustedIsSaid() {
    Path stranger = file("stranger.pem", SharedBroker.stores().strangersAuthorityPem());
    refused(at("TLS").tls(trusting(stranger)), Outcome.Kind.MISCONFIGURED, "tls ca");
  }

  @Test
  void certificateForAnotherNameIsSaid() throws Exception {
    try (ServerSocket server = serverWithACertificateForNobody()) {
      Thread answering = new Thread(() -> answer(server));
      answering.setDaemon(true);
      answering.start();

      refused(
          Wanted.from("127.0.0.1:" + server.getLocalPort()).topics(topic).tls(trusting(ca())),
          Outcome.Kind.MISCONFIGURED,
          "another name");
    }
  }

  @Test
  void brokerThatSpeaksTlsToAPlainClientIsSaid() {
    refused(at("TLS"), Outcome.Kind.RETRYABLE, "want tls or sasl");
  }

  @Test
  void brokerThatSpeaksPlainTextToATlsClientIsSaid() {
    Wanted wanted = Wanted.from(SharedBroker.servers()).tls(trusting(ca()));

    refused(
        () -> new ConnectionProbe(wanted.options().connection(), Duration.ofSeconds(3)).check(),
        Outcome.Kind.RETRYABLE,
        "speak plain text");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void brokerThatHangsIsNotSaidToSpeakAnotherProtocol(boolean encrypted) throws IOException {
    try (ServerSocket hanging = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Wanted wanted = Wanted.from("127.0.0.1:" + hanging.getLocalPort());
      ConnectionOptions connection =
          (encrypted ? wanted.tls(trusting(ca())) : wanted).options().connection();

      refused(
          () -> new ConnectionProbe(connection, Duration.ofSeconds(3)).check(),
          Outcome.Kind.RETRYABLE,
          "127.0.0.1:" + hanging.getLocalPort() + " accepts connections and does not answer");
    }
  }

  @Test
  void brokerThatAnswersAsKafkaOnlyUpToTheLoginIsNotSaidToSpeakAnotherProtocol() {
    ConnectionOptions connection = at("SASL_OPEN").options().connection();

    refused(
        () -> new ConnectionProbe(connection, Duration.ofSeconds(3)).check(),
        Outcome.Kind.RETRYABLE,
        "speaks Kafka, but did not answer within 3 s; is it overloaded, or does it want sasl?");
  }

  @Test
  void missingFileIsSaidByItsName() {
    refused(
        at("TLS").tls(trusting(folder.resolve("no-such.pem"))),
        Outcome.Kind.MISCONFIGURED,
        "no-such.pem");
  }

  @Test
  void wrongPasswordOfAStoreIsSaidWithoutIt() {
    TlsStores stores = SharedBroker.stores();
    TlsOptions tls =
        new TlsOptions(
            true,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(stores.trustStore()),
            Optional.of(Secret.of("hush-hush-guessed")),
            Optional.empty(),
            true);
    refused(at("TLS").tls(tls), Outcome.Kind.MISCONFIGURED, "trust.p12");
  }

  @Test
  void brokerThatIsAwayIsSaidWithItsAddress() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    refused(
        Wanted.from("127.0.0.1:" + port).topics(topic),
        Outcome.Kind.RETRYABLE,
        "127.0.0.1:" + port);
  }

  @Test
  void missingRightIsSaidAndReadingBeginsWhenItIsGranted() throws Exception {
    String closed = SharedBroker.topic(1);
    Sent.to(closed, 0, "one");
    AclBinding denied =
        new AclBinding(
            new ResourcePattern(ResourceType.TOPIC, closed, PatternType.LITERAL),
            new AccessControlEntry("User:alice", "*", AclOperation.READ, AclPermissionType.DENY));
    AclBinding allowed =
        new AclBinding(
            denied.pattern(),
            new AccessControlEntry("User:alice", "*", AclOperation.ALL, AclPermissionType.ALLOW));
    Wanted wanted =
        at("SASL_OPEN").topics(closed).sasl(login(SaslMechanism.PLAIN, SharedBroker.PASSWORD));
    try (var admin = SharedBroker.admin();
        Reader reader = Reader.of(wanted, folder)) {
      admin.createAcls(List.of(denied, allowed)).all().get();
      reader.start();

      assertThatThrownBy(() -> reader.until("it is refused", () -> false))
          .isInstanceOfSatisfying(
              ComponentException.class,
              failure -> assertThat(failure.kind()).isEqualTo(Outcome.Kind.MISCONFIGURED))
          .hasMessageContaining("not authorised")
          .hasMessageContaining(closed);

      admin.deleteAcls(List.of(denied.toFilter())).all().get();
      org.awaitility.Awaitility.await()
          .ignoreExceptionsInstanceOf(ComponentException.class)
          .until(
              () -> {
                reader.poll();
                return !reader.values().isEmpty();
              });
      assertThat(reader.values()).containsExactly("one");
    }
  }

  private void reads(Wanted wanted) throws Exception {
    try (Reader reader =
        Reader.of(wanted.properties(Map.of("metadata.max.age.ms", "10000")), folder).start()) {
      reader.untilRead(1);
      assertThat(reader.values()).containsExactly("one");
    }
  }

  private void refused(Wanted wanted, Outcome.Kind kind, String words) {
    try (Reader reader = Reader.of(wanted, folder)) {
      refused(reader::start, kind, words);
    }
  }

  private static void refused(ThrowingCallable attempt, Outcome.Kind kind, String words) {
    assertThatThrownBy(attempt)
        .isInstanceOfSatisfying(
            ComponentException.class,
            failure -> {
              assertThat(failure.kind()).as(failure.getMessage()).isEqualTo(kind);
              assertThat(everything(failure)).doesNotContain("hush-hush");
            })
        .hasMessageContaining(words);
  }

  private static String everything(Throwable failure) {
    StringWriter text = new StringWriter();
    failure.printStackTrace(new PrintWriter(text));
    return text.toString();
  }

  private Wanted at(String listener) {
    return Wanted.from(SharedBroker.broker().bootstrapServers(listener))
        .topics(topic)
        .group("secured-" + System.nanoTime());
  }

  private static SaslOptions login(SaslMechanism mechanism, String password) {
    return new SaslOptions(
        mechanism, "alice", Secret.of(password), Optional.empty(), Optional.empty());
  }

  private static SaslOptions token(String secret) {
    URI url = SharedBroker.tokens().tokenUrl();
    return new SaslOptions(
        SaslMechanism.OAUTHBEARER,
        "modelvane",
        Secret.of(secret),
        Optional.of(url),
        Optional.of("read"));
  }

  private Path ca() {
    return file("ca.pem", SharedBroker.stores().authorityPem());
  }

  private Path file(String name, String text) {
    try {
      return Files.writeString(folder.resolve(name), text);
    } catch (IOException failure) {
      throw new java.io.UncheckedIOException(failure);
    }
  }

  private static TlsOptions trusting(Path ca) {
    return new TlsOptions(
        true,
        Optional.of(ca),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        true);
  }

  private TlsOptions mutual() {
    TlsStores stores = SharedBroker.stores();
    return new TlsOptions(
        true,
        Optional.of(ca()),
        Optional.of(file("client.pem", stores.clientCertificatePem())),
        Optional.of(file("client.key", stores.clientKeyPem())),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        true);
  }

  /** Its certificate is the authority's own, which is trusted and names no host. */
  private static ServerSocket serverWithACertificateForNobody() throws Exception {
    TlsStores stores = SharedBroker.stores();
    char[] password = stores.password().toCharArray();
    KeyStore all =
        KeyStore.getInstance(stores.folder().resolve("authority.p12").toFile(), password);
    KeyStore one = KeyStore.getInstance("PKCS12");
    one.load(null, null);
    one.setKeyEntry(
        "authority",
        all.getKey("authority", password),
        password,
        all.getCertificateChain("authority"));
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(one, password);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    return context
        .getServerSocketFactory()
        .createServerSocket(0, 10, InetAddress.getLoopbackAddress());
  }

  private static void answer(ServerSocket server) {
    while (!server.isClosed()) {
      try (Socket client = server.accept()) {
        var unused = client.getInputStream().read();
      } catch (IOException handshakeRefused) {
        // the client does not like the certificate, or the test is over
      }
    }
  }
}
