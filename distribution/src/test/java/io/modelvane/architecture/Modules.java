package io.modelvane.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The modules as the parent POM lists them, and their compiled classes, read from the modules' own
 * build folders: no test dependency on a plugin is needed, nor any of a plugin's libraries.
 */
final class Modules {
  private static final Pattern MODULE = Pattern.compile("<module>([^<]+)</module>");
  private static final List<String> NO_PLUGINS = List.of("demo", "distribution", "faults", "bench");
  private static final Map<Path, JavaClasses> IMPORTED = new ConcurrentHashMap<>();

  private Modules() {}

  static Path root() {
    return Path.of("..").toAbsolutePath().normalize();
  }

  static List<String> all() {
    List<String> modules = new ArrayList<>();
    try {
      Matcher module = MODULE.matcher(Files.readString(root().resolve("pom.xml")));
      while (module.find()) {
        modules.add(module.group(1));
      }
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
    return modules;
  }

  /** Every module that ends as a jar in {@code plugins/}. */
  static List<String> plugins() {
    return all().stream()
        .filter(module -> !module.startsWith("core/") && !NO_PLUGINS.contains(module))
        .toList();
  }

  static JavaClasses classes(String module) {
    Path folder = root().resolve(module).resolve("target").resolve("classes");
    if (!Files.isDirectory(folder)) {
      throw new IllegalStateException(folder + " is not built; run Maven with -am, or for all");
    }
    return IMPORTED.computeIfAbsent(folder, new ClassFileImporter()::importPath);
  }

  /** The classes of the whole product: everything but what is built after us to try it. */
  static JavaClasses product() {
    Path[] folders =
        all().stream()
            .filter(module -> !module.equals("bench") && !module.equals("faults"))
            .map(module -> root().resolve(module).resolve("target").resolve("classes"))
            .toArray(Path[]::new);
    return IMPORTED.computeIfAbsent(root(), all -> new ClassFileImporter().importPaths(folders));
  }
}
