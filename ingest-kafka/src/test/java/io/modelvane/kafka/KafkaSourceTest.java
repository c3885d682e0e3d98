package io.modelvane.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelvane.spi.ComponentException;
import io.modelvane.spi.Outcome;
import io.modelvane.spi.Split;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SharedBroker.class)
class KafkaSourceTest {
  @TempDir Path folder;

  @Test
  void readsOnWhereItWasAcknowledged() throws Exception {
    String topic = SharedBroker.topic(1);
    Sent.to(topic, 0, "one", "two", "three");
    try (Reader first = reader(topic).start()) {
      first.untilRead(3);
      first.untilCommitted();
    }
    Sent.to(topic, 0, "four");

    try (Reader second = reader(topic).start()) {
      second.untilRead(1);
      assertThat(second.values()).containsExactly("four");
    }
  }

  @Test
  void readsAgainWhatWasNotAcknowledged() throws Exception {
    String topic = SharedBroker.topic(1);
    Sent.to(topic, 0, "one", "two");
    try (Reader first = reader(topic).start().holding()) {
      first.untilRead(2);
    }

    try (Reader second = reader(topic).start()) {
      second.untilRead(2);
      assertThat(second.values()).containsExactly("one", "two");
    }
  }

  @Test
  void stopCommitsWhatWasAcknowledgedJustBefore() throws Exception {
    String topic = SharedBroker.topic(1);
    Sent.to(topic, 0, "one");
    try (Reader first = reader(topic).start().drainingOnRevoke()) {
      first.untilRead(1);
    }
    Sent.to(topic, 0, "two");

    try (Reader second = reader(topic).start()) {
      second.untilRead(1);
      assertThat(second.values()).containsExactly("two");
    }
  }

  @Test
  void startsAtTheNewestWhenAskedTo() throws Exception {
    String topic = SharedBroker.topic(1);
    Sent.to(topic, 0, "old");
    try (Reader reader = reader(topic, "latest").start()) {
      reader.untilAssigned(1);
      Sent.to(topic, 0, "new");

      reader.untilRead(1);

      assertThat(reader.values()).containsExactly("new");
    }
  }

  @Test
  void newestIsDecidedOnceAndNotAnewAfterARestart() throws Exception {
    String topic = SharedBroker.topic(1);
    Sent.to(topic, 0, "old");
    try (Reader first = reader(topic, "latest").start()) {
      first.untilAssigned(1);
    }
    Sent.to(topic, 0, "while nobody was there");

    try (Reader second = reader(topic, "latest").start()) {
      second.untilRead(1);
      assertThat(second.values()).containsExactly("while nobody was there");
    }
  }

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
  void startsAtATime() throws Exception {
    String topic = SharedBroker.topic(2);
    Instant noon = Instant.parse("2026-01-31T12:00:00Z");
    Sent.at(topic, noon.minusSeconds(1), "before");
    Sent.at(topic, noon, "at");
    Sent.at(topic, noon.plusSeconds(1), "after");

    try (Reader reader = reader(topic, noon.toString()).start()) {
      reader.untilRead(2);
      assertThat(reader.values()).containsExactly("at", "after");
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
  void markersAndAbortedTransactionsMoveThePositionWithoutMessages() throws Exception {
    String topic = SharedBroker.topic(1);
    try (var producer =
        Sent.producer(SharedBroker.servers(), Map.of("transactional.id", "t-" + topic))) {
      producer.initTransactions();
      producer.beginTransaction();
      producer.send(Sent.record(topic, 0, "kept")).get();
      producer.commitTransaction();
      producer.beginTransaction();
      producer.send(Sent.record(topic, 0, "aborted")).get();
      producer.abortTransaction();
    }

    try (Reader reader = reader(topic).start().holding()) {
      reader.untilRead(1);
      reader.until("past the last marker", () -> reader.next().containsValue(4L));

      assertThat(reader.values()).containsExactly("kept");
      reader.acknowledge();
      reader.until("nothing waits", () -> reader.context().gauge("lag") == 0);
    }
  }

  @Test
  void messageLargerThanTheFetchSizeIsRead() throws Exception {
    String topic = SharedBroker.topic(1, Map.of("max.message.bytes", "8000000"));
    String large = "x".repeat(5_000_000);
    try (var producer =
        Sent.producer(SharedBroker.servers(), Map.of("max.request.size", 8_000_000))) {
      producer.send(Sent.record(topic, 0, "small")).get();
      producer.send(Sent.record(topic, 0, large)).get();
      producer.send(Sent.record(topic, 0, "small too")).get();
    }

    try (Reader reader = Reader.of(wanted(topic).fetchSize("64KiB"), folder).start()) {
      reader.untilRead(3);
      assertThat(reader.values()).extracting(String::length).containsExactly(5, 5_000_000, 9);
    }
  }

  @Test
  void positionThatRetentionHasPassedGoesOnAtTheOldestMessageAndIsCounted() throws Exception {
    String topic = SharedBroker.topic(1);
    Sent.to(topic, 0, "one", "two", "three");
    try (Reader first = reader(topic).start().holding()) {
      first.untilRead(3);
      first.acknowledge(Map.of(first.assigned().iterator().next(), 1L));
      first.untilCommitted();
    }
    try (var admin = SharedBroker.admin()) {
      admin
          .deleteRecords(Map.of(new TopicPartition(topic, 0), RecordsToDelete.beforeOffset(2)))
          .all()
          .get();
    }

    try (Reader second = reader(topic).start()) {
      second.untilRead(1);
      assertThat(second.values()).containsExactly("three");
      assertThat(second.context().count("position_resets")).isEqualTo(1);
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

    try (Reader reader = Reader.of(wanted(topic).group("modelvane-metrics"), folder).start()) {
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

    try (Reader reader = Reader.of(wanted(topic).group(group).start("latest"), folder).start()) {
      reader.untilRead(2);
      assertThat(reader.values()).containsExactlyInAnyOrder("in the first", "in the second");
    }
  }

  @Test
  void deletedTopicIsSaid() throws Exception {
    String topic = SharedBroker.topic(1);
    try (Reader reader = reader(topic).start()) {
      reader.untilAssigned(1);
      delete(topic);

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

  @Test
  void pausedPartitionsBringNothingUntilResumed() throws Exception {
    String topic = SharedBroker.topic(1);
    try (Reader reader = reader(topic).start()) {
      reader.untilAssigned(1);
      reader.source().pause(Set.copyOf(reader.assigned()));
      Sent.to(topic, 0, "waiting");
      reader.until("lag is known", () -> reader.context().gauge("lag") == 1);
      assertThat(reader.values()).isEmpty();

      reader.source().resume(Set.copyOf(reader.assigned()));
      reader.untilRead(1);
    }
  }

  @Test
  void lagCountsWhatIsAssignedAndNotYetReadAndWhatIsReadAndNotYetStored() throws Exception {
    String topic = SharedBroker.topic(2);
    Sent.at(topic, Instant.now().minusSeconds(3600), "old");
    Sent.to(topic, 1, "a", "b");
    try (Reader reader = reader(topic).start().holding()) {
      reader.untilRead(3);
      reader.until("lag is known", () -> reader.context().gauge("lag") == 3);
      assertThat(reader.context().gauge("lag_seconds")).isBetween(0.0, 60.0);

      reader.acknowledge();

      assertThat(reader.context().gauge("lag")).isZero();
      assertThat(reader.context().gauge("lag_seconds")).isZero();
    }
  }

  @Test
  void wakeUpEndsAWaitingPoll() throws Exception {
    String topic = SharedBroker.topic(1);
    try (Reader reader = reader(topic).start()) {
      reader.untilAssigned(1);
      Thread waker =
          new Thread(
              () -> {
                while (!Thread.currentThread().isInterrupted()) {
                  reader.source().wakeup();
                }
              });
      waker.start();
      long before = System.nanoTime();

      assertThat(reader.source().poll(Duration.ofSeconds(30))).isEmpty();

      assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(20));
      waker.interrupt();
      waker.join();
    }
  }

  @Test
  void interruptEndsAPollAsAnInterrupt() throws Exception {
    String topic = SharedBroker.topic(1);
    try (Reader reader = reader(topic).start()) {
      reader.untilAssigned(1);
      Thread.currentThread().interrupt();

      assertThatThrownBy(() -> reader.source().poll(Duration.ofSeconds(30)))
          .isInstanceOf(InterruptedException.class);
      assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }
  }

  @Test
  void stopIsHarmlessAtAnyTimeAndStartWorksAfterIt() throws Exception {
    String topic = SharedBroker.topic(1);
    Sent.to(topic, 0, "one");
    Reader reader = Reader.of(wanted(topic), new Lent("stopping", folder));
    reader.close();
    reader.start();
    reader.close();
    reader.close();
    assertThat(reader.assigned()).isEmpty();

    reader.start();
    reader.untilRead(1);
    reader.close();

    assertThat(reader.assigned()).isEmpty();
    assertThat(threadsOfTheStopping()).isEmpty();
  }

  private List<String> threadsOfTheStopping() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.contains("modelvane-stopping-insights"))
        .toList();
  }

  private static void makeAnew(String topic) throws Exception {
    delete(topic);
    SharedBroker.broker().createTopic(topic, 1, Map.of());
  }

  static void delete(String topic) throws Exception {
    try (var admin = SharedBroker.admin()) {
      admin.deleteTopics(List.of(topic)).all().get();
      org.awaitility.Awaitility.await()
          .until(() -> !admin.listTopics().names().get().contains(topic));
    }
  }

  private static Wanted wanted(String topic) {
    return Wanted.from(SharedBroker.servers()).topics(topic).group("group-of-" + topic);
  }

  private Reader reader(String topic) {
    return Reader.of(wanted(topic), folder);
  }

  private Reader reader(String topic, String start) {
    return Reader.of(wanted(topic).start(start), folder);
  }
}
