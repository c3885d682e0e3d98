package io.modelvane.built;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.modelvane.demo.KafkaBroker;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * A backlog that grows behind a store that is away, and is then worked off, with 64 MB of heap: the
 * process takes no more memory for it. Runs when it is told how many messages that shall be.
 */
@EnabledIfSystemProperty(named = "backlog.messages", matches = "\\d+")
class BacklogIT {
  private static final long MESSAGES = Long.getLong("backlog.messages", 0);
  private static final Duration OUTAGE = Duration.ofSeconds(Long.getLong("backlog.outage", 60));
  private static final String CALL =
      """
      {"request_id":"r%d","algorithm_name":"credit_card_approval","algorithm_owner":"acme",\
      "algorithm_version":"1.0.%d","time":"2026-01-31T12:00:00","duration_milliseconds":%d,\
      "risk_score":0.%d,"approved":true,"note":"%s"}
      """;

  @TempDir Path folder;
  private final AtomicLong lines = new AtomicLong();
  private final List<Long> residentKilobytes = new ArrayList<>();

  @Test
  void memoryStaysTheSameWhateverWaits() throws Exception {
    int port = freePort();
    try (KafkaBroker broker = KafkaBroker.inOwnProcess(folder.resolve("broker")).build()) {
      broker.start();
      broker.createTopic("insights", 3, Map.of());
      HttpServer there = store(port);
      try (Launched launched = launch(broker, port)) {
        launched.awaitRunning();
        await().atMost(OUTAGE).until(() -> launched.get("/ready").statusCode() == 200);
        there.stop(0);
        produce(broker);
        long end = System.nanoTime() + OUTAGE.toNanos();
        while (System.nanoTime() < end) {
          sample(launched);
        }
        int whileAway = residentKilobytes.size();
        assertThat(launched.metric("modelvane_pipeline_held_bytes"))
            .as("reading has paused")
            .isPositive()
            .isLessThan(24 << 20);
        HttpServer store = store(port);
        long before = System.nanoTime();
        while (lines.get() < MESSAGES) {
          sample(launched);
        }
        report(whileAway, (System.nanoTime() - before) / 1e9);
        store.stop(0);
      }
    }
  }

  private void report(int whileAway, double seconds) {
    long away = highest(residentKilobytes.subList(whileAway / 2, whileAway));
    List<Long> draining = residentKilobytes.subList(whileAway, residentKilobytes.size());
    long first = highest(draining.subList(0, Math.max(1, draining.size() / 2)));
    long second = highest(draining.subList(draining.size() / 2, draining.size()));
    System.out.printf(
        "%d messages; resident MB: %d while the store was away, %d and %d in the halves of the"
            + " %.0f s after it%n",
        MESSAGES, away >> 10, first >> 10, second >> 10, seconds);
    assertThat(second).isLessThan(first + first / 10);
    assertThat(Math.max(first, second)).isLessThan(400L << 10);
  }

  private static long highest(List<Long> values) {
    return values.stream().mapToLong(Long::longValue).max().orElseThrow();
  }

  private void sample(Launched launched) throws IOException, InterruptedException {
    Thread.sleep(500);
    String status = Files.readString(Path.of("/proc/" + launched.pid() + "/status"));
    String resident =
        status.lines().filter(line -> line.startsWith("VmRSS:")).findFirst().orElseThrow();
    residentKilobytes.add(Long.parseLong(resident.replaceAll("\\D", "")));
  }

  private Launched launch(KafkaBroker broker, int port) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("modelvane.yaml"),
            """
            data: %s
            http: { port: 0 }
            sources:
              insights: { type: kafka, bootstrap_servers: ["%s"], topics: [insights] }
            sinks:
              influx: { type: influxdb, url: "http://127.0.0.1:%d", org: acme, bucket: b, token: t }
            pipelines:
              metrics:
                source: insights
                decode: algorithmia-insights
                sinks: [influx]
                retry: { maximum: 1s }
            """
                .formatted(folder.resolve("data"), broker.bootstrapServers(), port));
    return Launched.start(folder, List.of("run", "-c", file.toString()), "-Xmx64m");
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** Takes everything, and counts the lines. */
  private HttpServer store(int port) throws IOException {
    HttpServer store =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    store.setExecutor(Executors.newCachedThreadPool());
    store.createContext(
        "/",
        exchange -> {
          boolean zipped = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
          try (InputStream raw = exchange.getRequestBody();
              InputStream body = zipped ? new java.util.zip.GZIPInputStream(raw) : raw) {
            long count = 0;
            byte[] buffer = new byte[1 << 16];
            for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
              for (int i = 0; i < read; i++) {
                count += buffer[i] == '\n' ? 1 : 0;
              }
            }
            lines.addAndGet(count);
          }
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    store.start();
    return store;
  }

  private static void produce(KafkaBroker broker) {
    Map<String, Object> settings =
        Map.of(
            "bootstrap.servers",
            broker.bootstrapServers(),
            "linger.ms",
            "20",
            "batch.size",
            "262144",
            "compression.type",
            "lz4");
    String note = "x".repeat(80);
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
      for (long i = 0; i < MESSAGES; i++) {
        String call = CALL.formatted(i, i % 7, i % 1000, i % 100, note);
        var unused = producer.send(new ProducerRecord<>("insights", (int) (i % 3), null, call));
      }
    }
  }
}
