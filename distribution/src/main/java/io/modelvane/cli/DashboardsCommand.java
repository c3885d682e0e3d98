package io.modelvane.cli;

import io.modelvane.engine.plugin.LoadedPlugin;
import io.modelvane.engine.plugin.PluginHost;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import java.util.spi.ToolProvider;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * Hands over to the tool {@code dashboards} that a plugin brings as a {@link ToolProvider}: the
 * engine knows no store.
 */
@Command(
    name = "dashboards",
    description =
        "Install or print the dashboard for InfluxDB; 'modelvane dashboards help' tells more.")
final class DashboardsCommand implements Callable<Integer> {
  @Mixin private PluginArguments plugins = new PluginArguments();

  @Parameters(arity = "0..*", paramLabel = "ARGUMENT", description = "For the tool.")
  private List<String> arguments = List.of();

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  @Override
  public Integer call() {
    spec.commandLine().getErr().flush();
    try (PluginHost host = plugins.load(spec.commandLine().getErr())) {
      Optional<ToolProvider> tool =
          host.catalogue().plugins().stream().flatMap(p -> tool(p).stream()).findFirst();
      if (tool.isEmpty()) {
        spec.commandLine().getErr().println("modelvane: no plugin brings dashboards");
        return ExitCode.CONFIGURATION;
      }
      return tool.get()
          .run(
              spec.commandLine().getOut(),
              spec.commandLine().getErr(),
              arguments.toArray(String[]::new));
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
