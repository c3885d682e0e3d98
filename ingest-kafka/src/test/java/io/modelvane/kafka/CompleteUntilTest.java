package io.modelvane.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelvane.demo.KafkaBroker;
import io.modelvane.spi.Health;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SharedBroker.class)
class CompleteUntilTest {
  @TempDir Path folder;

  @Test
  void isUnknownBeforeThereArePartitions() throws Exception {
    try (Reader reader = reader(SharedBroker.topic(1)).start()) {
      assertThat(reader.source().completeUntil()).isEmpty();
    }
  }

  @Test
  void followsTheClockWhileNothingComes() throws Exception {
    try (Reader reader = reader(SharedBroker.topic(3)).start()) {
      reader.untilAssigned(3);

      for (int i = 0; i < 3; i++) {
        Instant asked = Instant.now();
        reader.until("moved on", () -> complete(reader).isAfter(asked));
        assertThat(complete(reader)).isBeforeOrEqualTo(Instant.now());
      }
    }
  }

  @Test
  void isTheTimeOfTheLastMessageReturnedInABacklog() throws Exception {
    String topic = SharedBroker.topic(2);
    Instant hourAgo =
        Instant.now().minusSeconds(3600).truncatedTo(java.time.temporal.ChronoUnit.MILLIS);
    for (int i = 0; i < 5; i++) {
      Sent.at(topic, hourAgo.plusSeconds(i), "call " + i);
    }
    Wanted wanted = Wanted.of(topic).properties(Map.of("max.poll.records", "1"));
    try (Reader reader = Reader.of(wanted, folder).start()) {
      for (int i = 0; i < 4; i++) {
        reader.untilRead(i + 1);
        assertThat(complete(reader)).isBeforeOrEqualTo(hourAgo.plusSeconds(i));
      }
      reader.until("the idle partition is known", () -> !complete(reader).equals(Instant.EPOCH));
      reader.until("caught up", () -> complete(reader).isAfter(hourAgo.plusSeconds(60)));
      assertThat(reader.values()).hasSize(5);
    }
  }

  @Test
  void messagesOfTheFutureDoNotMoveIt() throws Exception {
    String topic = SharedBroker.topic(1);
    Sent.at(topic, Instant.now().plusSeconds(3600), "too early 1");
    Sent.at(topic, Instant.now().plusSeconds(3600), "too early 2");
    Wanted wanted = Wanted.of(topic).properties(Map.of("max.poll.records", "1"));
    try (Reader reader = Reader.of(wanted, folder).start()) {
      reader.untilRead(1);
      assertThat(complete(reader)).isBeforeOrEqualTo(Instant.now());
      reader.untilRead(2);
      Instant read = Instant.now();
      reader.until("moved on", () -> complete(reader).isAfter(read));
      assertThat(complete(reader)).isBeforeOrEqualTo(Instant.now());
    }
  }

  @Test
  void messagesOfThePastDoNotHoldItBack() throws Exception {
    String topic = SharedBroker.topic(1);
    Sent.at(topic, Instant.now().minusSeconds(86_400), "very late");
    try (Reader reader = reader(topic).start()) {
      reader.untilRead(1);
      Instant read = Instant.now();
      reader.until("moved on", () -> complete(reader).isAfter(read));
    }
  }

  @Test
  void standsStillWhileMessagesWaitInAPausedPartition() throws Exception {
    String topic = SharedBroker.topic(2);
    try (Reader reader = reader(topic).start()) {
      reader.untilAssigned(2);
      reader.source().pause(Set.copyOf(reader.assigned()));
      Sent.to(topic, 1, "waiting");
      Instant sent = Instant.now();
      reader.until("lag is known", () -> reader.context().gauge("lag") == 1);
      long end = System.nanoTime() + Duration.ofSeconds(2).toNanos();
      while (System.nanoTime() < end) {
        reader.poll();
        assertThat(complete(reader)).isBeforeOrEqualTo(sent);
      }

      reader.source().resume(Set.copyOf(reader.assigned()));
      reader.until("moved on", () -> complete(reader).isAfter(sent));
      assertThat(reader.values()).containsExactly("waiting");
    }
  }

  @Test
  void standsStillWhileTheBrokerIsAwayAndSaysSo() throws Exception {
    try (KafkaBroker broker = KafkaBroker.inOwnProcess(folder.resolve("broker")).build()) {
      broker.start();
      broker.createTopic("calls", 2, Map.of());
      Wanted wanted = Wanted.from(broker.bootstrapServers()).topics("calls");
      try (Reader reader = Reader.of(wanted, folder).start()) {
        reader.untilAssigned(2);
        Instant alive = Instant.now();
        reader.until("moved on", () -> complete(reader).isAfter(alive));
        broker.kill();
        Instant killed = Instant.now();

        reader.until(
            "health says so", () -> reader.context().lastHealth().state() == Health.State.DOWN);
        assertThat(complete(reader)).isBeforeOrEqualTo(killed);
        assertThat(reader.context().lastHealth().reason()).contains("do not answer");

        broker.start();
        try (var producer = Sent.producer(broker.bootstrapServers(), Map.of())) {
          producer.send(Sent.record("calls", 1, "after")).get();
        }
        Instant back = Instant.now();
        reader.untilRead(1);
        reader.until("moved on", () -> complete(reader).isAfter(back));
        assertThat(reader.values()).containsExactly("after");
        reader.until("healthy", () -> reader.context().lastHealth().equals(Health.UP));
        reader.untilCommitted();
      }
    }
  }

  private static Instant complete(Reader reader) {
    return reader.source().completeUntil().orElse(Instant.EPOCH);
  }

  private Reader reader(String topic) {
    return Reader.of(Wanted.of(topic), folder);
  }
}
