package io.modelvane.bench.alerting;

import io.modelvane.alerting.AlertingPlugin;
import io.modelvane.engine.EnginePlugin;
import io.modelvane.engine.config.ComponentDefinition;
import io.modelvane.engine.config.ConfigurationLoader;
import io.modelvane.engine.config.Loaded;
import io.modelvane.engine.plugin.ComponentKind;
import io.modelvane.engine.plugin.PluginCatalogue;
import io.modelvane.engine.state.StateDatabase;
import io.modelvane.spi.ComponentContext;
import io.modelvane.spi.Outcome;
import io.modelvane.spi.PointBatch;
import io.modelvane.spi.Sink;
import io.modelvane.spi.SinkFactory;
import io.modelvane.testkit.TestClock;
import io.modelvane.testkit.TestContext;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The sink {@code alerting} as the product makes it, with a database on the disk. */
final class Watched implements AutoCloseable {
  private static final String AROUND =
      """
      sources: { calls: { type: nothing } }
      pipelines: { alerts: { source: calls, decode: algorithmia-insights, sinks: [alerting] } }
      sinks:
        alerting:
          type: alerting
          record_every: 1h
          checks:
      """;

  private final StateDatabase database;
  private final TestContext context;
  private final ProcessorMeters meters = new ProcessorMeters();
  private final Sink sink;

  /**
   * Starts it.
   *
   * @param folder where its state is
   * @param checks in YAML
   */
  Watched(Path folder, String checks, Instant now) throws Exception {
    database = new StateDatabase(folder.resolve("state.db"));
    context =
        TestContext.named("alerting")
            .clock(TestClock.at(now))
            .state(database.store("alerting"))
            .build();
    sink = create(definition(folder, checks), measured());
    sink.start();
  }

  private ComponentContext measured() {
    return (ComponentContext)
        Proxy.newProxyInstance(
            ComponentContext.class.getClassLoader(),
            new Class<?>[] {ComponentContext.class},
            (self, method, arguments) ->
                method.getName().equals("meters") ? meters : method.invoke(context, arguments));
  }

  private static ComponentDefinition definition(Path folder, String checks) throws IOException {
    Path file = Files.writeString(folder.resolve("modelvane.yaml"), AROUND + checks.indent(6));
    PluginCatalogue catalogue =
        PluginCatalogue.of(new EnginePlugin(), new AlertingPlugin(), new Nothing());
    Loaded loaded = new ConfigurationLoader(catalogue, name -> "").load(List.of(file));
    return loaded
        .configuration()
        .orElseThrow(() -> new IllegalArgumentException(loaded.problems().toString()))
        .component(ComponentKind.SINK, "alerting");
  }

  @SuppressWarnings("unchecked") // the loader has bound the options for this very factory
  private static Sink create(ComponentDefinition definition, ComponentContext context) {
    return ((SinkFactory<Record>) definition.factory()).create(definition.options(), context);
  }

  TestClock clock() {
    return context.clock();
  }

  /** Writes batches and waits for the last. */
  void write(List<PointBatch> batches) throws Exception {
    Outcome outcome = Outcome.DONE;
    for (int i = 0; i < batches.size(); i++) {
      var answer = sink.write(batches.get(i));
      if (i % 16 == 15 || i == batches.size() - 1) {
        outcome = answer.toCompletableFuture().get();
      }
    }
    if (!outcome.equals(Outcome.DONE)) {
      throw new IllegalStateException(outcome.toString());
    }
  }

  void completeUntil(Instant time) {
    sink.completeUntil("alerts", time);
  }

  /** What evaluation, ticks included, has used of the processor: all but commits. */
  Duration evaluating() {
    return meters.usedBut("commit");
  }

  @Override
  public void close() {
    try {
      sink.stop();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    context.close();
    database.close();
  }
}
