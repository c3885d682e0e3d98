package io.modelvane.demo;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Sends and reads text records. */
final class Records {
  private Records() {}

  static void send(String servers, String topic, int count) throws Exception {
    send(Map.of("bootstrap.servers", servers), topic, count);
  }

  static void send(Map<String, Object> client, String topic, int count)
      throws ExecutionException, InterruptedException {
    Map<String, Object> properties = new HashMap<>(client);
    properties.put("max.block.ms", 10_000);
    try (var producer =
        new KafkaProducer<>(properties, new StringSerializer(), new StringSerializer())) {
      List<Future<RecordMetadata>> sent = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        sent.add(producer.send(new ProducerRecord<>(topic, "record-" + i)));
      }
      for (Future<RecordMetadata> one : sent) {
        one.get();
      }
    }
  }

  /**
   * Reads from the beginning until so many were seen, and what comes along with the last of them.
   */
  static List<String> read(String servers, String topic, int atLeast) {
    Map<String, Object> properties =
        Map.of("bootstrap.servers", servers, "group.id", "reader", "auto.offset.reset", "earliest");
    List<String> values = new ArrayList<>();
    try (var consumer =
        new KafkaConsumer<>(properties, new StringDeserializer(), new StringDeserializer())) {
      consumer.subscribe(List.of(topic));
      Waiting.until(
          Duration.ofSeconds(60),
          () -> {
            consumer.poll(Duration.ofMillis(200)).forEach(record -> values.add(record.value()));
            return values.size() >= atLeast;
          });
    }
    return values;
  }
}
