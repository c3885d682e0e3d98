package io.modelvane.bench.endtoend;

import io.modelvane.bench.endtoend.Scenario.Surroundings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** What the product takes when it has been started and nothing comes. */
final class AtRest {
  private static final Duration LIMIT = Duration.ofMinutes(1);

  private final Path home;
  private final Path folder;
  private final String brokers;
  private final StringBuilder table =
      new StringBuilder(
          "| without a message | resident, MB | peak, MB | CPU, ms a second |\n|---|---|---|---|\n");

  AtRest(Path home, Path folder, String brokers) {
    this.home = home;
    this.folder = folder;
    this.brokers = brokers;
  }

  /**
   * Starts it, waits until its consumers are in their groups, and then so many seconds more.
   *
   * @param scenario over an empty topic
   * @throws IllegalStateException when it ends, or its consumers are not there after a minute
   */
  void measure(Scenario scenario, int seconds) throws IOException, InterruptedException {
    String name = scenario.name() + "-at-rest";
    Path mine = folder.resolve(name);
    List<String> groups = scenario.groups(name);
    try (CountingStub store = new CountingStub();
        CountingStub hook = new CountingStub();
        Committed committed = new Committed(brokers)) {
      Surroundings around =
          new Surroundings(mine.resolve("data"), brokers, store.port(), hook.port());
      String configuration = scenario.configuration(around, name);
      try (LaunchedProduct product =
          LaunchedProduct.start(home, mine, configuration, scenario.surface().java())) {
        awaitGroups(product, committed, groups);
        ProcessFigures before = product.figures();
        TimeUnit.SECONDS.sleep(seconds);
        product.check();
        row(scenario, before, product.figures(), seconds);
      }
    }
  }

  private static void awaitGroups(LaunchedProduct product, Committed committed, List<String> groups)
      throws IOException, InterruptedException {
    long limit = System.nanoTime() + LIMIT.toNanos();
    while (!committed.joined(groups)) {
      product.check();
      if (System.nanoTime() > limit) {
        throw new IllegalStateException("nobody has joined " + groups + " after " + LIMIT);
      }
      TimeUnit.MILLISECONDS.sleep(100);
    }
  }

  private void row(Scenario scenario, ProcessFigures before, ProcessFigures after, int seconds) {
    double used = after.cpuSeconds() - before.cpuSeconds();
    table.append(
        String.format(
            Locale.ROOT,
            "| %s | %.0f | %.0f | %.0f |%n",
            String.join(" and ", scenario.pipelines()),
            after.megabytes(),
            after.peakMegabytes(),
            used * 1_000 / seconds));
  }

  /** Prints the table; writes it into {@code page}. */
  void tell(Optional<Path> page) throws IOException {
    System.out.println(table);
    if (page.isPresent()) {
      Page.write(page.get(), "at-rest", table.toString());
    }
  }
}
