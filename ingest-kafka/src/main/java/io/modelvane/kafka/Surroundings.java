package io.modelvane.kafka;

import io.modelvane.spi.ComponentContext;
import io.modelvane.spi.Health;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * What the answers of the brokers mean: how far the partitions are read, which topics have been
 * made anew, and how the source is.
 */
final class Surroundings {
  private static final Duration PATIENCE = Duration.ofSeconds(6);

  private final KafkaSourceOptions options;
  private final ComponentContext context;
  private final Watch watch;
  private final Set<String> missing = new TreeSet<>();
  private final @Nullable Rivals rivals;
  private Health last = Health.UP;

  /** Surroundings of a source; with {@code rivals} it has to read alone. */
  Surroundings(
      KafkaSourceOptions options,
      ComponentContext context,
      Brokers brokers,
      @Nullable Rivals rivals) {
    this.rivals = rivals;
    this.options = options;
    this.context = context;
    this.watch = new Watch(brokers, context.clock());
  }

  /** After each poll: takes in answers about ends, and asks what is due. Does not wait. */
  void look(Holdings holdings) {
    Watch.Ends ends = watch.takeEnds();
    if (ends != null) {
      holdings.progress().ends(ends.offsets(), ends.askedAt());
    }
    Set<TopicPartition> partitions = holdings.partitions();
    watch.ask(partitions, names(partitions));
    if (rivals != null) {
      rivals.look();
    }
    Health now = health();
    if (!now.equals(last)) {
      last = now;
      context.health(now);
    }
  }

  private Collection<String> names(Set<TopicPartition> partitions) {
    return options.topicPattern().isEmpty()
        ? options.topics()
        : partitions.stream().map(TopicPartition::topic).collect(Collectors.toSet());
  }

  private Health health() {
    String brokers = options.connection().brokers();
    if (watch.silence().compareTo(PATIENCE) > 0) {
      return new Health(
          Health.State.DOWN,
          "the brokers %s do not answer; reading goes on when they are back".formatted(brokers));
    }
    if (rivals != null && !rivals.seen().isEmpty()) {
      return new Health(Health.State.DOWN, "reads a part only: " + rivals.seen());
    }
    if (!missing.isEmpty()) {
      return new Health(
          Health.State.DEGRADED,
          "the topic %s does not exist at %s any more; create it, or take it out of 'topics'"
              .formatted(String.join(", ", missing), brokers));
    }
    return Health.UP;
  }

  /** Topics that were deleted and made again since their partitions were taken. */
  Map<String, Topic> renewed(Holdings holdings) {
    var topics = watch.takeTopics();
    if (topics == null) {
      return Map.of();
    }
    Map<String, Topic> renewed = new HashMap<>();
    List<String> held =
        holdings.partitions().stream().map(TopicPartition::topic).distinct().toList();
    topics.forEach(
        (name, found) -> {
          if (found.isEmpty()) {
            missing.add(name);
            return;
          }
          missing.remove(name);
          if (held.contains(name) && holdings.topic(name).isOther(found.get())) {
            renewed.put(name, found.get());
          } else {
            holdings.grown(name, found.get());
          }
        });
    return renewed;
  }
}
