package io.modelvane.kafka;

import io.modelvane.spi.ComponentContext;
import java.time.Duration;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.KafkaException;

/** Closes a consumer without waiting long for brokers that are away. */
final class Closing {
  private static final Duration LIMIT = Duration.ofSeconds(3);

  private Closing() {}

  static void close(Consumer<?, ?> consumer, ComponentContext context) {
    try {
      consumer.close(CloseOptions.timeout(LIMIT));
    } catch (KafkaException closing) {
      context
          .logger()
          .log(System.Logger.Level.DEBUG, "closing the consumer: {0}", closing.getMessage());
    }
  }
}
