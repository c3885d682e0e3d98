package io.modelvane.bench.endtoend;

import io.modelvane.bench.endtoend.Scenario.Surroundings;
import io.modelvane.demo.KafkaBroker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * How long a call takes from the time it was meant to be sent to the store, and a breach to the
 * notification, while calls come at a steady rate. Both pipelines run, with 20 thresholds.
 */
@Command(
    name = "latency",
    description = "Measures the delay to the store and to a notification at given rates.",
    mixinStandardHelpOptions = true)
public final class LatencyMain implements Callable<Integer> {
  private static final int WARM_UP_SECONDS = 15;
  private static final int BURST = 200;

  @Parameters(description = "The folder of the unpacked distribution.")
  private Path home = Path.of(".");

  @Option(names = "--rates", split = ",", description = "Calls a second.")
  private List<Integer> rates = List.of(100, 5_000, 50_000);

  @Option(names = "--breaches", description = "At each rate, one every 100 ms.")
  private int breaches = 200;

  private LatencyMain() {}

  /** Runs it and prints the figures. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new LatencyMain()).execute(arguments));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("modelvane-latency");
    List<String> rows = new ArrayList<>();
    try (KafkaBroker broker = KafkaBroker.inOwnProcess(folder.resolve("kafka")).start()) {
      broker.createTopic(Topic.USUAL.title(), 1, Map.of());
      for (int rate : rates) {
        rows.addAll(measure(broker.bootstrapServers(), folder, rate));
      }
    }
    System.out.println(
        "| calls a second | | p50 ms | p99 | p99.9 | longest | of |\n"
            + "|---|---|---|---|---|---|---|");
    rows.forEach(System.out::println);
    return 0;
  }

  private List<String> measure(String brokers, Path folder, int rate)
      throws IOException, InterruptedException {
    Recorder stored = new Recorder(3);
    Scenario scenario = Scenario.latency();
    Path mine = folder.resolve("at-" + rate);
    try (CountingStub stub = new CountingStub(() -> new Stamps(stored));
        BreachReceiver receiver = new BreachReceiver()) {
      Surroundings around =
          new Surroundings(mine.resolve("data"), brokers, stub.port(), receiver.port());
      String configuration = scenario.configuration(around, "at-" + rate);
      try (LaunchedProduct product =
              LaunchedProduct.start(home.toAbsolutePath(), mine, configuration, scenario.surface().java());
          SteadyTraffic traffic = new SteadyTraffic(brokers, rate)) {
        TimeUnit.SECONDS.sleep(WARM_UP_SECONDS);
        product.check();
        stored.getIntervalHistogram();
        for (int i = 0; i < breaches; i++) {
          traffic.breach(receiver, i, 1);
          TimeUnit.MILLISECONDS.sleep(100);
        }
        receiver.await(breaches);
        Histogram single = receiver.take();
        Histogram store = stored.getIntervalHistogram();
        traffic.breach(receiver, breaches, BURST);
        receiver.await(breaches + BURST);
        System.out.println(rate + " calls a second: " + product.figures());
        return List.of(
            row(rate, "stored", store),
            row(rate, "notified", single),
            row(rate, BURST + " breaches at once, notified", receiver.take()));
      }
    }
  }

  private static String row(int rate, String what, Histogram histogram) {
    return String.format(
        Locale.ROOT,
        "| %,d | %s | %.1f | %.1f | %.1f | %.1f | %,d |",
        rate,
        what,
        histogram.getValueAtPercentile(50) / 1e3,
        histogram.getValueAtPercentile(99) / 1e3,
        histogram.getValueAtPercentile(99.9) / 1e3,
        histogram.getMaxValue() / 1e3,
        histogram.getTotalCount());
  }
}
