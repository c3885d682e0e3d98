package io.modelvane.bench.alerting;

import io.modelvane.alerting.check.Check;
import io.modelvane.alerting.check.CheckOptions;
import io.modelvane.engine.EnginePlugin;
import io.modelvane.engine.config.ComponentDefinition;
import io.modelvane.engine.config.ConfigurationLoader;
import io.modelvane.engine.config.Loaded;
import io.modelvane.engine.plugin.ComponentKind;
import io.modelvane.engine.plugin.PluginCatalogue;
import io.modelvane.spi.ComponentContext;
import io.modelvane.spi.ComponentFactory;
import io.modelvane.spi.Option;
import io.modelvane.spi.Plugin;
import io.modelvane.spi.Sink;
import io.modelvane.spi.SinkFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Makes a check as a configuration has it, without the sink around it. */
final class Configured implements Plugin {
  private static final String NAME = "watched";
  private static final String CONFIGURATION =
      """
      sources: { calls: { type: nothing } }
      pipelines: { alerts: { source: calls, decode: algorithmia-insights, sinks: [checks] } }
      sinks: { checks: { type: checks, checks: { %s: %s } } }
      """;

  /**
   * What the sink is given.
   *
   * @param checks by name
   */
  record Checks(@Option(description = "Checks.") Map<String, CheckOptions> checks) {}

  private static final class Sinks implements SinkFactory<Checks> {
    @Override
    public String type() {
      return "checks";
    }

    @Override
    public String description() {
      return "Stands for a sink.";
    }

    @Override
    public Class<Checks> options() {
      return Checks.class;
    }

    @Override
    public Sink create(Checks options, ComponentContext context) {
      throw new UnsupportedOperationException("nothing is written here");
    }
  }

  @Override
  public List<ComponentFactory<?, ?>> factories() {
    return List.of(new Sinks());
  }

  /**
   * The check.
   *
   * @param yaml its options
   */
  static Check check(String yaml) throws IOException {
    Path file = Files.createTempFile("modelvane-bench", ".yaml");
    Files.writeString(file, CONFIGURATION.formatted(NAME, yaml));
    PluginCatalogue catalogue =
        PluginCatalogue.of(new EnginePlugin(), new Nothing(), new Configured());
    Loaded loaded = new ConfigurationLoader(catalogue, name -> "").load(List.of(file));
    Files.delete(file);
    ComponentDefinition definition =
        loaded
            .configuration()
            .orElseThrow(() -> new IllegalArgumentException(loaded.problems().toString()))
            .component(ComponentKind.SINK, "checks");
    CheckOptions options = ((Checks) definition.options()).checks().get(NAME);
    return java.util.Objects.requireNonNull(options).check(NAME);
  }
}
