package io.modelvane.kafka;

import io.modelvane.demo.BrokerListener;
import io.modelvane.demo.BrokerListener.ClientCertificate;
import io.modelvane.demo.BrokerListener.Mechanism;
import io.modelvane.demo.KafkaBroker;
import io.modelvane.demo.TlsStores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/** One broker with every kind of door, for all tests of the module; ends with the last of them. */
final class SharedBroker implements BeforeAllCallback, AutoCloseable {
  static final String PASSWORD = "hush-hush-alice";

  /** Of user bob, for PLAIN: it has everything that a login line would have to escape. */
  static final String STRANGE_PASSWORD = "hush-hush \"quoted\" \\ ; and = more";

  private static final AtomicInteger TOPICS = new AtomicInteger();
  private static @Nullable SharedBroker instance;

  private @Nullable Path folder;
  private @Nullable KafkaBroker broker;
  private @Nullable TlsStores stores;
  private @Nullable TokenServer tokens;

  @Override
  public void beforeAll(ExtensionContext context) {
    var unused =
        context
            .getRoot()
            .getStore(Namespace.GLOBAL)
            .computeIfAbsent(SharedBroker.class, key -> started(), SharedBroker.class);
  }

  private static SharedBroker started() {
    try {
      SharedBroker shared = new SharedBroker();
      shared.start();
      instance = shared;
      return shared;
    } catch (IOException failure) {
      throw new java.io.UncheckedIOException(failure);
    }
  }

  private void start() throws IOException {
    Path own = Files.createTempDirectory("kafka-broker");
    folder = own;
    stores = TlsStores.create(own.resolve("tls"));
    tokens = TokenServer.start(own);
    String validator = "listener.name.tokens.oauthbearer.";
    broker =
        KafkaBroker.inThisJvm(own.resolve("broker"))
            .user("alice", PASSWORD)
            .user("bob", STRANGE_PASSWORD.replace("\\", "\\\\").replace("\"", "\\\""))
            .listener(
                BrokerListener.saslTls(
                    "SASL_TLS",
                    stores,
                    Mechanism.PLAIN,
                    Mechanism.SCRAM_SHA_256,
                    Mechanism.SCRAM_SHA_512))
            .listener(
                BrokerListener.saslPlaintext("SASL_OPEN", Mechanism.PLAIN, Mechanism.SCRAM_SHA_512))
            .listener(BrokerListener.saslPlaintext("TOKENS", Mechanism.OAUTHBEARER))
            .listener(BrokerListener.tls("TLS", stores, ClientCertificate.NONE))
            .listener(BrokerListener.tls("MUTUAL", stores, ClientCertificate.REQUIRED))
            .property(
                validator + "sasl.jaas.config",
                "org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule required;")
            .property(
                validator + "sasl.server.callback.handler.class",
                "org.apache.kafka.common.security.oauthbearer.OAuthBearerValidatorCallbackHandler")
            .property(validator + "sasl.oauthbearer.jwks.endpoint.url", tokens.keysUrl())
            .property(validator + "sasl.oauthbearer.expected.audience", "kafka")
            .property("listener.name.tokens.sasl.oauthbearer.jwks.endpoint.url", tokens.keysUrl())
            .property("listener.name.tokens.sasl.oauthbearer.expected.audience", "kafka")
            .property(
                "authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer")
            .property("allow.everyone.if.no.acl.found", "true")
            .property("super.users", "User:ANONYMOUS")
            .property("group.min.session.timeout.ms", "1000")
            .property("group.consumer.min.heartbeat.interval.ms", "100")
            .property("group.consumer.heartbeat.interval.ms", "200")
            .property("message.max.bytes", "16000000")
            .property("log.retention.check.interval.ms", "500")
            .start();
  }

  private static SharedBroker instance() {
    return Objects.requireNonNull(instance, "extend the test with SharedBroker");
  }

  static KafkaBroker broker() {
    return Objects.requireNonNull(instance().broker);
  }

  static TlsStores stores() {
    return Objects.requireNonNull(instance().stores);
  }

  static TokenServer tokens() {
    return Objects.requireNonNull(instance().tokens);
  }

  static String servers() {
    return broker().bootstrapServers();
  }

  /** A new topic of so many partitions. */
  static String topic(int partitions) {
    return topic(partitions, Map.of());
  }

  static String topic(int partitions, Map<String, String> configs) {
    String name = "calls-" + TOPICS.incrementAndGet();
    broker().createTopic(name, partitions, configs);
    return name;
  }

  static Admin admin() {
    return Admin.create(Map.of("bootstrap.servers", servers()));
  }

  @Override
  public void close() throws IOException {
    instance = null;
    if (tokens != null) {
      tokens.close();
    }
    if (broker != null) {
      broker.close();
    }
    if (folder != null) {
      try (var files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(file);
        }
      }
    }
  }

  static void delete(String topic) throws Exception {
    try (var admin = SharedBroker.admin()) {
      admin.deleteTopics(List.of(topic)).all().get();
      Awaitility.await().until(() -> !admin.listTopics().names().get().contains(topic));
    }
  }
}
