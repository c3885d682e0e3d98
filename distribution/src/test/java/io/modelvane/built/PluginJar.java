package io.modelvane.built;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URISyntaxException;
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
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/** Builds plugins as their authors do: compiled against the SPI alone, put into a jar. */
public final class PluginJar {
  private PluginJar() {}

  /** The SPI on the class path of this test: a jar or a folder of classes. */
  public static Path spi() {
    try {
      return Path.of(
          io.modelvane.spi.Spi.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** Compiles every Java file below a folder; {@code path} is all that it sees besides the JDK. */
  public static void compile(Path sources, Path classes, List<Path> path) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("--release", "17", "-Xlint:all", "-Werror", "-proc:none"));
    arguments.addAll(List.of("-d", Files.createDirectories(classes).toString()));
    arguments.addAll(
        List.of(
            "-cp",
            String.join(java.io.File.pathSeparator, path.stream().map(Path::toString).toList())));
    try (Stream<Path> files = Files.walk(sources)) {
      files.map(Path::toString).filter(name -> name.endsWith(".java")).forEach(arguments::add);
    }
    java.io.ByteArrayOutputStream messages = new java.io.ByteArrayOutputStream();
    int code = compiler.run(null, messages, messages, arguments.toArray(String[]::new));
    if (code != 0) {
      throw new IllegalStateException(
          sources + " does not compile:\n" + messages.toString(StandardCharsets.UTF_8));
    }
  }

  /** Packs folders into a jar with the given entries in its manifest. */
  public static void pack(Path jar, Map<String, String> entries, List<Path> folders)
      throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    entries.forEach(manifest.getMainAttributes()::putValue);
    Files.createDirectories(jar.toAbsolutePath().getParent());
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream packed = new JarOutputStream(out, manifest)) {
      for (Path folder : folders) {
        add(packed, folder);
      }
    }
  }

  private static void add(JarOutputStream packed, Path folder) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(folder)) {
      files = all.filter(Files::isRegularFile).sorted().toList();
    }
    for (Path file : files) {
      String name = folder.relativize(file).toString().replace('\\', '/');
      packed.putNextEntry(new JarEntry(name));
      Files.copy(file, packed);
      packed.closeEntry();
    }
  }
}
