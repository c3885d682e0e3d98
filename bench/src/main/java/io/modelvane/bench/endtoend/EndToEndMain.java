package io.modelvane.bench.endtoend;

import io.modelvane.demo.KafkaBroker;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Runs the benchmark. Arguments: the folder of the built distribution, the number of messages
 * (1,000,000 when not given), the number of rounds (3), {@code gzip} on or off (off).
 */
public final class EndToEndMain {
  private static final String TOPIC = "insights";
  private static final String QUIET =
      "-Dlogback.configurationFile=io/modelvane/demo/child-logback.xml";

  private final Path home;
  private final int messages;
  private final int rounds;
  private final String gzip;

  private EndToEndMain(String[] arguments) {
    this.home = Path.of(arguments[0]).toAbsolutePath();
    this.messages = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 1_000_000;
    this.rounds = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 3;
    this.gzip = arguments.length > 3 ? arguments[3] : "off";
  }

  /** Runs it and prints the figures. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    if (arguments.length == 0) {
      System.err.println("arguments: DISTRIBUTION [MESSAGES [ROUNDS [on|off]]]");
      System.exit(64);
    }
    new EndToEndMain(arguments).run();
    System.exit(0);
  }

  private record Run(double seconds, ProcessFigures figures) {}

  private void run() throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("modelvane-bench");
    try (KafkaBroker broker = KafkaBroker.inOwnProcess(folder.resolve("kafka")).start()) {
      broker.createTopic(TOPIC, 1, Map.of());
      fill(broker.bootstrapServers());
      List<Run> bare = new ArrayList<>();
      List<Run> product = new ArrayList<>();
      for (int round = 0; round < rounds; round++) {
        bare.add(bare(broker.bootstrapServers()));
        print("bare poll loop", bare.get(round));
        product.add(product(broker.bootstrapServers(), folder, round));
        print("modelvane", product.get(round));
      }
      double ratio = median(bare) / median(product);
      System.out.printf(
          Locale.ROOT,
          "median CPU seconds per million: bare %.2f, modelvane %.2f; %.2fx the bare loop's rate per"
              + " CPU second%n",
          median(bare) * 1e6 / messages,
          median(product) * 1e6 / messages,
          ratio);
    }
  }

  private double median(List<Run> runs) {
    double[] cpu = runs.stream().mapToDouble(run -> run.figures().cpuSeconds()).sorted().toArray();
    return cpu[cpu.length / 2];
  }

  private void print(String what, Run run) {
    System.out.printf(
        Locale.ROOT,
        "%-15s %,9.0f messages/s  %5.2f CPU s per million  %4.0f MB peak RSS%n",
        what,
        messages / run.seconds(),
        run.figures().cpuSeconds() * 1e6 / messages,
        run.figures().peakRssMegabytes());
  }

  private void fill(String brokers) {
    Properties properties = new Properties();
    properties.put("bootstrap.servers", brokers);
    properties.put("acks", "all");
    properties.put("linger.ms", "50");
    properties.put("batch.size", String.valueOf(128 * 1024));
    properties.put("compression.type", "lz4");
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
      Random random = new Random(1);
      for (int i = 0; i < messages; i++) {
        var unused = producer.send(new ProducerRecord<>(TOPIC, message(i, random)));
      }
    }
  }

  /** About 270 bytes, 200 series, as the sample of the Insights documentation. */
  private static byte[] message(int i, Random random) {
    int model = random.nextInt(50);
    String text =
        """
        {"risk_score": %.4f, "duration_milliseconds": %d, "algorithm_name": "credit_card_%d", \
        "algorithm_owner": "asli", "algorithm_version": "1.0.%d", "session_id": "rses-%s", \
        "request_id": "req-%s", "time": "2026-11-2%dT00:%02d:%02d.%06d"}\
        """
            .formatted(
                random.nextDouble(),
                random.nextInt(500),
                model,
                model % 4,
                new UUID(1, model),
                new UUID(random.nextLong(), random.nextLong()),
                i / 100_000 % 10,
                i / 60 % 60,
                i % 60,
                random.nextInt(1_000_000));
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private Run bare(String brokers) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-Xmx64m", QUIET, "-cp"));
    command.add(System.getProperty("java.class.path"));
    command.addAll(List.of(BarePollLoop.class.getName(), brokers, TOPIC, String.valueOf(messages)));
    long start = System.nanoTime();
    Process process =
        new ProcessBuilder(command)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    ProcessFigures last = new ProcessFigures(0, 0);
    while (process.isAlive()) {
      try {
        last = ProcessFigures.of(process);
      } catch (IOException | RuntimeException gone) {
        break;
      }
      Thread.sleep(5);
    }
    process.waitFor();
    return new Run((System.nanoTime() - start) / 1e9, last);
  }

  private Run product(String brokers, Path folder, int round)
      throws IOException, InterruptedException {
    try (CountingStub stub = new CountingStub()) {
      Path data = folder.resolve("data-" + round);
      Path config = folder.resolve("bench-" + round + ".yaml");
      Files.writeString(config, configuration(brokers, stub.port(), data, round));
      long start = System.nanoTime();
      Process process =
          new ProcessBuilder(
                  home.resolve("bin/modelvane").toString(), "run", "-c", config.toString())
              .redirectOutput(folder.resolve("out-" + round + ".log").toFile())
              .redirectError(folder.resolve("err-" + round + ".log").toFile())
              .start();
      try {
        long limit = System.nanoTime() + TimeUnit.MINUTES.toNanos(5);
        while (stub.lines() < messages && process.isAlive() && System.nanoTime() < limit) {
          Thread.sleep(5);
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        ProcessFigures figures = ProcessFigures.of(process);
        System.out.println("  by thread: " + ProcessFigures.threads(process));
        if (stub.lines() != messages) {
          throw new IllegalStateException(
              stub.lines()
                  + " lines of "
                  + messages
                  + "; see "
                  + Arrays.toString(folder.toFile().listFiles(File::isFile)));
        }
        return new Run(seconds, figures);
      } finally {
        process.destroy();
        process.waitFor();
      }
    }
  }

  private String configuration(String brokers, int port, Path data, int round) {
    return """
        data: %s
        http: { port: 0 }
        sources:
          insights:
            type: kafka
            bootstrap_servers: [%s]
            topics: [%s]
            group_id: bench-%d
        sinks:
          influx:
            type: influxdb
            url: http://127.0.0.1:%d
            org: bench
            bucket: insights
            token: bench-token
            gzip: %s
        pipelines:
          metrics: { source: insights, decode: algorithmia-insights, sinks: [influx] }
        """
        .formatted(data, brokers, TOPIC, round, port, gzip);
  }
}
