package io.modelvane.cli;

import io.modelvane.engine.EnginePlugin;
import io.modelvane.engine.config.OptionCheck;
import io.modelvane.engine.plugin.PluginHost;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code --plugins}. */
final class PluginArguments {
  @Option(
      names = "--plugins",
      paramLabel = "FOLDER",
      description = "Folder of plugin jars (default: plugins/ of the distribution).")
  private @Nullable Path folder;

  PluginHost load() {
    return PluginHost.load(
        folder == null ? Home.plugins() : folder, List.of(new EnginePlugin()), OptionCheck::whyNot);
  }

  /** Loads, and names each plugin that does not work; the others do. */
  PluginHost load(PrintWriter err) {
    PluginHost host = load();
    host.catalogue().failures().forEach(f -> err.println("modelvane: plugin " + f));
    return host;
  }
}
