package io.modelvane.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrafficGeneratorTest {
  private static final TrafficPlan PLAN =
      TrafficPlan.standard()
          .withCallsPerSecond(500)
          .withRisk(Duration.ofMillis(500), Duration.ofSeconds(2), Duration.ofSeconds(2))
          .withMalformedEvery(20);
  @TempDir Path folder;

  @Test
  void whatIsCountedIsWhatTheTopicHolds() {
    try (KafkaBroker broker = KafkaBroker.inThisJvm(folder).start()) {
      broker.createTopic("calls", 2, Map.of());
      TrafficGenerator traffic = TrafficGenerator.start(broker.bootstrapServers(), "calls", PLAN);
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> traffic.counts().malformed() >= 10 && !traffic.recoveries().isEmpty());
      traffic.stop();

      TrafficCounts counts = traffic.counts();
      List<String> read = Records.read(broker.bootstrapServers(), "calls", (int) counts.messages());

      assertThat(read).hasSize((int) counts.messages());
      assertThat(counts.failed()).isZero();
      assertThat(counts.callsByModel()).hasSize(5);
      assertThat(traffic.lastCallOf(Model.RISKY)).isPresent();
      assertThat(traffic.breaches().get(0).episode()).isZero();
      assertThat(traffic.recoveries().get(0)).isAfter(traffic.breaches().get(0).producedAt());
    }
  }

  @Test
  void everythingAcknowledgedSurvivesAKilledBroker() {
    try (KafkaBroker broker = KafkaBroker.inOwnProcess(folder).start()) {
      broker.createTopic("calls", 1, Map.of());
      TrafficGenerator traffic = TrafficGenerator.start(broker.bootstrapServers(), "calls", PLAN);
      await().atMost(Duration.ofSeconds(60)).until(() -> traffic.counts().messages() > 200);
      broker.kill();
      broker.start();
      long before = traffic.counts().messages();
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> traffic.counts().messages() > before + 200);
      traffic.stop();

      long messages = traffic.counts().messages();

      assertThat(traffic.counts().failed()).isZero();
      assertThat(Records.read(broker.bootstrapServers(), "calls", (int) messages))
          .hasSize((int) messages);
    }
  }
}
