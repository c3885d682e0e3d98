package io.modelvane.kafka;

import io.modelvane.spi.ComponentContext;
import io.modelvane.spi.Problems;
import io.modelvane.spi.Source;
import io.modelvane.spi.SourceFactory;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Makes the source {@code kafka}. */
final class KafkaSourceFactory implements SourceFactory<KafkaSourceOptions> {
  private static final List<String> RESERVED =
      List.of(
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
          "check.crcs");
  private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9._-]{1,249}");

  @Override
  public String type() {
    return "kafka";
  }

  @Override
  public String description() {
    return "Reads topics of Apache Kafka with a consumer group per pipeline.";
  }

  @Override
  public Class<KafkaSourceOptions> options() {
    return KafkaSourceOptions.class;
  }

  @Override
  public void validate(KafkaSourceOptions options, Problems problems) {
    options.connection().validate(problems);
    if (options.topics().isEmpty() == options.topicPattern().isEmpty()) {
      problems.add("topics", "give either topics or topic_pattern");
    }
    for (String topic : options.topics()) {
      if (!NAME.matcher(topic).matches()) {
        problems.add("topics", "'" + topic + "' cannot be the name of a topic");
      }
    }
    options
        .groupInstanceId()
        .filter(id -> !NAME.matcher(id).matches())
        .ifPresent(
            id ->
                problems.add(
                    "group_instance_id", "may have letters, digits and . _ - only, at most 249"));
    options
        .groupId()
        .filter(String::isBlank)
        .ifPresent(id -> problems.add("group_id", "is empty; leave it out for the default"));
    ConnectionOptions.reject(options.properties(), RESERVED, problems);
  }

  @Override
  public Optional<String> whyOnlyOne(KafkaSourceOptions options) {
    return options
        .groupId()
        .map(
            group ->
                "in one consumer group, '%s', each would get a part of the messages; leave group_id out (each has its own group then) or give each a source of its own"
                    .formatted(group));
  }

  @Override
  public Source create(KafkaSourceOptions options, ComponentContext context) {
    return new KafkaSource(options, context);
  }
}
