package io.modelvane.built;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The distribution as it was built, and the clone it was built from. */
public final class Built {
  private Built() {}

  /** The folder with {@code bin/}, {@code lib/} and {@code plugins/}. */
  public static Path home() {
    String home = System.getProperty("modelvane.distribution");
    if (home == null || !Files.isDirectory(Path.of(home))) {
      throw new IllegalStateException("the distribution is not built; run mvn verify");
    }
    return Path.of(home);
  }

  /** Its folder of plugins. */
  public static Path plugins() {
    return home().resolve("plugins");
  }

  /** The clone. */
  public static Path root() {
    return Path.of("..").toAbsolutePath().normalize();
  }

  /** Copies the plugins into another folder. */
  public static Path copyPlugins(Path folder) throws IOException {
    Files.createDirectories(folder);
    try (Stream<Path> jars = Files.list(plugins())) {
      for (Path jar : jars.toList()) {
        Files.copy(jar, folder.resolve(jar.getFileName()));
      }
    }
    return folder;
  }
}
