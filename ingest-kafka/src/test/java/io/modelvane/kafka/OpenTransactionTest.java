package io.modelvane.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What stands behind a transaction that is open is there, and waits. */
@ExtendWith(SharedBroker.class)
class OpenTransactionTest {
  @TempDir Path folder;

  @Test
  void messagesBehindItAreLagAndNoSilence() throws Exception {
    String topic = SharedBroker.topic(1);
    try (var producer =
            Sent.producer(SharedBroker.servers(), Map.of("transactional.id", "t-" + topic));
        Reader reader = Reader.of(Wanted.of(topic), folder)) {
      assertThat(reader.context().gauge("lag")).as("before it is known").isNaN();
      assertThat(reader.context().gauge("lag_seconds")).isNaN();
      reader.start();
      reader.untilAssigned(1);
      reader.until("nothing waits", () -> reader.context().gauge("lag") == 0);

      producer.initTransactions();
      producer.beginTransaction();
      producer.send(Sent.record(topic, 0, "in it")).get();
      Sent.to(topic, 0, "behind it");
      Instant sent = Instant.now();
      reader.until("both wait", () -> reader.context().gauge("lag") == 2);
      long end = System.nanoTime() + Duration.ofSeconds(2).toNanos();
      while (System.nanoTime() < end) {
        reader.poll();
        assertThat(reader.source().completeUntil().orElseThrow()).isBeforeOrEqualTo(sent);
      }
      assertThat(reader.values()).isEmpty();

      producer.abortTransaction();
      reader.untilRead(1);
      reader.until("nothing waits", () -> reader.context().gauge("lag") == 0);
      reader.until("moved on", () -> reader.source().completeUntil().orElseThrow().isAfter(sent));
      assertThat(reader.values()).containsExactly("behind it");
    }
  }
}
