package io.modelvane.kafka;

import io.modelvane.spi.ComponentException;
import io.modelvane.spi.Outcome;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * What the brokers say when they are asked beside the consumer. Questions that wait do so for a few
 * seconds at the most; unlike the consumer's own they are not broken off by a wake-up.
 */
final class Brokers implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final ConnectionOptions connection;
  private final Admin admin;

  private Brokers(ConnectionOptions connection, Admin admin) {
    this.connection = connection;
    this.admin = admin;
  }

  static Brokers open(ConnectionOptions connection, String clientId) throws ComponentException {
    Properties properties = new Properties();
    connection.apply(properties);
    properties.put("client.id", clientId);
    properties.put("request.timeout.ms", "4000");
    properties.put("default.api.timeout.ms", String.valueOf(PATIENCE.toMillis() - 1_000));
    properties.put("reconnect.backoff.max.ms", "2000");
    try {
      return new Brokers(connection, Admin.create(properties));
    } catch (KafkaException | UncheckedIOException refused) {
      throw Failures.explain(refused, connection);
    }
  }

  /** Waits for the names' topics; those that do not exist are left out. */
  Map<String, Topic> topics(Collection<String> names)
      throws ComponentException, InterruptedException {
    Map<String, Topic> found = new HashMap<>();
    for (Map.Entry<String, KafkaFuture<TopicDescription>> topic : describe(names).entrySet()) {
      try {
        found.put(topic.getKey(), topic(topic.getValue().get(10, TimeUnit.SECONDS)));
      } catch (ExecutionException failed) {
        if (!isMissing(failed.getCause())) {
          throw Failures.explain(failed, connection);
        }
      } catch (TimeoutException silent) {
        throw noAnswer(silent);
      }
    }
    return found;
  }

  Map<String, KafkaFuture<TopicDescription>> describe(Collection<String> names) {
    return admin.describeTopics(names).topicNameValues();
  }

  static Topic topic(TopicDescription description) {
    Uuid id = description.topicId();
    return new Topic(
        id.equals(Uuid.ZERO_UUID) ? "" : id.toString(), description.partitions().size());
  }

  static boolean isMissing(@org.jspecify.annotations.Nullable Throwable cause) {
    return cause instanceof UnknownTopicOrPartitionException
        || cause instanceof InvalidTopicException;
  }

  /** The names of all topics that this user may see. */
  Collection<String> names() throws ComponentException, InterruptedException {
    return await(admin.listTopics().names());
  }

  /** Everything a group has committed. */
  Map<TopicPartition, OffsetAndMetadata> committed(String group)
      throws ComponentException, InterruptedException {
    return await(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata(group));
  }

  /** Waits for the members of a group; a group that does not exist has none. */
  Collection<MemberDescription> members(String group)
      throws ComponentException, InterruptedException {
    try {
      return askGroup(group).get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS).members();
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof GroupIdNotFoundException) {
        return List.of();
      }
      throw Failures.explain(failed, connection);
    } catch (TimeoutException silent) {
      throw noAnswer(silent);
    }
  }

  /** Asks how a group is, without waiting. */
  KafkaFuture<ConsumerGroupDescription> askGroup(String group) {
    return admin.describeConsumerGroups(List.of(group)).all().thenApply(found -> found.get(group));
  }

  /** Which of these topics are known not to exist; does not wait long, and then knows of none. */
  Set<String> missing(Collection<String> names) throws InterruptedException {
    Set<String> missing = new HashSet<>();
    long end = System.nanoTime() + Duration.ofSeconds(1).toNanos();
    for (Map.Entry<String, KafkaFuture<TopicDescription>> topic : describe(names).entrySet()) {
      try {
        var unused =
            topic.getValue().get(Math.max(1, end - System.nanoTime()), TimeUnit.NANOSECONDS);
      } catch (ExecutionException failed) {
        if (isMissing(failed.getCause())) {
          missing.add(topic.getKey());
        }
      } catch (TimeoutException unknown) {
        break;
      }
    }
    return missing;
  }

  /** Where partitions begin, end, or stand at a time; a time after all messages gives -1. */
  Map<TopicPartition, Long> offsets(
      Map<TopicPartition, OffsetSpec> wanted, IsolationLevel isolation)
      throws ComponentException, InterruptedException {
    Map<TopicPartition, Long> offsets = new HashMap<>();
    await(admin.listOffsets(wanted, new ListOffsetsOptions(isolation)).all())
        .forEach((partition, found) -> offsets.put(partition, found.offset()));
    return offsets;
  }

  /**
   * Asks where partitions end, without waiting. What stands behind an open transaction counts: it
   * is there, and whoever reads what is committed has yet to read it.
   */
  ListOffsetsResult ends(Collection<TopicPartition> partitions) {
    Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
    partitions.forEach(partition -> wanted.put(partition, OffsetSpec.latest()));
    return admin.listOffsets(
        wanted, new ListOffsetsOptions(IsolationLevel.READ_UNCOMMITTED).timeoutMs(5_000));
  }

  private <T> T await(KafkaFuture<T> answer) throws ComponentException, InterruptedException {
    try {
      return answer.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException failed) {
      throw Failures.explain(failed, connection);
    } catch (TimeoutException silent) {
      throw noAnswer(silent);
    }
  }

  private ComponentException noAnswer(TimeoutException silent) {
    return new ComponentException(
        Outcome.Kind.RETRYABLE,
        "the brokers %s do not answer; are they up?".formatted(connection.brokers()),
        silent);
  }

  @Override
  public void close() {
    admin.close(Duration.ofSeconds(1));
  }
}
