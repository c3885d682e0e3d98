package io.modelvane.bench.endtoend;

import java.time.Instant;
import java.util.Properties;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A topic and what it is filled with. */
record Topic(int partitions, String compression, int series) {
  static final Topic USUAL = new Topic(1, "lz4", 200);

  /** Its name in Kafka. */
  String title() {
    return "insights-%d-%s-%d".formatted(partitions, compression, series);
  }

  /** Writes so many calls, ten thousand a second of their own time. */
  void fill(String brokers, int messages) {
    Calls calls = new Calls(series);
    Instant time = Instant.parse("2026-11-20T00:00:00Z");
    try (KafkaProducer<byte[], byte[]> producer = producer(brokers, compression, 50)) {
      for (int i = 0; i < messages; i++) {
        time = time.plusNanos(100_000);
        var unused = producer.send(new ProducerRecord<>(title(), calls.at(time)));
      }
    }
  }

  static KafkaProducer<byte[], byte[]> producer(String brokers, String compression, int linger) {
    Properties properties = new Properties();
    properties.put("bootstrap.servers", brokers);
    properties.put("acks", "all");
    properties.put("linger.ms", String.valueOf(linger));
    properties.put("batch.size", String.valueOf(128 * 1024));
    properties.put("compression.type", compression);
    return new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
  }
}
