package io.modelvane.engine.plugin;

import io.modelvane.engine.EnginePlugin;
import io.modelvane.engine.config.OptionCheck;
import io.modelvane.spi.ComponentFactory;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A folder of plugins of a test. */
final class PluginFolder implements AutoCloseable {
  final Path path;
  private @Nullable PluginHost host;

  PluginFolder(Path path) {
    this.path = path;
  }

  @Override
  public void close() {
    if (host != null) {
      host.close();
    }
  }

  PluginCatalogue load() {
    host = PluginHost.load(path, List.of(new EnginePlugin()), OptionCheck::whyNot);
    return host.catalogue();
  }

  Path jar(String name) {
    return path.resolve(name + ".jar");
  }

  static String say(PluginCatalogue catalogue, String type) {
    return catalogue
        .find(ComponentKind.SINK, type)
        .map(ComponentFactory::description)
        .orElse("not there");
  }

  static List<String> failures(PluginCatalogue catalogue) {
    return catalogue.failures().stream().map(PluginFailure::toString).toList();
  }
}
