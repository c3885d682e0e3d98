package io.modelvane.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelvane.spi.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KafkaFactoriesTest {
  @TempDir Path folder;

  private static final Optional<Path> FILE = Optional.of(Path.of("file"));
  private static final Optional<Secret> PASSWORD = Optional.of(Secret.of("hush-hush"));

  @Test
  void pluginOffersASourceAndDeadLetters() {
    assertThat(ServiceLoader.load(io.modelvane.spi.Plugin.class))
        .anySatisfy(
            plugin ->
                assertThat(plugin.factories())
                    .hasExactlyElementsOfTypes(
                        KafkaSourceFactory.class, KafkaDeadLetterFactory.class));
  }

  @Test
  void leastConfigurationIsRight() {
    assertThat(problems(wanted())).isEmpty();
  }

  @Test
  void serversAreRequired() {
    assertThat(problems(Wanted.from().topics("calls")))
        .singleElement()
        .asString()
        .startsWith("bootstrap_servers: is required");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"kafka", "kafka:", "kafka:0", "kafka:65536", "http://kafka:9092", "a b:9092", ""})
  void serverThatIsNoHostAndPortIsNamed(String server) {
    assertThat(problems(Wanted.from("right:9092", server).topics("calls")))
        .singleElement()
        .asString()
        .startsWith("bootstrap_servers[1]: '" + server + "'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"kafka:9092", "[::1]:9092", "10.0.0.1:65535"})
  void hostsAndAddressesAreServers(String server) {
    assertThat(problems(Wanted.from(server).topics("calls"))).isEmpty();
  }

  @Test
  void eitherTopicsOrAPatternAreNeeded() {
    assertThat(problems(Wanted.from("a:1")))
        .containsExactly("topics: give either topics or topic_pattern");
    assertThat(problems(wanted().pattern("calls-.*")))
        .containsExactly("topics: give either topics or topic_pattern");
  }

  @Test
  void aGroupOfItsOwnNameServesOnePipeline() {
    KafkaSourceFactory factory = new KafkaSourceFactory();

    assertThat(factory.whyOnlyOne(wanted().options())).isEmpty();
    assertThat(factory.whyOnlyOne(wanted().group("models").options()))
        .hasValueSatisfying(why -> assertThat(why).contains("'models'", "leave group_id out"));
  }

  @Test
  void impossibleNamesAreNamed() {
    assertThat(problems(Wanted.from("a:1").topics("calls of models")))
        .containsExactly("topics: 'calls of models' cannot be the name of a topic");
    assertThat(problems(wanted().instance("a/b")))
        .singleElement()
        .asString()
        .startsWith("group_instance_id: ");
    assertThat(problems(wanted().group(" "))).singleElement().asString().startsWith("group_id: ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bootstrap.servers",
        "group.id",
        "group.protocol",
        "group.instance.id",
        "enable.auto.commit",
        "auto.offset.reset",
        "key.deserializer",
        "value.deserializer",
        "isolation.level",
        "session.timeout.ms",
        "partition.assignment.strategy",
        "interceptor.classes",
        "check.crcs"
      })
  void propertyThatWouldBreakAPromiseIsRefused(String name) {
    assertThat(problems(wanted().properties(Map.of(name, "x"))))
        .containsExactly(
            "properties." + name + ": cannot be set here; Modelvane's delivery depends on it");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ssl.key.password", "ssl.truststore.password", "ssl.keystore.key"})
  void secretAmongThePropertiesIsRefused(String name) {
    assertThat(problems(wanted().properties(Map.of(name, "hush-hush"))))
        .singleElement()
        .asString()
        .contains(name, "secret")
        .doesNotContain("hush-hush");
  }

  @Test
  void securityMayStandAmongThePropertiesButNotTwice() {
    Map<String, String> kerberos =
        Map.of(
            "security.protocol", "SASL_SSL",
            "sasl.mechanism", "GSSAPI",
            "sasl.kerberos.service.name", "kafka");
    assertThat(problems(wanted().properties(kerberos))).isEmpty();
    assertThat(problems(wanted().properties(kerberos).sasl(login(SaslMechanism.PLAIN))))
        .singleElement()
        .asString()
        .startsWith("properties.security.protocol: ");
    assertThat(problems(wanted().properties(Map.of("sasl.mechanism", "GSSAPI"))))
        .singleElement()
        .asString()
        .startsWith("properties.sasl.mechanism: ");
  }

  @Test
  void otherPropertiesArePassedOn() throws Exception {
    KafkaSourceOptions options =
        wanted().properties(Map.of("max.poll.records", "7", "client.rack", "a")).options();

    assertThat(ConsumerSettings.of(options, new Lent("metrics", folder), false))
        .containsEntry("max.poll.records", "7")
        .containsEntry("client.rack", "a")
        .containsEntry("enable.auto.commit", "false")
        .containsEntry("group.id", "modelvane-metrics");
  }

  @Test
  void tlsOptionsThatDoNotFitAreNamed() {
    Optional<Path> no = Optional.empty();
    Optional<Secret> none = Optional.empty();
    assertThat(tls(new TlsOptions(true, FILE, no, no, none, FILE, none, no, true)))
        .singleElement()
        .asString()
        .startsWith("tls.truststore: ");
    assertThat(tls(new TlsOptions(true, no, FILE, no, none, no, none, no, true)))
        .singleElement()
        .asString()
        .startsWith("tls: certificate and key");
    assertThat(tls(new TlsOptions(true, no, FILE, FILE, none, no, none, FILE, true)))
        .singleElement()
        .asString()
        .startsWith("tls.keystore: ");
    assertThat(tls(new TlsOptions(true, no, no, no, PASSWORD, no, none, no, true)))
        .singleElement()
        .asString()
        .startsWith("tls.key_password: ");
    assertThat(tls(new TlsOptions(true, no, no, no, none, no, PASSWORD, no, true)))
        .singleElement()
        .asString()
        .startsWith("tls.truststore_password: ");
    assertThat(tls(new TlsOptions(false, FILE, no, no, none, no, none, no, true)))
        .singleElement()
        .asString()
        .startsWith("tls.enabled: ");
    assertThat(tls(new TlsOptions(true, FILE, FILE, FILE, PASSWORD, no, none, no, false)))
        .isEmpty();
  }

  @Test
  void tokensNeedAUrlAndPasswordsNone() {
    assertThat(problems(wanted().sasl(login(SaslMechanism.OAUTHBEARER))))
        .containsExactly("sasl.token_url: is required with mechanism oauthbearer");
    assertThat(problems(wanted().sasl(token(SaslMechanism.PLAIN, "https://id/token"))))
        .singleElement()
        .asString()
        .startsWith("sasl: token_url");
    assertThat(problems(wanted().sasl(token(SaslMechanism.OAUTHBEARER, "file:///token"))))
        .singleElement()
        .asString()
        .startsWith("sasl.token_url: must begin");
  }

  @Test
  void startIsAWordOrATime() {
    assertThat(StartPosition.parse("latest").earliest()).isFalse();
    assertThat(StartPosition.parse("2026-01-31T12:00:00Z").time()).isPresent();
    assertThatThrownBy(() -> StartPosition.parse("yesterday"))
        .hasMessageContaining("'yesterday'")
        .hasMessageContaining("earliest");
  }

  @Test
  void deadLettersAreChecked() {
    List<String> problems = new ArrayList<>();
    KafkaDeadLetterOptions wrong =
        new KafkaDeadLetterOptions(
            List.of("kafka"),
            "dead letters",
            Optional.empty(),
            Optional.empty(),
            Map.of("acks", "0", "transactional.id", "x"));
    new KafkaDeadLetterFactory().validate(wrong, (path, text) -> problems.add(path));

    assertThat(problems)
        .containsExactlyInAnyOrder(
            "bootstrap_servers[0]", "topic", "properties.acks", "properties.transactional.id");
  }

  private static Wanted wanted() {
    return Wanted.from("localhost:9092").topics("calls");
  }

  private static List<String> tls(TlsOptions options) {
    return problems(wanted().tls(options));
  }

  private static List<String> problems(Wanted wanted) {
    List<String> problems = new ArrayList<>();
    new KafkaSourceFactory()
        .validate(wanted.options(), (path, text) -> problems.add(path + ": " + text));
    return problems;
  }

  private static SaslOptions login(SaslMechanism mechanism) {
    return new SaslOptions(
        mechanism, "alice", PASSWORD.orElseThrow(), Optional.empty(), Optional.empty());
  }

  private static SaslOptions token(SaslMechanism mechanism, String url) {
    return new SaslOptions(
        mechanism, "id", PASSWORD.orElseThrow(), Optional.of(URI.create(url)), Optional.empty());
  }
}
