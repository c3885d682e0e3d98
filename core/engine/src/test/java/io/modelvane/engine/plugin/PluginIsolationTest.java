package io.modelvane.engine.plugin;

import static io.modelvane.engine.plugin.PluginFolder.say;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a plugin sees of the host and of other plugins. */
class PluginIsolationTest {
  @TempDir Path temp;

  private PluginFolder folder;

  @BeforeEach
  void make() throws IOException {
    folder = new PluginFolder(Files.createDirectory(temp.resolve("plugins")));
  }

  @AfterEach
  void close() {
    folder.close();
  }

  @Test
  void twoPluginsBringTheirOwnVersionsOfOneLibrary() throws IOException {
    for (String version : List.of("one", "two")) {
      PluginJar.working(version, "sink_" + version, "lib.Codec.version()")
          .source(
              "lib.Codec",
              "package lib; public class Codec { public static String version() { return \"%s\"; } }"
                  .formatted(version))
          .write(folder.jar(version));
    }
    PluginCatalogue catalogue = folder.load();
    assertThat(say(catalogue, "sink_one")).isEqualTo("one");
    assertThat(say(catalogue, "sink_two")).isEqualTo("two");
  }

  /** Text that a plugin computes from whether it can load a class. */
  private String sees(String className) throws IOException {
    String look =
        "look(\"%s\"); } static String look(String name) { try { Class<?> c = Class.forName(name);"
                .formatted(className)
            + " name = c.getClassLoader() == SinkFactory.class.getClassLoader() ? \"shared\" :"
            + " String.valueOf(c.getClassLoader()); } catch (ClassNotFoundException e)"
            + " { name = \"hidden\"; } return name";
    PluginJar.working("eye", "eye", look).write(folder.jar("eye"));
    return say(folder.load(), "eye");
  }

  @Test
  void aPluginDoesNotSeeTheHostsJackson() throws IOException {
    assertThat(sees("com.fasterxml.jackson.databind.ObjectMapper")).isEqualTo("hidden");
  }

  @Test
  void aPluginDoesNotSeeTheHostsGuice() throws IOException {
    assertThat(sees("com.google.inject.Guice")).isEqualTo("hidden");
  }

  @Test
  void aPluginDoesNotSeeTheEngineNorPf4j() throws IOException {
    assertThat(sees("io.modelvane.engine.Modelvane")).isEqualTo("hidden");
    assertThat(sees("org.pf4j.PluginManager")).isEqualTo("hidden");
  }

  @Test
  void aPluginSharesTheSpiAndSlf4j() throws IOException {
    assertThat(sees("io.modelvane.spi.Sink")).isEqualTo("shared");
    assertThat(sees("org.slf4j.LoggerFactory")).isEqualTo("shared");
  }

  @Test
  void aPluginSeesTheWholeJdk() throws IOException {
    assertThat(sees("javax.management.MBeanServer")).isEqualTo("null");
    assertThat(sees("java.sql.Connection")).contains("PlatformClassLoader");
  }

  @Test
  void aCopyOfTheSpiInAPluginIsIgnored() throws IOException {
    PluginJar.working("copy", "copy_sink", "\"Copy.\"")
        .file("io/modelvane/spi/Sink.class", "no class at all")
        .write(folder.jar("copy"));
    assertThat(say(folder.load(), "copy_sink")).isEqualTo("Copy.");
  }
}
