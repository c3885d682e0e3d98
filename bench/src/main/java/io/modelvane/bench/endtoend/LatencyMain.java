package io.modelvane.bench.endtoend;

import io.modelvane.bench.endtoend.Calls.Reach;
import io.modelvane.bench.endtoend.Scenario.Surroundings;
import io.modelvane.demo.DemoFolder;
import io.modelvane.demo.KafkaBroker;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * How long a call takes from the time it was meant to be sent to the store, and a breach to the
 * notification, while calls come at a steady rate. Both pipelines run, with 20 thresholds, one of
 * which is reached by a breach; then the same with breaches that reach all of them. What comes in
 * the first half minute counts as the start, while the compilers work: breaches of both kinds are
 * sent then and not measured.
 */
@Command(
    name = "latency",
    description = "Measures the delay to the store and to a notification at given rates.",
    mixinStandardHelpOptions = true)
public final class LatencyMain implements Callable<Integer> {
  private static final int WARM_UP_SECONDS = 15;
  private static final int WARM_UP_BREACHES = 150;
  private static final int BURST = 200;

  @Parameters(description = "The folder of the unpacked distribution.")
  private Path home = Path.of(".");

  @Option(names = "--rates", split = ",", description = "Calls a second.")
  private List<Integer> rates = List.of(100, 5_000);

  @Option(names = "--breaches", description = "At each rate, one every 100 ms.")
  private int breaches = 200;

  @Option(
      names = "--calls",
      description = "At each rate, calls are measured until there are so many of them.")
  private int calls = 5_000;

  @Option(names = "--report", description = "A file whose table is written anew.")
  private @Nullable Path report;

  private LatencyMain() {}

  /** Runs it and prints the figures. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new LatencyMain()).execute(arguments));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    List<String> rows = new ArrayList<>();
    rows.add("| calls a second | | p50 ms | p99 | p99.9 | longest | of |");
    rows.add("|---|---|---|---|---|---|---|");
    for (int rate : rates) { // each with a broker of its own: no backlog of another one's
      try (DemoFolder place = DemoFolder.temporary();
          KafkaBroker broker = KafkaBroker.inOwnProcess(place.resolve("kafka")).start()) {
        broker.createTopic(Topic.USUAL.title(), 1, Map.of());
        rows.addAll(measure(broker.bootstrapServers(), place.path(), rate));
      }
    }
    String table = String.join("\n", rows) + "\n";
    System.out.println(table);
    if (report != null) {
      Page.write(report, "delay", table);
    }
    return 0;
  }

  private List<String> measure(String brokers, Path mine, int rate)
      throws IOException, InterruptedException {
    Recorder stored = new Recorder(3);
    Scenario scenario = Scenario.latency();
    try (CountingStub stub = new CountingStub(() -> new Stamps(stored));
        BreachReceiver receiver = new BreachReceiver()) {
      Surroundings around =
          new Surroundings(mine.resolve("data"), brokers, stub.port(), receiver.port());
      String configuration = scenario.configuration(around, "at-" + rate);
      try (LaunchedProduct product =
              LaunchedProduct.start(
                  home.toAbsolutePath(), mine, configuration, scenario.surface().java());
          SteadyTraffic traffic = new SteadyTraffic(brokers, rate)) {
        Breaching breaching = new Breaching(traffic, receiver);
        warmUp(product, breaching);
        stored.reset();
        long begin = System.nanoTime();
        List<String> rows = new ArrayList<>();
        Histogram single = breaching.single(breaches, Reach.ONE);
        TimeUnit.NANOSECONDS.sleep(begin + calls * 1_000_000_000L / rate - System.nanoTime());
        rows.add(row(rate, "stored", stored.getIntervalHistogram()));
        rows.add(row(rate, "notified", single));
        rows.add(row(rate, BURST + " breaches at once, notified", breaching.atOnce(Reach.ONE)));
        rows.add(row(rate, "notified, each reaches all", breaching.single(breaches, Reach.ALL)));
        rows.add(row(rate, BURST + " at once, each reaches all", breaching.atOnce(Reach.ALL)));
        System.out.println(rate + " calls a second: " + product.figures());
        return rows;
      }
    }
  }

  private static void warmUp(LaunchedProduct product, Breaching breaching)
      throws IOException, InterruptedException {
    TimeUnit.SECONDS.sleep(WARM_UP_SECONDS);
    product.check();
    var unused = breaching.single(WARM_UP_BREACHES, Reach.ONE);
    var unusedToo = breaching.atOnce(Reach.ONE);
  }

  /** Breaches on top of the steady traffic. */
  private record Breaching(SteadyTraffic traffic, BreachReceiver receiver) {
    /** One every 100 ms. */
    Histogram single(int count, Reach reach) throws InterruptedException {
      for (int i = 0; i < count; i++) {
        traffic.introduce(1);
        TimeUnit.MILLISECONDS.sleep(50);
        traffic.breach(receiver, 1, reach);
        TimeUnit.MILLISECONDS.sleep(50);
      }
      receiver.await();
      return receiver.take();
    }

    Histogram atOnce(Reach reach) throws InterruptedException {
      traffic.introduce(BURST);
      TimeUnit.SECONDS.sleep(1);
      traffic.breach(receiver, BURST, reach);
      receiver.await();
      TimeUnit.SECONDS.sleep(1);
      return receiver.take();
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
