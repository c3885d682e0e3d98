package io.modelvane.bench.endtoend;

import io.modelvane.bench.endtoend.Scenario.Surroundings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs the product over a filled topic, from its start to the last message done. */
final class Measurement {
  private static final long LIMIT_NANOS = TimeUnit.MINUTES.toNanos(10);

  private final Path home;
  private final Path folder;
  private final String brokers;

  Measurement(Path home, Path folder, String brokers) {
    this.home = home;
    this.folder = folder;
    this.brokers = brokers;
  }

  /**
   * One run.
   *
   * @param name unique: consumer groups and folders are named after it
   * @throws IllegalStateException when the product ends, takes ten minutes, or stores another
   *     number of lines than there are messages
   */
  Run run(Scenario scenario, String name, int messages) throws IOException, InterruptedException {
    Path mine = folder.resolve(name);
    List<String> groups = scenario.groups(name);
    try (Store store = store(scenario, mine);
        CountingStub hook = new CountingStub();
        Committed committed = new Committed(brokers)) {
      long start = System.nanoTime();
      try (Products products = new Products(scenario.surface().java())) {
        for (int i = 0; i < scenario.surface().processes(); i++) {
          Path own = mine.resolve("process-" + i);
          Surroundings around =
              new Surroundings(own.resolve("data"), brokers, store.port(), hook.port());
          products.start(home, own, scenario.configuration(around, name));
        }
        double first = 0;
        while (!done(scenario, store, messages) || !committed.reached(groups, messages)) {
          products.check();
          if (System.nanoTime() - start > LIMIT_NANOS) {
            throw new IllegalStateException(
                name + " is not done after ten minutes: " + store.lines() + " lines");
          }
          first = first == 0 && store.lines() > 0 ? seconds(start) : first;
          Thread.sleep(scenario.surface().realStore() ? 200 : 10); // a real one is asked by a query
        }
        Run run = new Run(messages, seconds(start), first, store.bytes(), products.figures());
        if (scenario.metrics() && store.lines() != messages) {
          throw new IllegalStateException(store.lines() + " lines of " + messages + " messages");
        }
        return run;
      }
    }
  }

  private static Store store(Scenario scenario, Path folder) throws IOException {
    return scenario.surface().realStore()
        ? new RealStore(folder.resolve("store"))
        : new CountingStub();
  }

  private static boolean done(Scenario scenario, Store store, int messages) {
    return !scenario.metrics() || store.lines() >= messages;
  }

  private static double seconds(long start) {
    return (System.nanoTime() - start) / 1e9;
  }
}
