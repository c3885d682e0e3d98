package io.modelvane.engine.plugin;

import io.modelvane.engine.words.Defect;
import io.modelvane.spi.Spi;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.pf4j.ClassLoadingStrategy;
import org.pf4j.CompoundPluginDescriptorFinder;
import org.pf4j.CompoundPluginLoader;
import org.pf4j.DefaultPluginLoader;
import org.pf4j.DefaultPluginManager;
import org.pf4j.JarPluginLoader;
import org.pf4j.ManifestPluginDescriptorFinder;
import org.pf4j.Plugin;
import org.pf4j.PluginClassLoader;
import org.pf4j.PluginDescriptor;
import org.pf4j.PluginDescriptorFinder;
import org.pf4j.PluginFactory;
import org.pf4j.PluginLoader;
import org.pf4j.PluginManager;
import org.pf4j.PropertiesPluginDescriptorFinder;

/**
 * PF4J with our rules: a plugin sees only {@link SharedClassLoader} besides its own jar, needs no
 * PF4J class, and takes the SPI from the host even if it brings a copy.
 */
final class IsolatedPluginManager extends DefaultPluginManager {
  private static final ClassLoader SHARED =
      new SharedClassLoader(IsolatedPluginManager.class.getClassLoader());

  IsolatedPluginManager(Path folder) {
    super(folder);
    setSystemVersion(Spi.VERSION);
    // PF4J gives up on all plugins for one unsatisfied dependency unless told otherwise.
    resolveRecoveryStrategy = ResolveRecoveryStrategy.IGNORE_PLUGIN_AND_CONTINUE;
  }

  /** The id in the manifest of a jar or folder. */
  String idOf(Path path) {
    @Nullable String id = getPluginDescriptorFinder().find(path).getPluginId();
    if (id == null || id.isBlank()) {
      throw new PluginHost.MissingId();
    }
    return id;
  }

  @Override
  protected PluginDescriptorFinder createPluginDescriptorFinder() {
    return new CompoundPluginDescriptorFinder()
        .add(new FolderDescriptorFinder())
        .add(new ManifestPluginDescriptorFinder());
  }

  /** For unpacked zips only: it would open a jar as a file system, which takes a while. */
  private static final class FolderDescriptorFinder extends PropertiesPluginDescriptorFinder {
    @Override
    public boolean isApplicable(Path path) {
      return Files.isDirectory(path) && super.isApplicable(path);
    }
  }

  @Override
  protected PluginFactory createPluginFactory() {
    return wrapper -> new Plugin() {};
  }

  @Override
  protected PluginLoader createPluginLoader() {
    return new CompoundPluginLoader()
        .add(new IsolatedJarLoader(this), this::isNotDevelopment)
        .add(new IsolatedFolderLoader(this), this::isNotDevelopment);
  }

  private static PluginClassLoader loader(PluginManager manager, PluginDescriptor descriptor) {
    return new IsolatedClassLoader(manager, descriptor);
  }

  /** For one jar. */
  private static final class IsolatedJarLoader extends JarPluginLoader {
    IsolatedJarLoader(PluginManager manager) {
      super(manager);
    }

    @Override
    public ClassLoader loadPlugin(Path path, PluginDescriptor descriptor) {
      PluginClassLoader loader = loader(pluginManager, descriptor);
      loader.addFile(path.toFile());
      return loader;
    }
  }

  /** For an unpacked zip: {@code classes/} and {@code lib/*.jar}. */
  private static final class IsolatedFolderLoader extends DefaultPluginLoader {
    IsolatedFolderLoader(PluginManager manager) {
      super(manager);
    }

    @Override
    public boolean isApplicable(Path path) {
      return Files.isDirectory(path);
    }

    @Override
    protected PluginClassLoader createPluginClassLoader(Path path, PluginDescriptor descriptor) {
      return loader(pluginManager, descriptor);
    }
  }

  /** Own classes first, but the SPI and SLF4J always from the host. */
  private static final class IsolatedClassLoader extends PluginClassLoader {
    private final String id;

    IsolatedClassLoader(PluginManager manager, PluginDescriptor descriptor) {
      super(manager, descriptor, SHARED, ClassLoadingStrategy.PDA);
      id = String.valueOf(descriptor.getPluginId());
    }

    @Override
    public String getName() {
      return Defect.PLUGIN + id;
    }

    @Override
    public Class<?> loadClass(String name) throws ClassNotFoundException {
      return SharedClassLoader.isShared(name) ? SHARED.loadClass(name) : super.loadClass(name);
    }
  }
}
