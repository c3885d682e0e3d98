package io.modelvane.engine.plugin;

import io.modelvane.spi.ComponentFactory;
import io.modelvane.spi.Plugin;
import io.modelvane.spi.Spi;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Which component types there are, and who brought them. Immutable. */
public final class PluginCatalogue {
  private final List<LoadedPlugin> plugins;
  private final List<PluginFailure> failures;
  private final Map<ComponentKind, Map<String, ComponentFactory<?, ?>>> factories =
      new EnumMap<>(ComponentKind.class);

  private PluginCatalogue(List<LoadedPlugin> plugins, List<PluginFailure> failures) {
    for (ComponentKind kind : ComponentKind.values()) {
      factories.put(kind, new TreeMap<>());
    }
    List<LoadedPlugin> kept = new ArrayList<>();
    List<PluginFailure> failed = new ArrayList<>(failures);
    Map<ComponentFactory<?, ?>, String> owners = new java.util.HashMap<>();
    for (LoadedPlugin plugin : plugins) {
      Optional<String> clash = clash(plugin, owners);
      if (clash.isPresent()) {
        failed.add(new PluginFailure(plugin.file().orElseThrow(), clash.get()));
      } else {
        kept.add(plugin);
        plugin.factories().forEach(factory -> register(factory, plugin, owners));
      }
    }
    this.plugins = List.copyOf(kept);
    this.failures = List.copyOf(failed);
  }

  /**
   * A catalogue of plugins found elsewhere; of two that offer one type, the first is kept, which is
   * the one whose file comes first by name.
   */
  static PluginCatalogue of(List<LoadedPlugin> plugins, List<PluginFailure> failures) {
    return new PluginCatalogue(plugins, failures);
  }

  /** A catalogue of plugins on the host's own class path: the engine's own, and tests. */
  public static PluginCatalogue of(Plugin... plugins) {
    return new PluginCatalogue(builtIn(List.of(plugins)), List.of());
  }

  static List<LoadedPlugin> builtIn(List<Plugin> plugins) {
    List<LoadedPlugin> loaded = new ArrayList<>();
    for (Plugin plugin : plugins) {
      loaded.add(
          new LoadedPlugin(
              "builtin",
              Spi.VERSION,
              "Modelvane",
              "Part of the engine.",
              Optional.empty(),
              plugin.factories()));
    }
    return loaded;
  }

  private Optional<String> clash(LoadedPlugin plugin, Map<ComponentFactory<?, ?>, String> owners) {
    Set<String> own = new HashSet<>();
    for (ComponentFactory<?, ?> factory : plugin.factories()) {
      if (!own.add(ComponentKind.of(factory) + factory.type())) {
        return Optional.of(
            "offers the %s type '%s' twice; ask its author"
                .formatted(ComponentKind.of(factory).text(), factory.type()));
      }
      ComponentFactory<?, ?> other = ofKind(ComponentKind.of(factory)).get(factory.type());
      if (other != null) {
        return Optional.of(
            "offers the %s type '%s', which %s offers already; remove one of the two"
                .formatted(ComponentKind.of(factory).text(), factory.type(), owners.get(other)));
      }
    }
    return Optional.empty();
  }

  private void register(
      ComponentFactory<?, ?> factory,
      LoadedPlugin plugin,
      Map<ComponentFactory<?, ?>, String> owners) {
    owners.put(
        factory,
        "plugin '%s'%s"
            .formatted(
                plugin.id(),
                plugin.file().map(file -> " (" + file.getFileName() + ")").orElse("")));
    ofKind(ComponentKind.of(factory)).put(factory.type(), factory);
  }

  private Map<String, ComponentFactory<?, ?>> ofKind(ComponentKind kind) {
    return java.util.Objects.requireNonNull(factories.get(kind));
  }

  /** The factory for {@code type: TYPE}. */
  public Optional<ComponentFactory<?, ?>> find(ComponentKind kind, String type) {
    return Optional.ofNullable(ofKind(kind).get(type));
  }

  /** The known types of a kind, sorted. */
  public Set<String> types(ComponentKind kind) {
    return java.util.Collections.unmodifiableSet(ofKind(kind).keySet());
  }

  /** The plugins that work, in the order they were loaded. */
  public List<LoadedPlugin> plugins() {
    return plugins;
  }

  /** The plugins that do not. */
  public List<PluginFailure> failures() {
    return failures;
  }
}
