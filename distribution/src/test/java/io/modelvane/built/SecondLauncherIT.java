package io.modelvane.built;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.modelvane.demo.KafkaBroker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** The built distribution and a second one beside it, and after it was killed. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SecondLauncherIT {
  private static final Duration LIMIT = Duration.ofSeconds(90);
  private static final int PARTITIONS = 4;

  private static final String ALERTS =
      "  alerts: { source: insights, decode: algorithmia-insights, sinks: [watch] }\n";

  @TempDir static Path folder;
  private KafkaBroker broker;
  private Path plugins;
  private Launched first;

  @BeforeAll
  void start() throws IOException {
    plugins = Built.copyPlugins(folder.resolve("plugins"));
    SmallPlugin.folderWithOne(plugins);
    broker = KafkaBroker.inOwnProcess(folder.resolve("broker")).build();
    broker.start();
    broker.createTopic("insights", PARTITIONS, Map.of());
    first = launch("first", ALERTS);
    first.awaitRunning();
  }

  @AfterAll
  void stop() {
    first.close();
    broker.close();
  }

  private Launched launch(String data, String more) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve(data + ".yaml"),
            """
            data: %s
            http: { port: 0 }
            sources:
              insights: { type: kafka, bootstrap_servers: ["%s"], topics: [insights] }
            sinks:
              store: { type: memory }
              watch:
                type: alerting
                checks: { risky: { type: threshold, field: risk_score, levels: { crit: "> 2" } } }
            pipelines:
              metrics: { source: insights, decode: algorithmia-insights, sinks: [store] }
            %s"""
                .formatted(folder.resolve(data), broker.bootstrapServers(), more));
    return Launched.start(
        folder, List.of("run", "--plugins", plugins.toString(), "-c", file.toString()));
  }

  /** Sends a call to each partition. */
  private void call() throws ExecutionException, InterruptedException {
    Map<String, Object> settings =
        Map.of("bootstrap.servers", broker.bootstrapServers(), "acks", "all");
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
      for (int partition = 0; partition < PARTITIONS; partition++) {
        String call = "{\"time\":\"2026-01-31T12:00:00\",\"risk_score\":0.%d}".formatted(partition);
        producer.send(new ProducerRecord<>("insights", partition, null, call)).get();
      }
    }
  }

  private double rebalances() throws IOException, InterruptedException {
    return first.metric("modelvane_source_rebalances_total", "pipeline=\"alerts\"");
  }

  private static double events(Launched launched, String pipeline)
      throws IOException, InterruptedException {
    return launched.metric("modelvane_pipeline_events_total", "pipeline=\"" + pipeline + "\"");
  }

  @Test
  @Order(1)
  void oneReadsEverything() throws Exception {
    call();

    await().atMost(LIMIT).until(() -> events(first, "alerts") == PARTITIONS);
    await().atMost(LIMIT).until(() -> events(first, "metrics") == PARTITIONS);
  }

  @Test
  @Order(2)
  void aSecondOneWithAlertingOnItsOwnDataIsRefusedAndTheFirstIsNotDisturbed() throws Exception {
    try (Launched second = launch("second", ALERTS)) {
      assertThat(second.exitCode(LIMIT)).isEqualTo(78);
      assertThat(second.err())
          .contains("source 'insights'", "consumer group modelvane-alerts is in use by modelvane-")
          .contains(" at 127.0.0.1", "stop that process");
    }
    call();
    await().atMost(LIMIT).until(() -> events(first, "alerts") == 2 * PARTITIONS);
    assertThat(rebalances()).as("but for its own joining").isEqualTo(1);
  }

  @Test
  @Order(3)
  void aSecondOneThatStoresOnlyTakesItsShare() throws Exception {
    try (Launched second = launch("third", "")) {
      second.awaitRunning();
      await()
          .atMost(LIMIT)
          .until(
              () -> {
                call();
                return events(second, "metrics") > 0;
              });
      assertThat(rebalances()).isEqualTo(1);
      second.signal("TERM");
      second.exitCode(LIMIT);
    }
  }

  @Test
  @Order(4)
  void killedAndStartedAgainItReadsAtOnceAndDoesNotWaitForItsOldSession() throws Exception {
    first.close();
    first = launch("first", ALERTS);
    first.awaitRunning();
    call();

    long running = System.nanoTime();
    await()
        .atMost(LIMIT)
        .pollInterval(Duration.ofMillis(20))
        .until(() -> events(first, "alerts") > 0 && events(first, "metrics") > 0);
    assertThat((System.nanoTime() - running) / 1e9).as("seconds; a session is 30 s").isLessThan(5);
  }
}
