package io.modelvane.engine.plugin;

import io.modelvane.spi.ComponentFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A plugin that works.
 *
 * @param id from its manifest; {@code builtin} for the engine's own
 * @param version from its manifest
 * @param provider from its manifest, or empty
 * @param description from its manifest, or empty
 * @param file where it came from; empty for the engine's own
 * @param factories what it offers
 */
public record LoadedPlugin(
    String id,
    String version,
    String provider,
    String description,
    Optional<Path> file,
    List<ComponentFactory<?, ?>> factories) {
  /** Copies the list. */
  public LoadedPlugin {
    factories = List.copyOf(factories);
  }
}
