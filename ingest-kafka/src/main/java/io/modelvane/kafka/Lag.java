package io.modelvane.kafka;

import io.modelvane.spi.ComponentContext;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * How far behind each partition is, in messages and in time, from what the consumer knows anyway.
 */
final class Lag {
  private static final class Behind {
    private volatile long end;
    private volatile long acknowledged;
    private volatile long lastTime;
    private volatile long lastOffset;
  }

  private final ComponentContext context;
  private final Map<TopicPartition, Behind> partitions = new ConcurrentHashMap<>();

  Lag(ComponentContext context) {
    this.context = context;
    context.meters().gauge("lag", "Messages not yet stored.", Map.of(), this::messages);
    context
        .meters()
        .gauge(
            "lag_seconds",
            "Age of the last message read, while there are messages not yet stored.",
            Map.of(),
            this::seconds);
  }

  private Behind behind(TopicPartition partition) {
    return partitions.computeIfAbsent(partition, p -> new Behind());
  }

  void read(
      Consumer<?, ?> consumer,
      TopicPartition partition,
      List<ConsumerRecord<byte[], byte[]>> records) {
    if (records.isEmpty()) {
      return;
    }
    Behind behind = behind(partition);
    ConsumerRecord<byte[], byte[]> last = records.get(records.size() - 1);
    if (behind.lastOffset == 0 && behind.acknowledged == 0) {
      behind.acknowledged = records.get(0).offset();
    }
    OptionalLong rest = consumer.currentLag(partition);
    behind.end = last.offset() + 1 + rest.orElse(0);
    behind.lastOffset = last.offset() + 1;
    behind.lastTime = last.timestamp();
  }

  void acknowledged(TopicPartition partition, long offset) {
    behind(partition).acknowledged = offset;
  }

  void forget(TopicPartition partition) {
    partitions.remove(partition);
  }

  private double messages() {
    return partitions.values().stream()
        .mapToLong(behind -> Math.max(0, behind.end - behind.acknowledged))
        .sum();
  }

  private double seconds() {
    long now = context.clock().millis();
    return partitions.values().stream()
            .filter(behind -> behind.end > behind.acknowledged)
            .mapToLong(behind -> Math.max(0, now - behind.lastTime))
            .max()
            .orElse(0)
        / 1000.0;
  }
}
