package io.modelvane.kafka;

import io.modelvane.spi.ComponentContext;
import io.modelvane.spi.DeadLetterFactory;
import io.modelvane.spi.DeadLetterStore;
import io.modelvane.spi.Problems;
import java.util.List;

/** Makes dead letters in a topic. */
final class KafkaDeadLetterFactory implements DeadLetterFactory<KafkaDeadLetterOptions> {
  private static final List<String> RESERVED =
      List.of(
          "bootstrap.servers",
          "acks",
          "enable.idempotence",
          "transactional.id",
          "key.serializer",
          "value.serializer",
          "interceptor.classes",
          "partitioner.class");

  @Override
  public String type() {
    return "kafka";
  }

  @Override
  public String description() {
    return "Keeps dead letters in a topic: the original message, with the reason in headers.";
  }

  @Override
  public Class<KafkaDeadLetterOptions> options() {
    return KafkaDeadLetterOptions.class;
  }

  @Override
  public void validate(KafkaDeadLetterOptions options, Problems problems) {
    options.connection().validate(problems);
    if (!options.topic().matches("[a-zA-Z0-9._-]{1,249}")) {
      problems.add("topic", "'" + options.topic() + "' cannot be the name of a topic");
    }
    ConnectionOptions.reject(options.properties(), RESERVED, problems);
  }

  @Override
  public DeadLetterStore create(KafkaDeadLetterOptions options, ComponentContext context) {
    return new KafkaDeadLetterStore(options, context);
  }
}
