package io.modelvane.engine.plugin;

import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Builds real plugin jars from source text. */
final class PluginJar {
  static final String SERVICE = "META-INF/services/io.modelvane.spi.Plugin";

  private final Map<String, String> sources = new LinkedHashMap<>();
  private final Map<String, byte[]> files = new LinkedHashMap<>();
  private final Map<String, String> manifest = new LinkedHashMap<>();
  private final List<Path> classPath = new java.util.ArrayList<>();

  static PluginJar empty(String id) {
    return new PluginJar()
        .manifest("Plugin-Id", id)
        .manifest("Plugin-Version", "1.2.3")
        .manifest("Plugin-Provider", "Test")
        .manifest("Plugin-Description", "A plugin of the tests.");
  }

  /** A plugin {@code id} whose class offers one sink type; {@code say} is its description. */
  static PluginJar working(String id, String type, String say) {
    return empty(id)
        .source("acme." + id + ".Main", plugin(id, type, say))
        .service("acme." + id + ".Main");
  }

  static String plugin(String id, String type, String say) {
    return """
        package acme.%s;
        import io.modelvane.spi.*;
        import java.util.List;
        import java.util.concurrent.*;
        public final class Main implements Plugin {
          public record Options(@Option(description = "A number.", defaultValue = "1") int n) {}
          static final class Factory implements SinkFactory<Options> {
            public String type() { return "%s"; }
            public String description() { return %s; }
            public Class<Options> options() { return Options.class; }
            public Sink create(Options options, ComponentContext context) {
              return batch -> CompletableFuture.completedFuture(Outcome.DONE);
            }
          }
          public List<ComponentFactory<?, ?>> factories() { return List.of(new Factory()); }
        }
        """
        .formatted(id, type, say);
  }

  PluginJar source(String name, String text) {
    sources.put(name, text);
    return this;
  }

  PluginJar service(String name) {
    return file(SERVICE, name + "\n");
  }

  PluginJar file(String name, String text) {
    files.put(name, text.getBytes(StandardCharsets.UTF_8));
    return this;
  }

  PluginJar manifest(String key, String value) {
    manifest.put(key, value);
    return this;
  }

  /** Classes to compile against that do not go into the jar. */
  PluginJar compiledAgainst(Path jar) {
    classPath.add(jar);
    return this;
  }

  Path write(Path jar) throws IOException {
    Path classes = classesBeside(jar);
    compile(classes);
    Manifest written = new Manifest();
    written.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.forEach((key, value) -> written.getMainAttributes().putValue(key, value));
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream zip = new JarOutputStream(out, written)) {
      for (Map.Entry<String, byte[]> file : contents(classes).entrySet()) {
        zip.putNextEntry(new JarEntry(file.getKey()));
        zip.write(file.getValue());
      }
    }
    return jar;
  }

  private Map<String, byte[]> contents(Path classes) throws IOException {
    Map<String, byte[]> all = new LinkedHashMap<>(files);
    try (Stream<Path> found = Files.walk(classes)) {
      for (Path file : found.filter(Files::isRegularFile).toList()) {
        all.put(classes.relativize(file).toString(), Files.readAllBytes(file));
      }
    }
    return all;
  }

  /** A zip with {@code plugin.properties}, {@code classes/} and {@code lib/}. */
  Path writeZip(Path zip, Path... libraries) throws IOException {
    Path classes = classesBeside(zip);
    compile(classes);
    try (OutputStream out = Files.newOutputStream(zip);
        ZipOutputStream entries = new ZipOutputStream(out)) {
      entries.putNextEntry(new ZipEntry("plugin.properties"));
      entries.write(
          ("plugin.id=" + manifest.get("Plugin-Id") + "\nplugin.version=1.0.0\n")
              .getBytes(StandardCharsets.UTF_8));
      for (Map.Entry<String, byte[]> file : contents(classes).entrySet()) {
        entries.putNextEntry(new ZipEntry("classes/" + file.getKey()));
        entries.write(file.getValue());
      }
      for (Path library : libraries) {
        entries.putNextEntry(new ZipEntry("lib/" + library.getFileName()));
        entries.write(Files.readAllBytes(library));
      }
    }
    return zip;
  }

  private static Path classesBeside(Path file) throws IOException {
    Path folder = java.util.Objects.requireNonNull(file.toAbsolutePath().getParent());
    return Files.createTempDirectory(
        java.util.Objects.requireNonNull(folder.getParent()), "classes");
  }

  private void compile(Path classes) throws IOException {
    if (sources.isEmpty()) {
      return;
    }
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter messages = new StringWriter();
    StringBuilder path = new StringBuilder(System.getProperty("java.class.path"));
    classPath.forEach(jar -> path.append(java.io.File.pathSeparator).append(jar));
    try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
      List<String> options =
          List.of("-proc:none", "-d", classes.toString(), "-classpath", path.toString());
      boolean done = compiler.getTask(messages, manager, null, options, null, units()).call();
      if (!done) {
        throw new IllegalStateException(messages.toString());
      }
    }
  }

  private List<JavaFileObject> units() {
    return sources.entrySet().stream()
        .<JavaFileObject>map(
            source ->
                new SimpleJavaFileObject(
                    java.net.URI.create("string:///" + source.getKey().replace('.', '/') + ".java"),
                    JavaFileObject.Kind.SOURCE) {
                  @Override
                  public CharSequence getCharContent(boolean ignore) {
                    return source.getValue();
                  }
                })
        .toList();
  }
}
