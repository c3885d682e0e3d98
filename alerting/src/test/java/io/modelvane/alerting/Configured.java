package io.modelvane.alerting;

import io.modelvane.engine.config.ConfigurationLoader;
import io.modelvane.engine.config.Loaded;
import io.modelvane.engine.plugin.ComponentKind;
import io.modelvane.engine.plugin.PluginCatalogue;
import io.modelvane.spi.ComponentContext;
import io.modelvane.spi.ComponentFactory;
import io.modelvane.spi.DeadLetterFactory;
import io.modelvane.spi.DeadLetterStore;
import io.modelvane.spi.Decoder;
import io.modelvane.spi.DecoderFactory;
import io.modelvane.spi.Notifier;
import io.modelvane.spi.NotifierFactory;
import io.modelvane.spi.Option;
import io.modelvane.spi.Plugin;
import io.modelvane.spi.Secret;
import io.modelvane.spi.Sink;
import io.modelvane.spi.SinkFactory;
import io.modelvane.spi.Source;
import io.modelvane.spi.SourceFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads configuration as the engine does, with stand-ins for what is not under test. */
final class Configured implements Plugin {
  /** Any options. */
  record Anything(
      @Option(description = "Any.") Optional<String> url,
      @Option(description = "Any.") Optional<String> org,
      @Option(description = "Any.") Optional<String> bucket,
      @Option(description = "Any.") Optional<Secret> token,
      @Option(description = "Any.") Optional<Secret> routingKey,
      @Option(description = "Any.") List<String> bootstrapServers,
      @Option(description = "Any.") List<String> topics) {}

  static Loaded load(Path... files) {
    PluginCatalogue catalogue = PluginCatalogue.of(new AlertingPlugin(), new Configured());
    Map<String, String> environment =
        Map.of("INFLUX_TOKEN", "a", "PAGERDUTY_KEY", "b", "SLACK_WEBHOOK", "c");
    return new ConfigurationLoader(catalogue, name -> environment.getOrDefault(name, ""))
        .load(List.of(files));
  }

  /** The options of the sink {@code alerting} in a configuration without problems. */
  static AlertingOptions options(Path... files) {
    Loaded loaded = load(files);
    return (AlertingOptions)
        loaded
            .configuration()
            .orElseThrow(() -> new AssertionError(loaded.problems().toString()))
            .component(ComponentKind.SINK, "alerting")
            .options();
  }

  @Override
  public List<ComponentFactory<?, ?>> factories() {
    return List.of(
        new Sources(), new Decoders(), new Letters(), new Influx(), new Pager(), new Slack());
  }

  private static final class Sources implements SourceFactory<Anything> {
    @Override
    public String type() {
      return "kafka";
    }

    @Override
    public String description() {
      return "Stands for a source.";
    }

    @Override
    public Class<Anything> options() {
      return Anything.class;
    }

    @Override
    public Source create(Anything options, ComponentContext context) {
      throw new UnsupportedOperationException();
    }
  }

  private static final class Decoders implements DecoderFactory<Anything> {
    @Override
    public String type() {
      return "algorithmia-insights";
    }

    @Override
    public String description() {
      return "Stands for a decoder.";
    }

    @Override
    public Class<Anything> options() {
      return Anything.class;
    }

    @Override
    public Decoder create(Anything options, ComponentContext context) {
      throw new UnsupportedOperationException();
    }
  }

  private static final class Letters implements DeadLetterFactory<Anything> {
    @Override
    public String type() {
      return "file";
    }

    @Override
    public String description() {
      return "Stands for dead letters.";
    }

    @Override
    public Class<Anything> options() {
      return Anything.class;
    }

    @Override
    public DeadLetterStore create(Anything options, ComponentContext context) {
      throw new UnsupportedOperationException();
    }
  }

  private static final class Influx implements SinkFactory<Anything> {
    @Override
    public String type() {
      return "influxdb";
    }

    @Override
    public String description() {
      return "Stands for a sink.";
    }

    @Override
    public Class<Anything> options() {
      return Anything.class;
    }

    @Override
    public Sink create(Anything options, ComponentContext context) {
      throw new UnsupportedOperationException();
    }
  }

  private abstract static sealed class Told implements NotifierFactory<Anything> {
    @Override
    public String description() {
      return "Stands for a notifier.";
    }

    @Override
    public Class<Anything> options() {
      return Anything.class;
    }

    @Override
    public Notifier create(Anything options, ComponentContext context) {
      throw new UnsupportedOperationException();
    }
  }

  private static final class Pager extends Told {
    @Override
    public String type() {
      return "pagerduty";
    }
  }

  private static final class Slack extends Told {
    @Override
    public String type() {
      return "slack";
    }
  }
}
