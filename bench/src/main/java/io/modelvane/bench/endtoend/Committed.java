package io.modelvane.bench.endtoend;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;

/** Whether consumer groups are there, and how far they have come. */
final class Committed implements AutoCloseable {
  private final Admin admin;

  Committed(String brokers) {
    this.admin = Admin.create(Map.of("bootstrap.servers", brokers));
  }

  /** Whether each of these groups has committed so many messages. */
  boolean reached(List<String> groups, long messages) throws InterruptedException {
    for (String group : groups) {
      if (committed(group) < messages) {
        return false;
      }
    }
    return true;
  }

  /** Whether each of these groups has a member. */
  boolean joined(List<String> groups) throws InterruptedException {
    try {
      return admin.describeConsumerGroups(groups).all().get().values().stream()
          .noneMatch(group -> group.members().isEmpty());
    } catch (ExecutionException notYet) {
      return false;
    }
  }

  private long committed(String group) throws InterruptedException {
    try {
      return admin
          .listConsumerGroupOffsets(group)
          .partitionsToOffsetAndMetadata()
          .get()
          .values()
          .stream()
          .mapToLong(position -> position == null ? 0 : position.offset())
          .sum();
    } catch (ExecutionException notYet) {
      return 0;
    }
  }

  @Override
  public void close() {
    admin.close();
  }
}
