package io.modelvane.cli;

import io.modelvane.engine.config.Loaded;
import io.modelvane.engine.plugin.PluginHost;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Checks a configuration without starting anything. */
@Command(
    name = "validate",
    description = "Check a configuration: prints every problem with file, line and column.",
    mixinStandardHelpOptions = true)
final class ValidateCommand implements Callable<Integer> {
  @Mixin private ConfigurationArguments configuration = new ConfigurationArguments();
  @Mixin private PluginArguments plugins = new PluginArguments();

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  @Override
  public Integer call() {
    try (PluginHost host = plugins.load(spec.commandLine().getErr())) {
      Loaded loaded = configuration.load(host.catalogue(), spec.commandLine().getErr());
      if (!loaded.problems().isEmpty()) {
        int count = loaded.problems().size();
        spec.commandLine().getErr().println(count == 1 ? "1 problem" : count + " problems");
        return ExitCode.CONFIGURATION;
      }
      spec.commandLine().getOut().println("configuration is valid");
      return ExitCode.DONE;
    }
  }
}
