package io.modelvane.demo;

import io.modelvane.demo.BrokerListener.ClientCertificate;
import io.modelvane.demo.BrokerListener.Mechanism;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;

/** Turns what the builder was told into Kafka's own server properties. */
final class BrokerSettings {
  static final String CONTROLLER = "CONTROLLER";
  static final String PLAINTEXT = "PLAINTEXT";
  private static final int CONTROLLING = 1;
  private static final String HOST = "127.0.0.1:";

  private final Map<String, String> users;
  private final Map<String, BrokerListener> listeners = new LinkedHashMap<>();
  private final Map<String, Integer> ports = new LinkedHashMap<>();
  private final Map<String, Integer> advertised = new LinkedHashMap<>();
  private final int node;
  private final int controllerPort;

  BrokerSettings(List<BrokerListener> extra, Map<String, String> users) {
    this(extra, users, CONTROLLING, FreePorts.next());
  }

  private BrokerSettings(
      List<BrokerListener> extra, Map<String, String> users, int node, int controllerPort) {
    this.node = node;
    this.controllerPort = controllerPort;
    this.users = new LinkedHashMap<>(users);
    ports.put(PLAINTEXT, FreePorts.next());
    for (BrokerListener listener : extra) {
      listeners.put(listener.name(), listener);
      ports.put(listener.name(), FreePorts.next());
    }
  }

  /** Those of a further node, which this one controls. */
  BrokerSettings next(List<BrokerListener> extra, Map<String, String> others) {
    return new BrokerSettings(extra, others, node + 1, controllerPort);
  }

  /** The number of the node in its cluster, from 1. */
  int node() {
    return node;
  }

  private boolean controls() {
    return node == CONTROLLING;
  }

  String address(String listener) {
    return HOST + advertised.getOrDefault(listener, port(listener));
  }

  /** Tells the clients of a listener to come to another port. */
  void advertise(String listener, int port) {
    advertised.put(listener, port);
  }

  int port(String listener) {
    Integer port = ports.get(listener);
    if (port == null) {
      throw new IllegalArgumentException("no listener " + listener + ", only " + ports.keySet());
    }
    return port;
  }

  /** One argument for each user and SCRAM mechanism, in the form of Kafka's own format tool. */
  List<String> scramArguments() {
    List<String> arguments = new ArrayList<>();
    users.forEach(
        (user, password) -> {
          for (Mechanism mechanism : List.of(Mechanism.SCRAM_SHA_256, Mechanism.SCRAM_SHA_512)) {
            arguments.add(mechanism.wireName() + "=[name=" + user + ",password=" + password + "]");
          }
        });
    return arguments;
  }

  Properties properties(String logFolder, Map<String, String> extra) {
    Properties properties = new Properties();
    properties.put("process.roles", controls() ? "broker,controller" : "broker");
    properties.put("node.id", String.valueOf(node));
    properties.put("controller.quorum.voters", CONTROLLING + "@" + HOST + controllerPort);
    properties.put("controller.listener.names", CONTROLLER);
    properties.put("log.dirs", logFolder);
    putListeners(properties);
    putSingleNodeSizes(properties);
    listeners.values().forEach(listener -> putSecurity(properties, listener));
    properties.putAll(extra);
    return properties;
  }

  private void putListeners(Properties properties) {
    List<String> addresses = new ArrayList<>();
    List<String> told = new ArrayList<>();
    List<String> protocols =
        new ArrayList<>(List.of("PLAINTEXT:PLAINTEXT", "CONTROLLER:PLAINTEXT"));
    ports.forEach((name, port) -> addresses.add(name + "://" + HOST + port));
    if (controls()) {
      addresses.add(CONTROLLER + "://" + HOST + controllerPort);
    }
    ports.forEach((name, port) -> told.add(name + "://" + address(name)));
    listeners.forEach((name, listener) -> protocols.add(name + ":" + listener.securityProtocol()));
    properties.put("advertised.listeners", String.join(",", told));
    properties.put("listeners", String.join(",", addresses));
    properties.put("listener.security.protocol.map", String.join(",", protocols));
    properties.put("inter.broker.listener.name", PLAINTEXT);
  }

  private static void putSingleNodeSizes(Properties properties) {
    for (String name :
        List.of(
            "offsets.topic.replication.factor",
            "transaction.state.log.replication.factor",
            "transaction.state.log.min.isr",
            "share.coordinator.state.topic.replication.factor",
            "share.coordinator.state.topic.min.isr",
            "num.partitions")) {
      properties.put(name, "1");
    }
    properties.put("offsets.topic.num.partitions", "4");
    properties.put("transaction.state.log.num.partitions", "4");
    properties.put("group.initial.rebalance.delay.ms", "0");
    // after kill -9 the broker must wait for its own old session: 9 s by default, here about 3
    properties.put("broker.session.timeout.ms", "1000");
    properties.put("broker.heartbeat.interval.ms", "200");
    // on a busy machine it would give up after 60 s, before those who wait for it
    properties.put("initial.broker.registration.timeout.ms", "180000");
    properties.put("log.segment.bytes", "134217728");
    properties.put("auto.create.topics.enable", "false");
    // Messages may carry old times, and nothing lives long here: topics that want it say so.
    properties.put("log.retention.ms", "-1");
  }

  private void putSecurity(Properties properties, BrokerListener listener) {
    String prefix = "listener.name." + listener.name().toLowerCase(Locale.ROOT) + ".";
    listener.stores().ifPresent(stores -> putTls(properties, prefix, stores));
    if (listener.clientCertificate() == ClientCertificate.REQUIRED) {
      properties.put(prefix + "ssl.client.auth", "required");
    }
    if (listener.mechanisms().isEmpty()) {
      return;
    }
    List<String> names = new ArrayList<>();
    for (Mechanism mechanism : listener.mechanisms()) {
      names.add(mechanism.wireName());
      properties.put(
          prefix + mechanism.wireName().toLowerCase(Locale.ROOT) + ".sasl.jaas.config",
          jaas(mechanism));
    }
    properties.put(prefix + "sasl.enabled.mechanisms", String.join(",", names));
  }

  private static void putTls(Properties properties, String prefix, TlsStores stores) {
    properties.put(prefix + "ssl.keystore.type", "PKCS12");
    properties.put(prefix + "ssl.keystore.location", stores.serverKeyStore().toString());
    properties.put(prefix + "ssl.keystore.password", stores.password());
    properties.put(prefix + "ssl.key.password", stores.password());
    properties.put(prefix + "ssl.truststore.type", "PKCS12");
    properties.put(prefix + "ssl.truststore.location", stores.trustStore().toString());
    properties.put(prefix + "ssl.truststore.password", stores.password());
  }

  private String jaas(Mechanism mechanism) {
    String security = "org.apache.kafka.common.security.";
    return switch (mechanism) {
      case PLAIN -> security + "plain.PlainLoginModule required" + plainUsers() + ";";
      case SCRAM_SHA_256, SCRAM_SHA_512 -> security + "scram.ScramLoginModule required;";
      case OAUTHBEARER ->
          security
              + "oauthbearer.OAuthBearerLoginModule required unsecuredLoginStringClaim_sub=\"broker\";";
    };
  }

  private String plainUsers() {
    StringBuilder text = new StringBuilder();
    users.forEach(
        (user, password) ->
            text.append(" user_").append(user).append("=\"").append(password).append('"'));
    return text.toString();
  }
}
