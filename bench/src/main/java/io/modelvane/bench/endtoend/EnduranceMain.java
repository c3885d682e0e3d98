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
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * What memory becomes of after an hour: a backlog at full speed, then calls at a steady rate with a
 * breach every ten seconds. One process with the pipeline {@code metrics} and one with both read
 * the same topic.
 */
@Command(
    name = "endurance",
    description = "Measures memory after a backlog and an hour of steady calls.",
    mixinStandardHelpOptions = true)
public final class EnduranceMain implements Callable<Integer> {
  private static final int ROWS = 6;
  private static final int SECONDS_BETWEEN_BREACHES = 10;

  @Parameters(description = "The folder of the unpacked distribution.")
  private Path home = Path.of(".");

  @Option(names = "--minutes", description = "Of steady calls.")
  private int minutes = 60;

  @Option(names = "--rate", description = "Calls a second.")
  private int rate = 5_000;

  @Option(names = "--backlog", description = "Messages that are there at the start.")
  private int backlog = 2_000_000;

  @Option(names = "--report", description = "A file whose table is written anew.")
  private @Nullable Path report;

  private EnduranceMain() {}

  /** Runs it and prints the figures. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new EnduranceMain()).execute(arguments));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    try (DemoFolder place = DemoFolder.temporary();
        KafkaBroker broker = KafkaBroker.inOwnProcess(place.resolve("kafka")).start();
        BreachReceiver receiver = new BreachReceiver();
        Committed committed = new Committed(broker.bootstrapServers())) {
      broker.createTopic(Topic.USUAL.title(), 1, Map.of());
      Topic.USUAL.fill(broker.bootstrapServers(), backlog);
      List<Runner> runners = new ArrayList<>();
      try {
        for (Scenario scenario : List.of(Scenario.metricsAlone(), Scenario.latency())) {
          runners.add(start(scenario, place.path(), broker.bootstrapServers(), receiver));
        }
        awaitStored(runners, committed, backlog);
        tell(measure(broker.bootstrapServers(), runners, receiver, committed));
      } finally {
        runners.forEach(Runner::close);
      }
    }
    return 0;
  }

  /** A process and its store. */
  private record Runner(
      LaunchedProduct product, CountingStub store, List<String> groups, String words)
      implements AutoCloseable {
    @Override
    public void close() {
      product.close();
      store.close();
    }
  }

  private Runner start(Scenario scenario, Path folder, String brokers, BreachReceiver receiver)
      throws IOException {
    CountingStub store = new CountingStub();
    Path mine = folder.resolve(scenario.name());
    Surroundings around =
        new Surroundings(mine.resolve("data"), brokers, store.port(), receiver.port());
    String configuration = scenario.configuration(around, scenario.name());
    return new Runner(
        LaunchedProduct.start(home.toAbsolutePath(), mine, configuration, Optional.empty()),
        store,
        scenario.groups(scenario.name()),
        String.join(" and ", scenario.pipelines()));
  }

  private List<String> measure(
      String brokers, List<Runner> runners, BreachReceiver receiver, Committed committed)
      throws IOException, InterruptedException {
    List<String> rows = new ArrayList<>();
    rows.add(
        runners.stream()
            .map(runner -> " `%s`: resident, MB | peak |".formatted(runner.words()))
            .collect(Collectors.joining("", "| after |", "")));
    rows.add("|---|" + "---|---|".repeat(runners.size()));
    rows.add(row("%,d messages".formatted(backlog), runners));
    long sent;
    try (SteadyTraffic traffic = new SteadyTraffic(brokers, rate)) {
      long begin = System.nanoTime();
      for (int i = 1; i <= ROWS; i++) {
        long end = begin + TimeUnit.MINUTES.toNanos(minutes) * i / ROWS;
        while (System.nanoTime() < end) {
          traffic.introduce(1);
          TimeUnit.SECONDS.sleep(SECONDS_BETWEEN_BREACHES);
          traffic.breach(receiver, 1, Reach.ONE);
        }
        rows.add(row("%d minutes more".formatted(minutes * i / ROWS), runners));
      }
      sent = traffic.stop();
    }
    receiver.await();
    awaitStored(runners, committed, backlog + sent);
    return rows;
  }

  private static String row(String when, List<Runner> runners) throws IOException {
    StringBuilder row = new StringBuilder("| " + when + " |");
    for (Runner runner : runners) {
      runner.product().check();
      ProcessFigures figures = runner.product().figures();
      row.append(
          String.format(
              Locale.ROOT, " %.0f | %.0f |", figures.megabytes(), figures.peakMegabytes()));
    }
    System.out.println(row);
    return row.toString();
  }

  /** Waits until each has stored and committed so many messages, none of them twice. */
  private static void awaitStored(List<Runner> runners, Committed committed, long messages)
      throws IOException, InterruptedException {
    for (Runner runner : runners) {
      long limit = System.nanoTime() + TimeUnit.MINUTES.toNanos(5);
      while (!committed.reached(runner.groups(), messages)) {
        runner.product().check();
        if (System.nanoTime() > limit) {
          throw new IllegalStateException(runner.words() + " is not done after five minutes");
        }
        TimeUnit.MILLISECONDS.sleep(100);
      }
      if (runner.store().lines() != messages) {
        throw new IllegalStateException(
            "%s stored %d lines of %d messages"
                .formatted(runner.words(), runner.store().lines(), messages));
      }
    }
  }

  private void tell(List<String> rows) throws IOException {
    if (report != null) {
      Page.write(report, "endurance", String.join("\n", rows) + "\n");
    }
  }
}
