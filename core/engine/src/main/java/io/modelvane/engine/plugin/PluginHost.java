package io.modelvane.engine.plugin;

import io.modelvane.engine.words.Defect;
import io.modelvane.engine.words.Words;
import io.modelvane.spi.ComponentFactory;
import io.modelvane.spi.Plugin;
import io.modelvane.spi.Spi;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.pf4j.PluginDescriptor;
import org.pf4j.PluginState;
import org.pf4j.PluginWrapper;

/** Loads the plugins of a folder; one that is broken costs one line and nothing else. */
public final class PluginHost implements AutoCloseable {
  private final PluginCatalogue catalogue;
  private final @Nullable IsolatedPluginManager manager;

  private PluginHost(PluginCatalogue catalogue, @Nullable IsolatedPluginManager manager) {
    this.catalogue = catalogue;
    this.manager = manager;
  }

  /** As below, with plugins that are known to be well made. */
  public static PluginHost load(Path folder, List<Plugin> builtIn) {
    return load(folder, builtIn, factory -> Optional.empty());
  }

  /**
   * Loads a folder.
   *
   * @param folder with jars, or zips that hold {@code lib/}
   * @param builtIn the engine's own plugins, which win over all others
   * @param whyNot what is wrong with a factory, if anything; its plugin is broken then
   */
  public static PluginHost load(
      Path folder,
      List<Plugin> builtIn,
      Function<ComponentFactory<?, ?>, Optional<String>> whyNot) {
    List<LoadedPlugin> loaded = new ArrayList<>(PluginCatalogue.builtIn(builtIn));
    List<PluginFailure> failures = new ArrayList<>();
    if (!Files.isDirectory(folder)) {
      failures.add(
          new PluginFailure(
              folder.toAbsolutePath(),
              "no such folder of plugins (" + folder + "); create it or name it with --plugins"));
      return new PluginHost(PluginCatalogue.of(loaded, failures), null);
    }
    IsolatedPluginManager manager = new IsolatedPluginManager(folder);
    for (Path path : new PluginFiles(failures).in(folder)) {
      loadOne(manager, path, failures);
    }
    List<PluginWrapper> found = new ArrayList<>(manager.getPlugins());
    found.sort(Comparator.comparing(PluginWrapper::getPluginPath));
    for (PluginWrapper wrapper : found) {
      factories(wrapper, whyNot, failures).ifPresent(loaded::add);
    }
    return new PluginHost(PluginCatalogue.of(loaded, failures), manager);
  }

  private static void loadOne(
      IsolatedPluginManager manager, Path path, List<PluginFailure> failures) {
    try {
      PluginWrapper other = manager.getPlugin(manager.idOf(path));
      if (other != null) {
        failures.add(
            new PluginFailure(
                path,
                "has the id '%s', which %s has already; remove one of the two"
                    .formatted(other.getPluginId(), other.getPluginPath().getFileName())));
        return;
      }
      String id = manager.loadPlugin(path);
      if (id == null || manager.getPlugin(id) == null) {
        failures.add(new PluginFailure(path, "a plugin that it depends on is missing"));
      }
    } catch (Throwable broken) {
      Defect.passFatal(broken);
      failures.add(new PluginFailure(path, explain(broken)));
    }
  }

  /** The manifest has none. */
  static final class MissingId extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private static String explain(Throwable broken) {
    Throwable root = broken;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String text = String.valueOf(broken.getMessage());
    if (text.contains("'id' cannot be empty") || broken instanceof MissingId) {
      return "its manifest has no Plugin-Id; build it as docs/writing-a-plugin.md shows";
    }
    if (root.getClass().getName().startsWith("com.github.zafarkhaja.semver")) {
      return "its Plugin-Requires or Plugin-Version is no version or range of versions ("
          + root.getMessage()
          + "); write for example Plugin-Requires: >=0.1.0 & <1.0.0";
    }
    return "cannot be loaded: "
        + (root.getMessage() == null ? root.toString() : root.getMessage())
        + "; copy or build it again";
  }

  private static Optional<LoadedPlugin> factories(
      PluginWrapper wrapper,
      Function<ComponentFactory<?, ?>, Optional<String>> whyNot,
      List<PluginFailure> failures) {
    PluginDescriptor descriptor = wrapper.getDescriptor();
    Path file = wrapper.getPluginPath();
    if (wrapper.getPluginState() == PluginState.DISABLED) {
      failures.add(
          new PluginFailure(
              file,
              "plugin '%s' needs SPI %s, this is SPI %s; use a build of it for this version"
                  .formatted(descriptor.getPluginId(), descriptor.getRequires(), Spi.VERSION)));
      return Optional.empty();
    }
    try {
      List<ComponentFactory<?, ?>> factories = providers(wrapper.getPluginClassLoader());
      if (factories.isEmpty()) {
        failures.add(
            new PluginFailure(
                file, "offers nothing; it needs META-INF/services/" + Plugin.class.getName()));
        return Optional.empty();
      }
      Optional<String> wrong =
          factories.stream().flatMap(f -> whyNot.apply(f).stream()).findFirst();
      if (wrong.isPresent()) {
        failures.add(
            new PluginFailure(
                file, "plugin '%s': %s".formatted(descriptor.getPluginId(), wrong.get())));
        return Optional.empty();
      }
      return Optional.of(loaded(descriptor, file, factories));
    } catch (Throwable broken) {
      Defect.passFatal(broken);
      failures.add(new PluginFailure(file, words(broken)));
      return Optional.empty();
    }
  }

  private static final Pattern NOT_FOUND = Pattern.compile("Provider (\\S+) not found");

  private static String words(Throwable broken) {
    Matcher missing = NOT_FOUND.matcher(String.valueOf(broken.getMessage()));
    if (missing.find()) {
      return "META-INF/services/%s names %s, which is not in it; mend the name, or build it again"
          .formatted(Plugin.class.getName(), missing.group(1));
    }
    return "its plugin class does not work: " + reason(broken);
  }

  private static String reason(Throwable broken) {
    Throwable cause = broken.getCause();
    String text = broken.getClass().getSimpleName() + ": " + broken.getMessage();
    return cause == null ? text : text + " (" + cause + ")";
  }

  private static List<ComponentFactory<?, ?>> providers(ClassLoader loader) {
    List<ComponentFactory<?, ?>> factories = new ArrayList<>();
    Iterator<Plugin> plugins = ServiceLoader.load(Plugin.class, loader).iterator();
    while (plugins.hasNext()) {
      factories.addAll(plugins.next().factories());
    }
    for (ComponentFactory<?, ?> factory : factories) {
      if (factory.type().isBlank() || factory.options() == null) {
        throw new IllegalStateException(factory.getClass().getName() + " has no type or options");
      }
    }
    return factories;
  }

  private static String words(@Nullable String given) {
    return given == null ? "" : Words.line(given);
  }

  private static LoadedPlugin loaded(
      PluginDescriptor descriptor, Path file, List<ComponentFactory<?, ?>> factories) {
    return new LoadedPlugin(
        descriptor.getPluginId(),
        descriptor.getVersion(),
        words(descriptor.getProvider()),
        words(descriptor.getPluginDescription()),
        Optional.of(file),
        factories);
  }

  /** What was found. */
  public PluginCatalogue catalogue() {
    return catalogue;
  }

  /** Closes the class loaders; components must have been stopped. */
  @Override
  public void close() {
    if (manager != null) {
      manager.unloadPlugins();
    }
  }
}
