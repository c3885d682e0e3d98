package io.modelvane.kafka;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Produces messages. */
final class Sent {
  private Sent() {}

  static KafkaProducer<byte[], byte[]> producer(String servers, Map<String, Object> more) {
    Map<String, Object> properties = new HashMap<>(more);
    properties.put("bootstrap.servers", servers);
    return new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
  }

  static ProducerRecord<byte[], byte[]> record(String topic, int partition, String value) {
    return new ProducerRecord<>(topic, partition, null, value.getBytes(StandardCharsets.UTF_8));
  }

  /** Sends values to a partition and waits until the broker has them. */
  static void to(String topic, int partition, String... values)
      throws ExecutionException, InterruptedException {
    try (var producer = producer(SharedBroker.servers(), Map.of())) {
      List<Future<RecordMetadata>> sent = new ArrayList<>();
      for (String value : values) {
        sent.add(producer.send(record(topic, partition, value)));
      }
      for (Future<RecordMetadata> one : sent) {
        one.get();
      }
    }
  }

  /** Sends a value that claims a time. */
  static void at(String topic, Instant time, String value)
      throws ExecutionException, InterruptedException {
    try (var producer = producer(SharedBroker.servers(), Map.of())) {
      producer
          .send(
              new ProducerRecord<>(
                  topic, 0, time.toEpochMilli(), null, value.getBytes(StandardCharsets.UTF_8)))
          .get();
    }
  }
}
