package io.modelvane.faults;

import io.modelvane.faults.Traffic.Placed;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Looks at the positions that a group has committed, again and again: none may ever pass a message
 * that is neither stored nor a dead letter at that time.
 */
final class Watch {
  private final Admin admin;
  private final String group;
  private final String topic;
  private final Traffic traffic;
  private final Predicate<Message> accounted;
  private final Map<Integer, Integer> seen = new HashMap<>();
  private final List<String> violations = new CopyOnWriteArrayList<>();

  /**
   * What is watched.
   *
   * @param topic whose positions
   * @param accounted whether a message is where it belongs by now
   */
  record Subject(String topic, Traffic traffic, Predicate<Message> accounted) {}

  Watch(Admin admin, String group, Subject subject) {
    this.admin = admin;
    this.group = group;
    this.topic = subject.topic();
    this.traffic = subject.traffic();
    this.accounted = subject.accounted();
  }

  /** Committed positions that passed a message too early. */
  List<String> violations() {
    return List.copyOf(violations);
  }

  /** The committed position of each partition; those without are left out. */
  Map<Integer, Long> committed() throws InterruptedException {
    Map<Integer, Long> offsets = new HashMap<>();
    try {
      Map<TopicPartition, OffsetAndMetadata> all =
          admin
              .listConsumerGroupOffsets(group)
              .partitionsToOffsetAndMetadata()
              .get(5, TimeUnit.SECONDS);
      all.forEach(
          (partition, offset) -> {
            if (partition.topic().equals(topic)) {
              offsets.put(partition.partition(), offset.offset());
            }
          });
    } catch (ExecutionException | TimeoutException away) {
      // The broker is away, or knows nothing of the group yet.
    }
    return offsets;
  }

  /**
   * Checks what was committed.
   *
   * @param committed as read before the dead letters were looked at
   */
  synchronized void check(Map<Integer, Long> committed) {
    committed.forEach(
        (partition, offset) -> {
          List<Placed> messages = traffic.placed(partition);
          int at = seen.getOrDefault(partition, 0);
          for (; at < messages.size() && messages.get(at).offset() < offset; at++) {
            if (!accounted.test(messages.get(at).message())) {
              violations.add(
                  "%s committed %d of partition %d, past %s"
                      .formatted(group, offset, partition, messages.get(at)));
            }
          }
          seen.put(partition, at);
        });
  }

  /** The topic was made anew. */
  synchronized void forget() {
    seen.clear();
  }

  /** How many messages are not committed; -1 when it cannot be told. */
  long lag() throws InterruptedException {
    Map<Integer, Long> committed = committed();
    long lag = 0;
    try {
      var topics =
          admin.describeTopics(List.of(topic)).allTopicNames().get(5, TimeUnit.SECONDS).values();
      int partitions = topics.stream().mapToInt(one -> one.partitions().size()).sum();
      Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
      for (int i = 0; i < partitions; i++) {
        latest.put(new TopicPartition(topic, i), OffsetSpec.latest());
      }
      var ends = admin.listOffsets(latest).all().get(5, TimeUnit.SECONDS);
      for (var end : ends.entrySet()) {
        long done = committed.getOrDefault(end.getKey().partition(), 0L);
        if (done > end.getValue().offset()) {
          return -1;
        }
        lag += end.getValue().offset() - done;
      }
      return lag;
    } catch (ExecutionException | TimeoutException away) {
      return -1;
    }
  }
}
