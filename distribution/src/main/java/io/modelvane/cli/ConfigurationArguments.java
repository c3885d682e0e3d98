package io.modelvane.cli;

import io.modelvane.engine.config.ConfigurationLoader;
import io.modelvane.engine.config.Loaded;
import io.modelvane.engine.plugin.PluginCatalogue;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** {@code -c}. */
final class ConfigurationArguments {
  @Option(
      names = {"-c", "--config"},
      required = true,
      paramLabel = "FILE",
      description = "Configuration file, or a folder of them; may be given more than once.")
  private List<Path> files = List.of();

  List<Path> files() {
    return files;
  }

  /** Loads the configuration and prints all that is wrong with it. */
  Loaded load(PluginCatalogue catalogue, PrintWriter err) {
    Loaded loaded = new ConfigurationLoader(catalogue, System::getenv).load(files);
    loaded.problems().forEach(err::println);
    loaded.warnings().forEach(warning -> err.println(warning + " (warning)"));
    return loaded;
  }
}
