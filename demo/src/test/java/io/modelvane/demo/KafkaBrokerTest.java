package io.modelvane.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.errors.TopicExistsException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaBrokerTest {
  @TempDir Path folder;

  @Test
  void brokerInThisJvmKeepsItsTopicsOverARestart() throws Exception {
    try (KafkaBroker broker = KafkaBroker.inThisJvm(folder).start()) {
      broker.createTopic("calls", 3, Map.of("retention.ms", "60000"));
      broker.stop();
      assertThat(broker.isRunning()).isFalse();

      broker.start();

      assertThat(topics(broker)).contains("calls");
    }
  }

  @Test
  void brokerInThisJvmCannotBeKilled() {
    KafkaBroker broker = KafkaBroker.inThisJvm(folder).build();

    assertThatThrownBy(broker::kill).hasMessageContaining("inOwnProcess");
  }

  @Test
  void acknowledgedRecordsSurviveAKilledBroker() throws Exception {
    try (KafkaBroker broker = KafkaBroker.inOwnProcess(folder).start()) {
      broker.createTopic("calls", 1, Map.of());
      Records.send(broker.bootstrapServers(), "calls", 200);
      broker.kill();
      assertThat(broker.isRunning()).isFalse();
      assertThat(Loopback.accepts(broker.bootstrapServers())).isFalse();

      broker.start();

      assertThat(Records.read(broker.bootstrapServers(), "calls", 200)).hasSize(200);
    }
  }

  @Test
  void secondBrokerHoldsReplicas() throws Exception {
    try (KafkaBroker first =
            KafkaBroker.inThisJvm(folder.resolve("first"))
                .property("default.replication.factor", "2")
                .start();
        KafkaBroker second =
            KafkaBroker.inThisJvm(folder.resolve("second")).joining(first).start()) {
      first.createTopic("calls", 1, Map.of());

      try (Admin admin = Admin.create(Map.of("bootstrap.servers", second.bootstrapServers()))) {
        assertThat(admin.describeTopics(List.of("calls")).allTopicNames().get().values())
            .flatExtracting(topic -> topic.partitions().get(0).replicas())
            .extracting(Node::id)
            .containsExactlyInAnyOrder(1, 2);
      }
    }
  }

  @Test
  void existingTopicIsReportedByItsCause() {
    try (KafkaBroker broker = KafkaBroker.inThisJvm(folder).start()) {
      broker.createTopic("calls", 1, Map.of());

      assertThatThrownBy(() -> broker.createTopic("calls", 1, Map.of()))
          .hasMessageContaining("calls")
          .hasCauseInstanceOf(TopicExistsException.class);
    }
  }

  @Test
  void brokerThatCannotStartSaysWhy() {
    KafkaBroker broker =
        KafkaBroker.inOwnProcess(folder).property("log.retention.ms", "not a number").build();
    broker.launch();

    assertThatThrownBy(() -> broker.awaitReady(Duration.ofSeconds(60)))
        .hasMessageContaining("broker.log ends:")
        .hasMessageContaining("Invalid value not a number for configuration log.retention.ms");
  }

  private static java.util.Set<String> topics(KafkaBroker broker)
      throws ExecutionException, InterruptedException {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      return admin.listTopics().names().get();
    }
  }
}
