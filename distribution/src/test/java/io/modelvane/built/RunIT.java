package io.modelvane.built;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.modelvane.demo.KafkaBroker;
import io.modelvane.demo.QuestDbStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
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

/**
 * The built distribution from a real broker into a real store, in one story: it starts before its
 * broker does, stores what can be stored, keeps the rest, stops, and goes on where it was.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RunIT {
  private static final String TOPIC = "algorithmia-insights";
  private static final int PARTITIONS = 3;
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern METRIC = Pattern.compile("(?<=`)modelvane_[a-z_]+(?=`)");
  private static final Pattern ID = Pattern.compile("id-\\d+");

  /** All within one second, so that it is the request that tells them apart. */
  private static final String CALL =
      """
      {"request_id": "ID", "algorithm_name": "credit", "algorithm_owner": "acme",
       "algorithm_version": "1.0.DIGIT", "time": "2026-01-31T12:00:00",
       "duration_milliseconds": 7, "risk_score": 0.DIGIT}
      """;

  private static final List<String> NO_CALLS =
      List.of(
          "{\"request_id\": \"ID\", \"risk_score\": 0.",
          "[\"ID\"",
          "\"ID\"",
          "{\"request_id\": \"ID\", \"time\": \"yesterday\", \"risk_score\": 1}",
          "{\"request_id\": \"ID\", \"risk_score\": 1, \"risk_score\": 2}");

  @TempDir static Path folder;
  private KafkaBroker broker;
  private QuestDbStore store;
  private Path configuration;
  private Launched running;
  private final Set<String> produced = new LinkedHashSet<>();
  private final Set<String> broken = new LinkedHashSet<>();

  @BeforeAll
  void startTheStoreAndModelvaneButNoBroker() throws IOException {
    store = new QuestDbStore(folder.resolve("store"));
    store.launch();
    broker = KafkaBroker.inOwnProcess(folder.resolve("broker")).build();
    configuration =
        Files.writeString(
            folder.resolve("modelvane.yaml"),
            """
            data: %s
            http: { port: 0 }
            stop_within: 10s
            sources:
              insights:
                type: kafka
                bootstrap_servers: ["%s"]
                topics: [%s]
                group_instance_id: only-one
            sinks:
              influx: { type: influxdb, url: "%s", org: acme, bucket: insights, token: sesame-0815 }
            pipelines:
              metrics:
                source: insights
                decode: { type: algorithmia-insights, keep_ids: true }
                sinks: [influx]
            """
                .formatted(folder.resolve("data"), broker.bootstrapServers(), TOPIC, store.url()));
    running = launch();
    store.awaitReady(Duration.ofSeconds(90));
  }

  private Launched launch() throws IOException {
    return Launched.start(folder, List.of("run", "-c", configuration.toString()));
  }

  @AfterAll
  void stopAll() {
    running.close();
    broker.close();
    store.close();
  }

  @Test
  @Order(1)
  void withoutItsBrokerItWaitsAndSaysSo() throws Exception {
    running.awaitRunning();

    assertThat(running.get("/live").statusCode()).isEqualTo(200);
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> {
              assertThat(running.get("/ready").statusCode()).isEqualTo(503);
              JsonNode source = running.ready().path("parts").path("source insights of metrics");
              assertThat(source.path("state").asText()).isEqualTo("down");
              assertThat(source.path("reason").asText())
                  .contains("waiting to start", "no broker can be reached", "is Kafka running");
            });
    assertThat(running.err()).contains("no broker can be reached");
  }

  @Test
  @Order(2)
  void whenTheBrokerComesEveryMessageIsStoredOrKeptAsADeadLetter() throws Exception {
    broker.start();
    broker.createTopic(TOPIC, PARTITIONS, Map.of());
    produce(500, 25);

    await().atMost(SOON).until(() -> storedIds().size() + deadLetters().size() >= 525);
    assertThat(storedIds()).hasSize(500).doesNotContainAnyElementsOf(broken);
    assertThat(deadLetters()).isEqualTo(broken);
    assertThat(store.count("algorithmia")).isEqualTo(500);
    await().atMost(SOON).until(() -> running.get("/ready").statusCode() == 200);
    assertThat(running.metric("modelvane_pipeline_events_total")).isEqualTo(525);
    assertThat(running.metric("modelvane_pipeline_dead_letters_total")).isEqualTo(25);
  }

  @Test
  @Order(3)
  void aDeadLetterHoldsTheMessageItsPlaceAndTheReason() throws IOException {
    assertThat(letters())
        .allSatisfy(
            letter -> {
              assertThat(letter.path("format").asInt()).isEqualTo(1);
              assertThat(letter.path("pipeline").asText()).isEqualTo("metrics");
              assertThat(letter.path("stage").asText()).isEqualTo("decode");
              assertThat(letter.path("stream").asText()).isEqualTo(TOPIC);
              assertThat(letter.path("offset").isIntegralNumber()).isTrue();
              assertThat(letter.path("reason").asText()).isNotBlank();
              assertThat(letter.path("value").binaryValue())
                  .asString()
                  .isEqualTo(letter.path("text").asText());
            });
  }

  @Test
  @Order(3)
  void theListOfMetricsInTheDocumentationIsTrue() throws Exception {
    String page = Files.readString(Built.root().resolve("docs/operations.md"));
    Set<String> listed = new TreeSet<>();
    Matcher cell =
        METRIC.matcher(page.substring(page.indexOf("<!-- metrics"), page.indexOf("<!-- /metrics")));
    while (cell.find()) {
      listed.add(cell.group());
    }
    Set<String> shown = new TreeSet<>();
    for (String line : running.get("/metrics").body().lines().toList()) {
      if (line.startsWith("# TYPE modelvane_")) {
        shown.add(line.split(" ", -1)[2]);
      }
    }

    shown.removeIf(name -> name.endsWith("_seconds_max")); // comes with every timer
    assertThat(listed).isEqualTo(shown);
  }

  @Test
  @Order(4)
  void aSecondOneOnTheSameDataIsRefusedWithTheOwnersNumber() throws Exception {
    try (Launched second = launch()) {
      assertThat(second.exitCode(SOON)).isEqualTo(78);
      assertThat(second.err()).contains("data folder", "is in use by process");
    }
    assertThat(running.get("/live").statusCode()).isEqualTo(200);
  }

  @Test
  @Order(5)
  void whenAskedToStopItCommitsWhatItHasDoneAndEndsInTime() throws Exception {
    produce(100, 0);
    await().atMost(SOON).until(() -> storedIds().size() >= 600);
    running.signal("TERM");

    assertThat(running.exitCode(Duration.ofSeconds(10))).isEqualTo(143);
    assertThat(committed()).isEqualTo(625);
    assertThat(running.out() + running.err()).doesNotContain("sesame-0815");
  }

  @Test
  @Order(6)
  void startedAgainItReadsNothingTwiceAndGoesOn() throws Exception {
    running = launch();
    running.awaitRunning();
    produce(1, 0);

    await().atMost(SOON).until(() -> storedIds().size() == 601);
    assertThat(running.metric("modelvane_pipeline_events_total")).isEqualTo(1);
    assertThat(store.count("algorithmia")).isEqualTo(601);
    assertThat(storedIds()).containsAll(produced);
  }

  @Test
  @Order(7)
  void aKillLosesNothingAndDoublesNothing() throws Exception {
    produce(200, 5);
    running.close(); // as kill -9 does, most likely between reading and committing
    produce(50, 0);
    running = launch();

    await().atMost(SOON).until(() -> storedIds().containsAll(produced));
    await().atMost(SOON).until(() -> deadLetters().equals(broken));
    assertThat(store.count("algorithmia")).isEqualTo(produced.size());
  }

  /** Sends calls and messages that are none; each has an id of its own in its text. */
  private void produce(int calls, int malformed) {
    Map<String, Object> settings =
        Map.of("bootstrap.servers", broker.bootstrapServers(), "acks", "all");
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
      for (int i = 0; i < calls; i++) {
        send(producer, produced, CALL);
      }
      for (int i = 0; i < malformed; i++) {
        send(producer, broken, NO_CALLS.get(i % NO_CALLS.size()));
      }
    }
  }

  private void send(KafkaProducer<String, String> producer, Set<String> ids, String text) {
    int number = produced.size() + broken.size();
    String id = "id-" + number;
    ids.add(id);
    String value = text.replace("ID", id).replace("DIGIT", String.valueOf(number % 10));
    var unused = producer.send(new ProducerRecord<>(TOPIC, number % PARTITIONS, null, value));
  }

  private Set<String> storedIds() {
    Set<String> ids = new TreeSet<>();
    for (List<?> row : store.query("SELECT request_id FROM algorithmia LIMIT 100000").rows()) {
      ids.add(String.valueOf(row.get(0)));
    }
    return ids;
  }

  private Set<String> deadLetters() throws IOException {
    Set<String> ids = new LinkedHashSet<>();
    for (JsonNode letter : letters()) {
      Matcher id = ID.matcher(letter.path("text").asText());
      assertThat(id.find()).as(letter.toString()).isTrue();
      ids.add(id.group());
    }
    return ids;
  }

  private List<JsonNode> letters() throws IOException {
    Path kept = folder.resolve("data/dead-letters");
    if (!Files.isDirectory(kept)) {
      return List.of();
    }
    List<JsonNode> letters = new ArrayList<>();
    try (Stream<Path> files = Files.list(kept)) {
      for (Path file : files.toList()) {
        for (String line : Files.readAllLines(file)) {
          letters.add(JSON.readTree(line));
        }
      }
    }
    return letters;
  }

  private long committed() throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      return admin
          .listConsumerGroupOffsets("modelvane-metrics")
          .partitionsToOffsetAndMetadata()
          .get()
          .values()
          .stream()
          .mapToLong(offset -> offset.offset())
          .sum();
    }
  }
}
