package io.modelvane.kafka;

import io.modelvane.spi.ComponentContext;
import io.modelvane.spi.Meters;
import io.modelvane.spi.Split;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** The partitions this instance has, and what is known of each. Used by the pipeline's thread. */
final class Holdings {
  private final Map<TopicPartition, Split> splits = new HashMap<>();
  private final Map<String, Topic> topics = new HashMap<>();
  private final Offsets offsets;
  private final Progress progress;
  private final Meters.Counter rebalances;

  Holdings(ComponentContext context, Duration commitInterval) {
    this.offsets = new Offsets(context, commitInterval);
    this.progress = new Progress(context);
    this.rebalances =
        context.meters().counter("rebalances", "Times partitions came to or left this instance.");
  }

  Offsets offsets() {
    return offsets;
  }

  Progress progress() {
    return progress;
  }

  /** Takes partitions of these topics; gives the splits that the engine knows them by. */
  Set<Split> take(Collection<TopicPartition> partitions, Map<String, Topic> found) {
    rebalances.add(1);
    topics.putAll(found);
    Set<Split> taken = new HashSet<>();
    for (TopicPartition partition : partitions) {
      Split split =
          new Split(partition.topic(), partition.partition(), topic(partition.topic()).id());
      splits.put(partition, split);
      taken.add(split);
    }
    progress.take(partitions);
    return taken;
  }

  /** The group has spoken, and has no more partitions for this instance, perhaps none at all. */
  void takeNothing() {
    progress.take(Set.of());
  }

  /** Those partitions that it has of an earlier topic than the one that was found. */
  Set<TopicPartition> outdated(Map<String, Topic> found) {
    Set<TopicPartition> outdated = new HashSet<>();
    splits.forEach(
        (partition, split) -> {
          Topic topic = found.get(partition.topic());
          if (topic != null && topic.isOther(split.incarnation())) {
            outdated.add(partition);
          }
        });
    return outdated;
  }

  /** The splits of partitions; those that it does not have are passed over. */
  Set<Split> splits(Collection<TopicPartition> partitions) {
    Set<Split> held = new HashSet<>();
    for (TopicPartition partition : partitions) {
      Split split = splits.get(partition);
      if (split != null) {
        held.add(split);
      }
    }
    return held;
  }

  /** Gives partitions away. */
  void drop(Collection<TopicPartition> partitions) {
    rebalances.add(1);
    offsets.forget(partitions);
    progress.forget(partitions);
    partitions.forEach(splits::remove);
  }

  Set<TopicPartition> partitions() {
    return Set.copyOf(splits.keySet());
  }

  @Nullable Split split(TopicPartition partition) {
    return splits.get(partition);
  }

  Topic topic(String name) {
    return topics.getOrDefault(name, Topic.UNKNOWN);
  }

  /** A topic has got more partitions. */
  void grown(String name, Topic topic) {
    topics.put(name, topic);
  }

  /** Reading goes on at another offset: that is a position to commit as any other. */
  void move(TopicPartition partition, long offset) {
    progress.move(partition, offset);
    if (splits.containsKey(partition)) {
      offsets.acknowledge(partition, offset, topic(partition.topic()));
    }
  }

  void acknowledge(Map<Split, Long> nextOffsets) {
    nextOffsets.forEach(
        (split, offset) -> {
          TopicPartition partition = new TopicPartition(split.stream(), split.partition());
          if (split.equals(splits.get(partition))) {
            offsets.acknowledge(partition, offset, topic(split.stream()));
            progress.stored(partition, offset);
          }
        });
  }
}
