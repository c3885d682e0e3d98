package io.modelvane.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;
import org.testcontainers.kafka.KafkaContainer;

/** The same against Kafka as its makers ship it, where there is a Docker to run it. */
@Testcontainers(disabledWithoutDocker = true)
class KafkaContainerTest {
  @Container private static final KafkaContainer KAFKA = new KafkaContainer("apache/kafka:4.1.1");

  @TempDir Path folder;

  @Test
  void readsCommitsAndReadsOn() throws Exception {
    Map<String, Object> servers = Map.of("bootstrap.servers", KAFKA.getBootstrapServers());
    try (Admin admin = Admin.create(servers)) {
      admin.createTopics(List.of(new NewTopic("calls", 1, (short) 1))).all().get();
    }
    send("one");
    try (Reader first = reader().start()) {
      first.untilRead(1);
      first.untilCommitted();
    }
    send("two");

    try (Reader second = reader().start()) {
      second.untilRead(1);
      assertThat(second.values()).containsExactly("two");
    }
  }

  private static void send(String value) throws Exception {
    try (var producer = Sent.producer(KAFKA.getBootstrapServers(), Map.of())) {
      producer.send(Sent.record("calls", 0, value)).get();
    }
  }

  private Reader reader() {
    return Reader.of(Wanted.from(KAFKA.getBootstrapServers()).topics("calls"), folder);
  }
}
