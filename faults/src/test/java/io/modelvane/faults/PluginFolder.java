package io.modelvane.faults;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** A folder with the distribution's plugins and some that its users wrote badly. */
final class PluginFolder {
  private static final Path SOURCES = Path.of("src/test/resources/broken-plugins");
  private static final String SERVICE = "META-INF/services/io.modelvane.spi.Plugin";

  private final Path folder;

  private PluginFolder(Path folder) {
    this.folder = folder;
  }

  /** A folder with what the distribution brings. */
  static PluginFolder in(Path folder) throws IOException {
    Files.createDirectories(folder);
    try (Stream<Path> jars = Files.list(Product.home().resolve("plugins"))) {
      for (Path jar : jars.toList()) {
        Files.copy(jar, folder.resolve(jar.getFileName()));
      }
    }
    return new PluginFolder(folder);
  }

  /** Adds a plugin with its entry class, compiled against the SPI in the distribution. */
  PluginFolder with(String id, String entry) throws IOException {
    Path classes = Compiled.CLASSES;
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    Map.of("Plugin-Id", id, "Plugin-Version", "1.0.0", "Plugin-Requires", ">=0.1.0 & <1.0.0")
        .forEach(manifest.getMainAttributes()::putValue);
    try (OutputStream out = Files.newOutputStream(folder.resolve(id + ".jar"));
        JarOutputStream jar = new JarOutputStream(out, manifest);
        Stream<Path> files = Files.walk(classes)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        jar.putNextEntry(new JarEntry(classes.relativize(file).toString().replace('\\', '/')));
        Files.copy(file, jar);
      }
      jar.putNextEntry(new JarEntry(SERVICE));
      jar.write(entry.getBytes(StandardCharsets.UTF_8));
    }
    return this;
  }

  /** Adds something that is called a jar. */
  PluginFolder withGarbage(String name) throws IOException {
    Files.writeString(folder.resolve(name), "this is no archive");
    return this;
  }

  /** Compiled once for all cases. */
  private static final class Compiled {
    private static final Path CLASSES = compile();

    private static Path compile() {
      try {
        Path classes = Files.createTempDirectory(Path.of("target"), "broken");
        PluginFolder.compile(classes);
        return classes;
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
    }
  }

  private static void compile(Path classes) throws IOException {
    Path spi;
    try (Stream<Path> jars = Files.list(Product.home().resolve("lib"))) {
      spi = jars.filter(jar -> jar.toString().contains("modelvane-spi-")).findFirst().orElseThrow();
    }
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("--release", "17", "-proc:none", "-d", classes.toString()));
    arguments.addAll(List.of("-cp", spi.toString()));
    try (Stream<Path> files = Files.walk(SOURCES)) {
      files.map(Path::toString).filter(name -> name.endsWith(".java")).forEach(arguments::add);
    }
    ByteArrayOutputStream words = new ByteArrayOutputStream();
    int code =
        ToolProvider.getSystemJavaCompiler()
            .run(null, words, words, arguments.toArray(String[]::new));
    if (code != 0) {
      throw new IllegalStateException(words.toString(StandardCharsets.UTF_8));
    }
  }
}
