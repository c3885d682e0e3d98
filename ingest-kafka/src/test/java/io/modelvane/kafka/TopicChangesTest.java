package io.modelvane.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelvane.spi.ComponentException;
import io.modelvane.spi.Outcome;
import io.modelvane.spi.Split;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Topics that come, go, grow and are made anew. */
@ExtendWith(SharedBroker.class)
class TopicChangesTest {
  @TempDir Path folder;

  @Test
  void partitionsAddedLaterAreReadFromTheirOldestMessage() throws Exception {
    String topic = SharedBroker.topic(1);
    try (Reader first = reader(topic, "latest").start()) {
      first.untilAssigned(1);
    }
    try (var admin = SharedBroker.admin()) {
      admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(2))).all().get();
    }
    Sent.to(topic, 1, "before anybody knew the partition");

    try (Reader second = reader(topic, "latest").start()) {
      second.untilRead(1);
      assertThat(second.values()).containsExactly("before anybody knew the partition");
    }
  }

  @Test
  void readsTopicsOfAPatternAndThoseThatComeLater() throws Exception {
    String first = SharedBroker.topic(1, Map.of());
    Sent.to(first, 0, "one");
    String later = first + "-later";
    Wanted wanted =
        Wanted.from(SharedBroker.servers())
            .pattern(first + "(-later)?")
            .start("latest")
            .properties(Map.of("metadata.max.age.ms", "300"));

    try (Reader reader = Reader.of(wanted, folder).start()) {
      reader.untilAssigned(1);
      SharedBroker.broker().createTopic(later, 1, Map.of());
      Sent.to(later, 0, "two");
      reader.untilRead(1);

      assertThat(reader.values()).containsExactly("two");
      assertThat(reader.assigned()).extracting(Split::stream).containsExactly(first, later);
    }
  }

  @Test
  void topicMadeAnewWhileReadingIsReadFromItsStartAsAnotherSplit() throws Exception {
    String topic = SharedBroker.topic(1);
    Sent.to(topic, 0, "old 1", "old 2");
    try (Reader reader = reader(topic).start()) {
      reader.untilRead(2);
      reader.untilCommitted();
      Split old = reader.assigned().iterator().next();
      makeAnew(topic);
      Sent.to(topic, 0, "new 1", "new 2", "new 3");

      reader.until("all of the new topic", () -> Set.copyOf(reader.values()).size() == 5);

      assertThat(reader.values()).endsWith("new 1", "new 2", "new 3");
      assertThat(reader.assigned()).hasSize(1).doesNotContain(old);
      reader.source().acknowledge(Map.of(old, 2L));
      reader.untilCommitted();
    }
    Sent.to(topic, 0, "new 4");
    try (Reader next = reader(topic).start()) {
      next.untilRead(1);
      assertThat(next.values()).containsExactly("new 4");
    }
  }

  @Test
  void positionOfATopicOfTheSameNameSkipsNothingOfTheNewOne() throws Exception {
    String topic = SharedBroker.topic(1);
    Sent.to(topic, 0, "old 1", "old 2");
    Topic earlier = new Topic("AAAAAAAAAAAAAAAAAAAAAA", 1);
    try (var admin = SharedBroker.admin()) {
      admin
          .alterConsumerGroupOffsets(
              "modelvane-metrics",
              Map.of(new TopicPartition(topic, 0), new OffsetAndMetadata(1, earlier.note())))
          .all()
          .get();
    }

    try (Reader reader = Reader.of(Wanted.of(topic).group("modelvane-metrics"), folder).start()) {
      reader.untilRead(2);
      assertThat(reader.values()).containsExactly("old 1", "old 2");
    }
  }

  @Test
  void positionsOfASmallerTopicOfTheSameNameSkipNothingOfThePartitionsThatItHadNot()
      throws Exception {
    String topic = SharedBroker.topic(2);
    Sent.to(topic, 0, "in the first");
    Sent.to(topic, 1, "in the second");
    Topic earlier = new Topic("AAAAAAAAAAAAAAAAAAAAAA", 1);
    String group = topic + "-group";
    try (var admin = SharedBroker.admin()) {
      admin
          .alterConsumerGroupOffsets(
              group, Map.of(new TopicPartition(topic, 0), new OffsetAndMetadata(1, earlier.note())))
          .all()
          .get();
    }

    try (Reader reader = Reader.of(Wanted.of(topic).group(group).start("latest"), folder).start()) {
      reader.untilRead(2);
      assertThat(reader.values()).containsExactlyInAnyOrder("in the first", "in the second");
    }
  }

  @Test
  void deletedTopicIsSaid() throws Exception {
    String topic = SharedBroker.topic(1);
    try (Reader reader = reader(topic).start()) {
      reader.untilAssigned(1);
      SharedBroker.delete(topic);

      reader.until("said", () -> reader.context().lastHealth().reason().contains(topic));

      assertThat(reader.context().lastHealth().reason())
          .contains("does not exist", "any more", "'topics'");
    }
  }

  @Test
  void missingTopicIsSaidAtTheStartAndFoundLater() throws Exception {
    String topic = SharedBroker.topic(1) + "-not-yet";
    try (Reader reader = reader(topic)) {
      assertThatThrownBy(reader::start)
          .isInstanceOfSatisfying(
              ComponentException.class,
              failure -> assertThat(failure.kind()).isEqualTo(Outcome.Kind.RETRYABLE))
          .hasMessageContaining(topic)
          .hasMessageContaining("create it");
      SharedBroker.broker().createTopic(topic, 1, Map.of());
      Sent.to(topic, 0, "there");

      reader.start();
      reader.untilRead(1);
    }
  }

  private static void makeAnew(String topic) throws Exception {
    SharedBroker.delete(topic);
    SharedBroker.broker().createTopic(topic, 1, Map.of());
  }

  private Reader reader(String topic) {
    return Reader.of(Wanted.of(topic), folder);
  }

  private Reader reader(String topic, String start) {
    return Reader.of(Wanted.of(topic).start(start), folder);
  }
}
