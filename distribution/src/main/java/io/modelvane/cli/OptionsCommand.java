package io.modelvane.cli;

import io.modelvane.engine.config.OptionTables;
import io.modelvane.engine.plugin.PluginHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes the option tables of Markdown files; for those who write plugins. */
@Command(
    name = "option-tables",
    description = "Fill the option tables of Markdown files, between their markers.",
    mixinStandardHelpOptions = true,
    hidden = true)
final class OptionsCommand implements Callable<Integer> {
  @Mixin private PluginArguments plugins = new PluginArguments();

  @Parameters(arity = "1..*", paramLabel = "FILE", description = "Files to fill.")
  private List<Path> files = List.of();

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    try (PluginHost host = plugins.load(spec.commandLine().getErr())) {
      OptionTables tables = new OptionTables(host.catalogue());
      for (Path file : files) {
        Files.writeString(file, tables.fill(Files.readString(file)));
      }
      return ExitCode.DONE;
    }
  }
}
