package io.modelvane.cli;

import io.modelvane.engine.config.ComponentDefinition;
import io.modelvane.engine.config.Configuration;
import io.modelvane.engine.config.ConfigurationLoader;
import io.modelvane.engine.config.Loaded;
import io.modelvane.engine.plugin.ComponentKind;
import io.modelvane.engine.plugin.LoadedPlugin;
import io.modelvane.engine.plugin.PluginHost;
import io.modelvane.spi.Secret;
import java.io.PrintWriter;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import java.util.spi.ToolProvider;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * Hands over to the tool {@code dashboards} that a plugin brings as a {@link ToolProvider}: the
 * engine knows no store. With {@code -c} the tool gets the options of the configured sink, secrets
 * included, within this process; nobody has to write a token on a command line.
 */
@Command(
    name = "dashboards",
    description =
        "Install or print the dashboard for InfluxDB; 'modelvane dashboards help' tells more.",
    mixinStandardHelpOptions = true)
final class DashboardsCommand implements Callable<Integer> {
  private static final String SINK_TYPE = "influxdb";

  @Mixin private PluginArguments plugins = new PluginArguments();

  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      description = "Configuration with the sink to install for; a file or a folder.")
  private List<Path> files = List.of();

  @Option(
      names = "--sink",
      paramLabel = "NAME",
      description = "Which sink, when there are several of type influxdb.")
  private @Nullable String sink;

  @Parameters(arity = "0..1", paramLabel = "ACTION", description = "install, print or help.")
  private String action = "help";

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter err = spec.commandLine().getErr();
    try (PluginHost host = plugins.load(err)) {
      Optional<ToolProvider> tool =
          host.catalogue().plugins().stream().flatMap(p -> tool(p).stream()).findFirst();
      if (tool.isEmpty()) {
        err.println("modelvane: no plugin brings dashboards");
        return ExitCode.CONFIGURATION;
      }
      List<String> arguments = new ArrayList<>(List.of(action));
      if (!files.isEmpty()) {
        Loaded loaded = new ConfigurationLoader(host.catalogue(), System::getenv).load(files);
        loaded.problems().forEach(err::println);
        Optional<ComponentDefinition> chosen = loaded.configuration().flatMap(c -> choose(c, err));
        if (chosen.isEmpty()) {
          return ExitCode.CONFIGURATION;
        }
        arguments.addAll(arguments(chosen.get().options()));
      }
      return tool.get().run(spec.commandLine().getOut(), err, arguments.toArray(String[]::new));
    }
  }

  private Optional<ComponentDefinition> choose(Configuration configuration, PrintWriter err) {
    List<ComponentDefinition> fitting =
        configuration.of(ComponentKind.SINK).values().stream()
            .filter(s -> s.factory().type().equals(SINK_TYPE))
            .filter(s -> sink == null || s.name().equals(sink))
            .toList();
    if (fitting.size() != 1) {
      err.println(
          fitting.isEmpty()
              ? "modelvane: the configuration has no such sink of type " + SINK_TYPE
              : "modelvane: several sinks of type " + SINK_TYPE + "; choose one with --sink");
      return Optional.empty();
    }
    return Optional.of(fitting.get(0));
  }

  /** The options as {@code --name=value}, for the tool alone: secrets stand in them. */
  private static List<String> arguments(Record options) {
    List<String> arguments = new ArrayList<>();
    for (RecordComponent part : options.getClass().getRecordComponents()) {
      String name = part.getName().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
      add(arguments, name, value(part, options));
    }
    return arguments;
  }

  private static void add(List<String> arguments, String name, Object value) {
    if (value instanceof Optional<?> optional) {
      optional.ifPresent(present -> add(arguments, name, present));
    } else if (value instanceof Map<?, ?> map) {
      map.forEach((key, one) -> add(arguments, name + "." + key, String.valueOf(reveal(one))));
    } else {
      arguments.add("--" + name + "=" + reveal(value));
    }
  }

  private static Object reveal(Object value) {
    return value instanceof Secret secret ? secret.reveal() : value;
  }

  private static Object value(RecordComponent part, Record options) {
    try {
      part.getAccessor().setAccessible(true); // a plugin's records are its own
      return part.getAccessor().invoke(options);
    } catch (ReflectiveOperationException impossible) {
      throw new IllegalStateException("cannot read the option " + part.getName(), impossible);
    }
  }

  private static Optional<ToolProvider> tool(LoadedPlugin plugin) {
    ClassLoader loader = plugin.factories().get(0).getClass().getClassLoader();
    return ServiceLoader.load(ToolProvider.class, loader).stream()
        .filter(provider -> provider.type().getClassLoader() == loader)
        .map(ServiceLoader.Provider::get)
        .filter(provider -> provider.name().equals("dashboards"))
        .findFirst();
  }
}
