package io.modelvane.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What is read, from where, and what is committed. */
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
  void theSameOneReadsAgainWhatWasNotAcknowledgedWhenItIsStartedAgain() throws Exception {
    String topic = SharedBroker.topic(1);
    Sent.to(topic, 0, "one", "two");
    try (Reader reader = reader(topic).start()) {
      reader.untilRead(2);
      reader.untilCommitted();
      Sent.to(topic, 0, "three");
      reader.holding().untilRead(3);
      reader.source().stop();

      reader.start();
      reader.untilRead(4);
      assertThat(reader.values()).containsExactly("one", "two", "three", "three");
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

    try (Reader reader = Reader.of(Wanted.of(topic).fetchSize("64KiB"), folder).start()) {
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
    Reader reader = Reader.of(Wanted.of(topic), new Lent("stopping", folder));
    reader.close();
    reader.start();
    reader.close();
    reader.close();
    assertThat(reader.assigned()).isEmpty();

    reader.start();
    reader.untilRead(1);
    reader.close();

    assertThat(reader.assigned()).isEmpty();
    // A busy machine may need longer than the second that a stop waits for the client's last
    // thread.
    Awaitility.await()
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(() -> assertThat(threadsOfTheStopping()).isEmpty());
  }

  private List<String> threadsOfTheStopping() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.contains("modelvane-stopping-insights"))
        .toList();
  }

  private Reader reader(String topic) {
    return Reader.of(Wanted.of(topic), folder);
  }

  private Reader reader(String topic, String start) {
    return Reader.of(Wanted.of(topic).start(start), folder);
  }
}
