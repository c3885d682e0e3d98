package io.modelvane.bench.endtoend;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Properties;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * A topic and what it is filled with.
 *
 * @param metrics further numbers in each message, 20 bytes each
 */
record Topic(int partitions, String compression, int series, int metrics) {
  static final Topic USUAL = new Topic(1, "lz4", 200);
  static final Topic EMPTY = new Topic(1, "lz4", 0);

  /** A topic of messages as short as Insights' own. */
  Topic(int partitions, String compression, int series) {
    this(partitions, compression, series, 0);
  }

  /** Its name in Kafka. */
  String title() {
    return "insights-%d-%s-%d-%d".formatted(partitions, compression, series, metrics);
  }

  /** Writes so many calls, ten thousand a second of their own time; all of them arrive. */
  void fill(String brokers, int messages) {
    Calls calls = new Calls(series);
    Instant time = Instant.parse("2026-11-20T00:00:00Z");
    Queue<ProducerRecord<byte[], byte[]>> refused = new ConcurrentLinkedQueue<>();
    try (KafkaProducer<byte[], byte[]> producer = producer(brokers, compression, 50)) {
      for (int i = 0; i < messages; i++) {
        time = time.plusNanos(100_000);
        send(producer, new ProducerRecord<>(title(), longer(calls.at(time), i)), refused);
      }
      producer.flush();
      while (!refused.isEmpty()) { // partitions that had no leader yet
        send(producer, refused.remove(), refused);
        producer.flush();
      }
    }
  }

  private static void send(
      KafkaProducer<byte[], byte[]> producer,
      ProducerRecord<byte[], byte[]> call,
      Queue<ProducerRecord<byte[], byte[]>> refused) {
    var unused =
        producer.send(
            call,
            (position, failure) -> {
              if (failure != null) {
                refused.add(call);
              }
            });
  }

  private byte[] longer(byte[] call, int number) {
    if (metrics == 0) {
      return call;
    }
    StringBuilder text = new StringBuilder(call.length + 20 * metrics);
    text.append(new String(call, StandardCharsets.US_ASCII)).setLength(call.length - 1);
    for (int i = 0; i < metrics; i++) {
      text.append(", \"metric_").append(10 + i).append("\": ");
      text.append(1_000 + (number + i * 97L) % 9_000).insert(text.length() - 3, '.');
    }
    return text.append('}').toString().getBytes(StandardCharsets.US_ASCII);
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
