package io.modelvane.built;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A plugin for tests, built from {@code src/test/resources/small-plugin}: source {@code steady},
 * sink {@code memory}.
 */
public final class SmallPlugin {
  private SmallPlugin() {}

  /** A folder of plugins with this one in it. */
  public static Path folderWithOne(Path folder) throws IOException {
    build(folder.resolve("small-1.0.0.jar"), ">=0.1.0 & <1.0.0");
    return folder;
  }

  /** Builds it with the range of the SPI that it says it needs. */
  public static void build(Path jar, String requires) throws IOException {
    Path work = Files.createTempDirectory(Files.createDirectories(jar.getParent()), ".build");
    Path classes = work.resolve("classes");
    PluginJar.compile(
        Path.of("src/test/resources/small-plugin"), classes, List.of(PluginJar.spi()));
    Path services = Files.createDirectories(classes.resolve("META-INF/services"));
    Files.writeString(services.resolve("io.modelvane.spi.Plugin"), "small.Small\n");
    PluginJar.pack(
        jar,
        Map.of(
            "Plugin-Id", "small",
            "Plugin-Version", "1.0.0",
            "Plugin-Requires", requires,
            "Plugin-Provider", "Tests"),
        List.of(classes));
    delete(work);
  }

  private static void delete(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
