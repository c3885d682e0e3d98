package io.modelvane.kafka;

import io.modelvane.spi.ComponentContext;
import io.modelvane.spi.ComponentException;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;

/** The consumer's properties: the user's own first, then those that delivery depends on. */
final class ConsumerSettings {
  private ConsumerSettings() {}

  /**
   * The properties.
   *
   * @param alone whether it is to read alone: its client id then says whose it is
   */
  static Properties of(KafkaSourceOptions options, ComponentContext context, boolean alone)
      throws ComponentException {
    Properties properties = new Properties();
    // What a poll has unpacked is to be decoded from the processor's cache.
    properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "500");
    properties.put(
        ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG,
        String.valueOf(options.fetchSize().bytes()));
    properties.put(
        ConsumerConfig.FETCH_MAX_BYTES_CONFIG, String.valueOf(options.fetchSize().bytes() * 2));
    properties.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, "250");
    properties.put(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG, "300000");
    properties.put(ConsumerConfig.METADATA_MAX_AGE_CONFIG, "30000");
    // A deleted topic is not to come back because somebody still asks for it.
    properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
    properties.put(ConsumerConfig.CLIENT_ID_CONFIG, clientId(context));
    properties.putAll(options.properties());
    options.connection().apply(properties);
    properties.put(ConsumerConfig.GROUP_ID_CONFIG, group(options, context));
    properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
    // The source decides itself where to begin, and never in silence.
    properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    properties.put(
        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
        options.readCommitted() ? "read_committed" : "read_uncommitted");
    putProtocol(properties, options, context);
    if (alone) {
      properties.put(ConsumerConfig.CLIENT_ID_CONFIG, lonelyClientId(options, context));
    }
    return properties;
  }

  private static void putProtocol(
      Properties properties, KafkaSourceOptions options, ComponentContext context)
      throws ComponentException {
    properties.put(
        ConsumerConfig.GROUP_PROTOCOL_CONFIG,
        options.groupProtocol().name().toLowerCase(Locale.ROOT));
    if (options.groupProtocol() == GroupProtocol.CLASSIC) {
      properties.put(
          ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG,
          String.valueOf(options.sessionTimeout().toMillis()));
      properties.put(
          ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
          CooperativeStickyAssignor.class.getName());
    }
    instanceId(options, context)
        .ifPresent(id -> properties.put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, id));
  }

  /** The member's fixed name, if it has one. */
  static Optional<String> instanceId(KafkaSourceOptions options, ComponentContext context)
      throws ComponentException {
    if (options.groupInstanceId().isPresent()) {
      return options.groupInstanceId();
    }
    // In the other protocol a fixed name makes a killed member wait even longer for its ghost.
    return options.groupProtocol() == GroupProtocol.CLASSIC
        ? Optional.of(InstanceName.of(context))
        : Optional.empty();
  }

  /** A client id that no process with another data folder has. */
  static String lonelyClientId(KafkaSourceOptions options, ComponentContext context)
      throws ComponentException {
    String usual =
        options.properties().getOrDefault(ConsumerConfig.CLIENT_ID_CONFIG, clientId(context));
    return usual + "-" + InstanceName.id(context.dataFolder());
  }

  static String clientId(ComponentContext context) {
    return "modelvane-" + context.pipeline().orElse("") + "-" + context.name();
  }

  static String group(KafkaSourceOptions options, ComponentContext context) {
    return options.groupId().orElse("modelvane-" + context.pipeline().orElse(context.name()));
  }
}
