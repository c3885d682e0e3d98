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
    List<String> groups =
        scenario.pipelines().stream().map(pipeline -> pipeline + "-" + name).toList();
    try (CountingStub stub = new CountingStub();
        CountingStub hook = new CountingStub();
        Committed committed = new Committed(brokers)) {
      Surroundings around =
          new Surroundings(mine.resolve("data"), brokers, stub.port(), hook.port());
      long start = System.nanoTime();
      try (LaunchedProduct product =
          LaunchedProduct.start(
              home, mine, scenario.configuration(around, name), scenario.java())) {
        double first = 0;
        while (!done(scenario, stub, messages) || !committed.reached(groups, messages)) {
          product.check();
          if (System.nanoTime() - start > LIMIT_NANOS) {
            throw new IllegalStateException(
                name + " is not done after ten minutes: " + stub.lines() + " lines");
          }
          first = first == 0 && stub.lines() > 0 ? seconds(start) : first;
          Thread.sleep(10);
        }
        Run run = new Run(messages, seconds(start), first, stub.bytes(), product.figures());
        if (scenario.metrics() && stub.lines() != messages) {
          throw new IllegalStateException(stub.lines() + " lines of " + messages + " messages");
        }
        return run;
      }
    }
  }

  private static boolean done(Scenario scenario, CountingStub stub, int messages) {
    return !scenario.metrics() || stub.lines() >= messages;
  }

  private static double seconds(long start) {
    return (System.nanoTime() - start) / 1e9;
  }
}
