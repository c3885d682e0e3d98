package io.modelvane.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewPartitionReassignment;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.ElectionType;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** What an administrator of Kafka can do to the topic and the groups of a case. */
final class Cluster implements AutoCloseable {
  private static final String POSITIONS = "__consumer_offsets";

  private final Ground.Lane lane;
  private final String topic;
  private final Admin admin;

  /** The topic is made. */
  Cluster(Ground.Lane lane, String topic) {
    this.lane = lane;
    this.topic = topic;
    lane.broker().createTopic(topic, Traffic.PARTITIONS, Map.of());
    this.admin =
        Admin.create(Map.of("bootstrap.servers", servers(), "reconnect.backoff.max.ms", "500"));
  }

  private String servers() {
    return lane.broker().bootstrapServers();
  }

  /** Watches what a group commits. */
  Watch watch(String group, Watch.Subject subject) {
    return new Watch(admin, group, subject);
  }

  /** Adds partitions, until there are so many. */
  void grow(int partitions) throws Exception {
    admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(partitions))).all().get();
  }

  void delete() throws Exception {
    admin.deleteTopics(List.of(topic)).all().get();
  }

  /** Makes it anew, once it is gone. */
  void create() {
    lane.broker().createTopic(topic, Traffic.PARTITIONS, Map.of());
  }

  boolean isGone() {
    try {
      return !admin.listTopics().names().get().contains(topic);
    } catch (ExecutionException away) {
      return false;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /**
   * Asks for a broker to lead all partitions, those that keep the groups' positions as well;
   * answers whether it does.
   */
  boolean lead(int broker) {
    try {
      Map<TopicPartition, Optional<NewPartitionReassignment>> orders = new HashMap<>();
      for (TopicDescription one : described()) {
        for (TopicPartitionInfo partition : one.partitions()) {
          List<Integer> replicas =
              new ArrayList<>(partition.replicas().stream().map(Node::id).toList());
          replicas.sort(Comparator.comparing(id -> id != broker));
          orders.put(
              new TopicPartition(one.name(), partition.partition()),
              Optional.of(new NewPartitionReassignment(replicas)));
        }
      }
      admin.alterPartitionReassignments(orders).all().get();
      var unused = admin.electLeaders(ElectionType.PREFERRED, orders.keySet()).partitions().get();
    } catch (ExecutionException notYet) {
      return false;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
    return isLedBy(broker);
  }

  /** Whether all partitions, those that keep the groups' positions as well, have this leader. */
  boolean isLedBy(int broker) {
    try {
      return described().stream()
          .flatMap(one -> one.partitions().stream())
          .allMatch(one -> one.leader() != null && one.leader().id() == broker);
    } catch (ExecutionException away) {
      return false;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private Collection<TopicDescription> described() throws ExecutionException, InterruptedException {
    return admin.describeTopics(List.of(topic, POSITIONS)).allTopicNames().get().values();
  }

  /** Deletes every message that there is. */
  void expire() throws Exception {
    Map<TopicPartition, RecordsToDelete> all = new HashMap<>();
    partitions().forEach(one -> all.put(one, RecordsToDelete.beforeOffset(-1)));
    admin.deleteRecords(all).all().get();
  }

  /** Keeps the last message of each key from now on, and the others not for long. */
  void compact() throws Exception {
    Collection<AlterConfigOp> changes = new ArrayList<>();
    Map.of("cleanup.policy", "compact", "segment.ms", "200", "min.cleanable.dirty.ratio", "0.01")
        .forEach(
            (name, value) ->
                changes.add(
                    new AlterConfigOp(new ConfigEntry(name, value), AlterConfigOp.OpType.SET)));
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    admin.incrementalAlterConfigs(Map.of(resource, changes)).all().get();
  }

  /** Gives the user of this case, who is called as the topic is, a password. */
  void password(String password) throws Exception {
    ScramCredentialInfo strength = new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_256, 4_096);
    admin
        .alterUserScramCredentials(
            List.of(new UserScramCredentialUpsertion(topic, strength, password)))
        .all()
        .get();
  }

  /** Lets a group that has no member begin at offset 0 again. */
  void rewind(String group) throws Exception {
    Map<TopicPartition, OffsetAndMetadata> zero = new HashMap<>();
    partitions().forEach(one -> zero.put(one, new OffsetAndMetadata(0)));
    admin.alterConsumerGroupOffsets(group, zero).all().get();
  }

  /** Whether the group has given its members up. */
  boolean isEmpty(String group) {
    try {
      return admin.describeConsumerGroups(List.of(group)).all().get().values().stream()
          .allMatch(one -> one.groupState() == GroupState.EMPTY);
    } catch (ExecutionException away) {
      return false;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** How many offsets there are without a message, up to the last message. */
  long gaps() {
    Map<String, Object> settings = Map.of("bootstrap.servers", servers());
    try (KafkaConsumer<byte[], byte[]> reader =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      Set<TopicPartition> all = partitions();
      reader.assign(all);
      reader.seekToBeginning(all);
      Map<TopicPartition, Long> ends = reader.endOffsets(all);
      long messages = 0;
      while (all.stream().anyMatch(one -> reader.position(one) < ends.getOrDefault(one, 0L))) {
        messages += reader.poll(Duration.ofMillis(200)).count();
      }
      return ends.values().stream().mapToLong(Long::longValue).sum() - messages;
    }
  }

  private Set<TopicPartition> partitions() {
    Set<TopicPartition> all = new java.util.HashSet<>();
    for (int i = 0; i < Traffic.PARTITIONS; i++) {
      all.add(new TopicPartition(topic, i));
    }
    return all;
  }

  @Override
  public void close() {
    admin.close(Duration.ZERO);
  }
}
