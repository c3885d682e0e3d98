package io.modelvane.cli;

import io.modelvane.engine.plugin.ComponentKind;
import io.modelvane.engine.plugin.LoadedPlugin;
import io.modelvane.engine.plugin.PluginHost;
import io.modelvane.spi.ComponentFactory;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Lists the plugins and what they offer. */
@Command(
    name = "plugins",
    description = "List the plugins, what each offers, and those that do not work.",
    mixinStandardHelpOptions = true)
final class PluginsCommand implements Callable<Integer> {
  @Mixin private PluginArguments plugins = new PluginArguments();

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    try (PluginHost host = plugins.load()) {
      for (LoadedPlugin plugin : host.catalogue().plugins()) {
        String file = plugin.file().map(path -> "  " + path.getFileName()).orElse("");
        out.printf("%s %s%s%n", plugin.id(), plugin.version(), file);
        for (ComponentFactory<?, ?> factory : plugin.factories()) {
          out.printf(
              "  %-12s %-20s %s%n",
              ComponentKind.of(factory).text(), factory.type(), factory.description());
        }
      }
      host.catalogue().failures().forEach(failure -> out.println("BROKEN " + failure));
      return host.catalogue().failures().isEmpty() ? ExitCode.DONE : ExitCode.CONFIGURATION;
    }
  }
}
