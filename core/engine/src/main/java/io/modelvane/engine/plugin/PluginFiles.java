package io.modelvane.engine.plugin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.ZipFile;

/**
 * Finds what may be a plugin: jars, zips, which are unpacked beside themselves, and folders that
 * were. PF4J would unpack half of a truncated zip and say nothing of a file that is no jar.
 */
final class PluginFiles {
  private static final String NO_MANIFEST =
      "has no META-INF/MANIFEST.MF with a Plugin-Id; build it as docs/writing-a-plugin.md shows,"
          + " or take it away if it is a library";
  private static final String NO_PROPERTIES =
      "has no plugin.properties at its top; pack it as docs/writing-a-plugin.md shows";

  private final List<PluginFailure> failures;

  PluginFiles(List<PluginFailure> failures) {
    this.failures = failures;
  }

  /** Jars and folders, sorted; what cannot be read is a failure. */
  Set<Path> in(Path folder) {
    Set<Path> found = new TreeSet<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.sorted().toList()) {
        candidate(file).ifPresent(found::add);
      }
    } catch (IOException unreadable) {
      failures.add(new PluginFailure(folder, "cannot be listed: " + unreadable));
    }
    return found;
  }

  private static boolean describesItself(Path file, boolean zip) throws IOException {
    try (ZipFile entries = new ZipFile(file.toFile())) {
      return (zip && entries.getEntry("plugin.properties") != null)
          || entries.stream().anyMatch(e -> e.getName().endsWith("META-INF/MANIFEST.MF"));
    }
  }

  private Optional<Path> candidate(Path file) {
    String name = file.getFileName().toString();
    if (Files.isDirectory(file)) {
      return Optional.of(file).filter(UnpackedZip::isPlugin);
    } else if (!name.endsWith(".jar") && !name.endsWith(".zip")) {
      return Optional.empty();
    }
    try {
      boolean zip = name.endsWith(".zip");
      if (!describesItself(file, zip)) {
        failures.add(new PluginFailure(file, zip ? NO_PROPERTIES : NO_MANIFEST));
        return Optional.empty();
      }
      return Optional.of(zip ? UnpackedZip.of(file) : file);
    } catch (IOException broken) {
      failures.add(
          new PluginFailure(
              file, "not a readable jar or zip (" + broken.getMessage() + "); copy it again"));
      return Optional.empty();
    }
  }
}
