package io.modelvane.kafka;

import io.modelvane.spi.ComponentContext;
import io.modelvane.spi.ComponentException;
import io.modelvane.spi.EventBatch;
import io.modelvane.spi.Meters;
import io.modelvane.spi.Outcome;
import io.modelvane.spi.Source;
import io.modelvane.spi.Split;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.NoOffsetForPartitionException;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;

/** Reads a consumer group's share of the partitions; commits only what was acknowledged. */
final class KafkaSource implements Source, ConsumerRebalanceListener {
  private final KafkaSourceOptions options;
  private final ComponentContext context;
  private final ConnectionProbe probe;
  private final Offsets offsets;
  private final Lag lag;
  private final Meters.Counter rebalances;
  private final Meters.Counter resets;
  private final Map<TopicPartition, Split> splits = new HashMap<>();
  private final Map<String, String> topicIds = new HashMap<>();
  private @Nullable SplitListener listener;
  private volatile @Nullable Consumer<byte[], byte[]> consumer;
  private volatile boolean closing;

  KafkaSource(KafkaSourceOptions options, ComponentContext context) {
    this.options = options;
    this.context = context;
    this.probe = new ConnectionProbe(options.connection());
    this.offsets = new Offsets(context, options.commitInterval());
    this.lag = new Lag(context);
    this.rebalances = context.meters().counter("rebalances", "Times the partitions changed hands.");
    this.resets =
        context
            .meters()
            .counter("position_resets", "Times a committed position was no longer in its topic.");
  }

  @Override
  public void subscribe(SplitListener splitListener) {
    listener = splitListener;
  }

  @Override
  public void start() throws ComponentException, InterruptedException {
    Map<String, String> found = probe.check(options.topics());
    List<String> missing =
        options.topics().stream().filter(topic -> !found.containsKey(topic)).toList();
    if (!missing.isEmpty()) {
      throw new ComponentException(
          Outcome.Kind.RETRYABLE,
          "the topic %s does not exist at %s; create it, or check 'topics'"
              .formatted(String.join(", ", missing), options.connection().brokers()));
    }
    topicIds.putAll(found);
    open();
  }

  private void open() throws ComponentException {
    try {
      KafkaConsumer<byte[], byte[]> opened =
          new KafkaConsumer<>(ConsumerSettings.of(options, context));
      if (options.topicPattern().isPresent()) {
        opened.subscribe(options.topicPattern().get(), this);
      } else {
        opened.subscribe(options.topics(), this);
      }
      consumer = opened;
    } catch (KafkaException | java.io.UncheckedIOException refused) {
      throw Failures.explain(refused, options.connection());
    }
  }

  private Consumer<byte[], byte[]> consumer() {
    Consumer<byte[], byte[]> open = consumer;
    if (open == null) {
      throw new IllegalStateException("not started");
    }
    return open;
  }

  @Override
  public List<EventBatch> poll(Duration timeout) throws ComponentException, InterruptedException {
    offsets.commitDue(consumer());
    try {
      ConsumerRecords<byte[], byte[]> records = consumer().poll(timeout);
      return batches(records);
    } catch (WakeupException woken) {
      return List.of();
    } catch (InterruptException interrupted) {
      var unused = Thread.interrupted();
      throw new InterruptedException();
    } catch (OffsetOutOfRangeException gone) {
      goOnAtOldest(gone.offsetOutOfRangePartitions());
      return List.of();
    } catch (NoOffsetForPartitionException fresh) {
      begin(fresh.partitions());
      return List.of();
    } catch (KafkaException failed) {
      throw Failures.explain(failed, options.connection());
    }
  }

  private List<EventBatch> batches(ConsumerRecords<byte[], byte[]> records) {
    if (records.isEmpty() && records.nextOffsets().isEmpty()) {
      return List.of();
    }
    List<EventBatch> batches = new ArrayList<>();
    for (Map.Entry<TopicPartition, OffsetAndMetadata> next : records.nextOffsets().entrySet()) {
      List<ConsumerRecord<byte[], byte[]>> own = records.records(next.getKey());
      batches.add(new RecordBatch(split(next.getKey()), own, next.getValue().offset()));
      lag.read(consumer(), next.getKey(), own);
    }
    return batches;
  }

  /** Retention has passed the committed position: what is gone is gone, and said so. */
  private void goOnAtOldest(Map<TopicPartition, Long> positions) {
    Map<TopicPartition, Long> oldest = consumer().beginningOffsets(positions.keySet());
    positions.forEach(
        (partition, position) -> {
          long first = oldest.getOrDefault(partition, 0L);
          resets.add(1);
          context
              .logger()
              .log(
                  System.Logger.Level.WARNING,
                  "{0}: position {1} is no longer in the topic; going on at its oldest message {2}",
                  partition,
                  Long.toString(position),
                  Long.toString(first));
          consumer().seek(partition, first);
        });
  }

  private void begin(Collection<TopicPartition> partitions) {
    if (options.start().time().isPresent()) {
      long millis = options.start().time().get().toEpochMilli();
      Map<TopicPartition, Long> times =
          partitions.stream().collect(Collectors.toMap(p -> p, p -> millis));
      consumer()
          .offsetsForTimes(times)
          .forEach(
              (partition, found) -> {
                if (found == null) {
                  consumer().seekToEnd(List.of(partition));
                } else {
                  consumer().seek(partition, found.offset());
                }
              });
    } else if (options.start().earliest()) {
      consumer().seekToBeginning(partitions);
    } else {
      consumer().seekToEnd(partitions);
      partitions.forEach(consumer()::position);
    }
  }

  private Split split(TopicPartition partition) {
    return splits.computeIfAbsent(
        partition, p -> new Split(p.topic(), p.partition(), topicIds.getOrDefault(p.topic(), "")));
  }

  @Override
  public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
    if (partitions.isEmpty() || listener == null) {
      return;
    }
    rebalances.add(1);
    List<String> unknown =
        partitions.stream()
            .map(TopicPartition::topic)
            .filter(topic -> !topicIds.containsKey(topic) || options.topicPattern().isPresent())
            .distinct()
            .toList();
    try {
      topicIds.putAll(unknown.isEmpty() ? Map.of() : probe.topicIds(unknown));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    partitions.forEach(splits::remove);
    listener.assigned(partitions.stream().map(this::split).collect(Collectors.toSet()));
  }

  @Override
  public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
    if (partitions.isEmpty() || listener == null) {
      return;
    }
    rebalances.add(1);
    listener.revoked(
        partitions.stream().map(this::split).collect(Collectors.toSet()), drainLimit());
    offsets.commitNow(consumer(), Duration.ofSeconds(5));
    forget(partitions);
  }

  /** Others wait for us while we drain: no longer than half a session. */
  private Duration drainLimit() {
    return options.sessionTimeout().dividedBy(2);
  }

  @Override
  public void onPartitionsLost(Collection<TopicPartition> partitions) {
    if (listener != null) {
      listener.lost(partitions.stream().map(this::split).collect(Collectors.toSet()));
    }
    forget(partitions);
  }

  private void forget(Collection<TopicPartition> partitions) {
    partitions.forEach(
        partition -> {
          offsets.forget(partition);
          lag.forget(partition);
          splits.remove(partition);
        });
  }

  @Override
  public void acknowledge(Map<Split, Long> nextOffsets) {
    nextOffsets.forEach(
        (split, offset) -> {
          TopicPartition partition = new TopicPartition(split.stream(), split.partition());
          if (splits.containsKey(partition)) {
            offsets.acknowledge(partition, offset);
            lag.acknowledged(partition, offset);
          }
        });
  }

  @Override
  public void pause(Set<Split> paused) {
    consumer().pause(owned(paused));
  }

  @Override
  public void resume(Set<Split> resumed) {
    consumer().resume(owned(resumed));
  }

  private Set<TopicPartition> owned(Set<Split> which) {
    Set<TopicPartition> assignment = consumer().assignment();
    return which.stream()
        .map(split -> new TopicPartition(split.stream(), split.partition()))
        .filter(assignment::contains)
        .collect(Collectors.toSet());
  }

  @Override
  public void wakeup() {
    Consumer<byte[], byte[]> open = consumer;
    if (open != null && !closing) {
      open.wakeup();
    }
  }

  @Override
  public void stop() {
    Consumer<byte[], byte[]> open = consumer;
    if (open == null) {
      return;
    }
    closing = true; // from here on a wake-up would only break the last commit
    offsets.commitNow(open, Duration.ofSeconds(5));
    Closing.close(open, context); // calls back: splits are given up and committed
    consumer = null;
  }
}
