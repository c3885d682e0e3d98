package io.modelvane.cli;

import io.modelvane.engine.config.SchemaWriter;
import io.modelvane.engine.plugin.PluginHost;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints the JSON Schema of the configuration. */
@Command(
    name = "schema",
    description = "Print the JSON Schema of the configuration, for editors.",
    mixinStandardHelpOptions = true)
final class SchemaCommand implements Callable<Integer> {
  @Mixin private PluginArguments plugins = new PluginArguments();

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  @Override
  public Integer call() {
    try (PluginHost host = plugins.load(spec.commandLine().getErr())) {
      spec.commandLine().getOut().print(new SchemaWriter(host.catalogue()).write());
      spec.commandLine().getOut().flush();
      return ExitCode.DONE;
    }
  }
}
