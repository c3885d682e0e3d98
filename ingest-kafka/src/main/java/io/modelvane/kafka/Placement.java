package io.modelvane.kafka;

import io.modelvane.spi.ComponentContext;
import io.modelvane.spi.ComponentException;
import io.modelvane.spi.Meters;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Decides where reading begins in partitions that were just assigned. Most go on at their committed
 * position, which the consumer finds by itself. The others:
 *
 * <ul>
 *   <li>the position belongs to an earlier topic of the same name: at the oldest message;
 *   <li>the partition or its topic came into being after the group began: at the oldest message,
 *       since nobody can have meant to leave out what came between;
 *   <li>otherwise where the option {@code start} says.
 * </ul>
 */
final class Placement {
  private final KafkaSourceOptions options;
  private final ComponentContext context;
  private final Brokers brokers;
  private final Map<String, Topic> atStart;
  private final Meters.Counter resets;

  /** A placement that takes topics not in {@code atStart} for younger than the group. */
  Placement(
      KafkaSourceOptions options,
      ComponentContext context,
      Brokers brokers,
      Map<String, Topic> atStart) {
    this.options = options;
    this.context = context;
    this.brokers = brokers;
    this.atStart = Map.copyOf(atStart);
    this.resets =
        context
            .meters()
            .counter("position_resets", "Times a committed position was no longer in its topic.");
  }

  Map<String, Topic> topics(Collection<TopicPartition> partitions)
      throws ComponentException, InterruptedException {
    return brokers.topics(
        partitions.stream().map(TopicPartition::topic).collect(Collectors.toSet()));
  }

  /** Which topics of these partitions are known not to exist any more. */
  Set<String> missing(Collection<TopicPartition> partitions) throws InterruptedException {
    return brokers.missing(
        partitions.stream().map(TopicPartition::topic).collect(Collectors.toSet()));
  }

  /** The offsets to begin at; partitions that go on at their committed position are left out. */
  Map<TopicPartition, Long> begin(Collection<TopicPartition> partitions, Map<String, Topic> topics)
      throws ComponentException, InterruptedException {
    Map<TopicPartition, OffsetAndMetadata> committed =
        brokers.committed(ConsumerSettings.group(options, context));
    Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
    for (TopicPartition partition : partitions) {
      Topic topic = topics.getOrDefault(partition.topic(), Topic.UNKNOWN);
      OffsetAndMetadata position = committed.get(partition);
      if (position == null) {
        boolean young = isYounger(partition, topic, committed);
        wanted.put(partition, young ? OffsetSpec.earliest() : start());
      } else if (Topic.fromNote(position.metadata()).filter(topic::isOther).isPresent()) {
        say(partition, "the topic was deleted and made again; reading the new one from its start");
        wanted.put(partition, OffsetSpec.earliest());
      }
    }
    return offsets(wanted);
  }

  private boolean isYounger(
      TopicPartition partition, Topic topic, Map<TopicPartition, OffsetAndMetadata> committed) {
    Topic first = atStart.get(partition.topic());
    if (first == null || first.isOther(topic)) {
      return true;
    }
    return committed.entrySet().stream()
        .filter(entry -> entry.getKey().topic().equals(partition.topic()))
        .filter(entry -> entry.getValue() != null)
        .flatMap(entry -> Topic.fromNote(entry.getValue().metadata()).stream())
        .anyMatch(note -> note.isOther(topic) || note.partitions() <= partition.partition());
  }

  private OffsetSpec start() {
    Optional<Instant> time = options.start().time();
    if (time.isPresent()) {
      return OffsetSpec.forTimestamp(time.get().toEpochMilli());
    }
    return options.start().earliest() ? OffsetSpec.earliest() : OffsetSpec.latest();
  }

  private Map<TopicPartition, Long> offsets(Map<TopicPartition, OffsetSpec> wanted)
      throws ComponentException, InterruptedException {
    if (wanted.isEmpty()) {
      return Map.of();
    }
    Map<TopicPartition, Long> found = new HashMap<>(brokers.offsets(wanted, options.isolation()));
    List<TopicPartition> afterAll = new ArrayList<>();
    found.forEach(
        (partition, offset) -> {
          if (offset < 0) {
            afterAll.add(partition);
          }
        });
    if (!afterAll.isEmpty()) {
      found.putAll(all(afterAll, OffsetSpec.latest()));
    }
    return found;
  }

  private Map<TopicPartition, Long> all(Collection<TopicPartition> partitions, OffsetSpec spec)
      throws ComponentException, InterruptedException {
    Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
    partitions.forEach(partition -> wanted.put(partition, spec));
    return brokers.offsets(wanted, options.isolation());
  }

  /** Where to go on in partitions that do not hold these positions: what is gone is gone. */
  Map<TopicPartition, Long> oldest(Map<TopicPartition, Long> positions)
      throws ComponentException, InterruptedException {
    Map<TopicPartition, Long> oldest = all(Set.copyOf(positions.keySet()), OffsetSpec.earliest());
    oldest.forEach(
        (partition, first) ->
            say(
                partition,
                "position %d is not in the topic; going on at its oldest message %d"
                    .formatted(positions.get(partition), first)));
    return oldest;
  }

  /** Tells the operator that a position was given up. */
  void say(TopicPartition partition, String what) {
    resets.add(1);
    context.logger().log(System.Logger.Level.WARNING, "{0}: {1}", String.valueOf(partition), what);
  }
}
