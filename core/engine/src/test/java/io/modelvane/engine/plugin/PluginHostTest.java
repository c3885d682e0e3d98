package io.modelvane.engine.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelvane.engine.EnginePlugin;
import io.modelvane.engine.words.Defect;
import io.modelvane.spi.ComponentFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PluginHostTest {
  @TempDir Path temp;

  private Path folder = Path.of(".");
  private @Nullable PluginHost host;

  @BeforeEach
  void folder() throws IOException {
    folder = Files.createDirectory(temp.resolve("plugins"));
  }

  @AfterEach
  void close() {
    if (host != null) {
      host.close();
    }
  }

  private PluginCatalogue load() {
    host = PluginHost.load(folder, List.of(new EnginePlugin()));
    return host.catalogue();
  }

  private Path jar(String name) {
    return folder.resolve(name + ".jar");
  }

  private static String say(PluginCatalogue catalogue, String type) {
    return catalogue
        .find(ComponentKind.SINK, type)
        .map(ComponentFactory::description)
        .orElse("not there");
  }

  private static List<String> failures(PluginCatalogue catalogue) {
    return catalogue.failures().stream().map(PluginFailure::toString).toList();
  }

  /** Beside {@code name}, which is broken, a good plugin works. */
  private String soleFailure() throws IOException {
    PluginJar.working("good", "good_sink", "\"Good.\"").write(jar("zz-good"));
    PluginCatalogue catalogue = load();
    assertThat(say(catalogue, "good_sink")).isEqualTo("Good.");
    assertThat(failures(catalogue)).hasSize(1);
    String line = failures(catalogue).get(0);
    assertThat(line.lines()).hasSize(1);
    return line;
  }

  @Test
  void aPluginIsFoundByItsManifestAndItsService() throws IOException {
    Path file = PluginJar.working("good", "good_sink", "\"Good.\"").write(jar("good"));
    PluginCatalogue catalogue = load();
    assertThat(failures(catalogue)).isEmpty();
    assertThat(catalogue.types(ComponentKind.SINK)).containsExactly("good_sink");
    LoadedPlugin plugin = catalogue.plugins().get(1);
    assertThat(plugin.id()).isEqualTo("good");
    assertThat(plugin.version()).isEqualTo("1.2.3");
    assertThat(plugin.provider()).isEqualTo("Test");
    assertThat(plugin.description()).isEqualTo("A plugin of the tests.");
    assertThat(plugin.file()).contains(file);
  }

  @Test
  void aDefectNamesThePluginAndTheComponent() throws IOException {
    PluginJar.working("odd", "odd_sink", "\"Odd.\"").write(jar("odd"));
    ComponentFactory<?, ?> part = load().find(ComponentKind.SINK, "odd_sink").orElseThrow();
    assertThat(Defect.nothingFrom("sink 'out'", part))
        .isEqualTo("sink 'out' (plugin odd) answered nothing: a defect of the plugin");
  }

  @Test
  void theEnginesOwnComponentsAreAlwaysThere() {
    PluginCatalogue catalogue = load();
    assertThat(catalogue.types(ComponentKind.DECODER))
        .containsExactly("algorithmia-insights", "json");
    assertThat(catalogue.types(ComponentKind.DEAD_LETTERS)).containsExactly("file");
    assertThat(failures(catalogue)).isEmpty();
  }

  @Test
  void aFolderThatIsNotThereIsOneLine() {
    folder = temp.resolve("nowhere");
    PluginCatalogue catalogue = load();
    assertThat(failures(catalogue))
        .containsExactly(
            "nowhere: no such folder of plugins ("
                + folder
                + "); create it or name it with"
                + " --plugins");
    assertThat(catalogue.types(ComponentKind.DECODER)).isNotEmpty();
  }

  @Test
  void aFileThatIsNoJarIsOneLine() throws IOException {
    Files.writeString(jar("broken"), "<html>404 Not Found</html>");
    assertThat(soleFailure()).startsWith("broken.jar: not a readable jar or zip (");
  }

  @Test
  void anEmptyFileIsOneLine() throws IOException {
    Files.createFile(jar("broken"));
    assertThat(soleFailure()).startsWith("broken.jar: not a readable jar or zip (");
  }

  @Test
  void aTruncatedJarIsOneLine() throws IOException {
    Path whole = PluginJar.working("cut", "cut_sink", "\"Cut.\"").write(jar("cut"));
    byte[] bytes = Files.readAllBytes(whole);
    Files.write(whole, Arrays.copyOf(bytes, bytes.length / 2));
    assertThat(soleFailure()).startsWith("cut.jar: not a readable jar or zip (");
  }

  @Test
  void aTruncatedZipIsOneLine() throws IOException {
    Path whole =
        PluginJar.working("cut", "cut_sink", "\"Cut.\"").writeZip(folder.resolve("cut.zip"));
    byte[] bytes = Files.readAllBytes(whole);
    Files.write(whole, Arrays.copyOf(bytes, bytes.length / 2));
    assertThat(soleFailure()).startsWith("cut.zip: not a readable jar or zip (");
  }

  @Test
  void aLibraryAmongThePluginsIsOneLine() throws IOException {
    new PluginJar().file("a.txt", "a").write(jar("library"));
    assertThat(soleFailure())
        .isEqualTo(
            "library.jar: its manifest has no Plugin-Id; build it as docs/writing-a-plugin.md"
                + " shows");
  }

  @Test
  void ofTwoPluginsWithOneIdTheFirstWorks() throws IOException {
    PluginJar.working("twin", "one", "\"One.\"").write(jar("a"));
    PluginJar.working("twin", "two", "\"Two.\"").write(jar("b"));
    assertThat(soleFailure())
        .isEqualTo("b.jar: has the id 'twin', which a.jar has already; remove one of the two");
    assertThat(say(load(), "one")).isEqualTo("One.");
  }

  @Test
  void aServiceWhoseClassIsMissingIsOneLine() throws IOException {
    PluginJar.empty("broken").service("acme.Missing").write(jar("broken"));
    assertThat(soleFailure())
        .isEqualTo(
            "broken.jar: META-INF/services/io.modelvane.spi.Plugin names acme.Missing, which is not"
                + " in it; mend the name, or build it again");
  }

  @Test
  void aPluginWithoutAServiceIsOneLine() throws IOException {
    PluginJar.empty("broken").write(jar("broken"));
    assertThat(soleFailure())
        .isEqualTo("broken.jar: offers nothing; it needs " + PluginJar.SERVICE);
  }

  @Test
  void aConstructorThatThrowsIsOneLine() throws IOException {
    String source =
        """
        package acme;
        public final class Main implements io.modelvane.spi.Plugin {
          public Main() { throw new IllegalStateException("no licence\\nfound"); }
          public java.util.List<io.modelvane.spi.ComponentFactory<?, ?>> factories() { return null; }
        }
        """;
    PluginJar.empty("broken").source("acme.Main", source).service("acme.Main").write(jar("broken"));
    assertThat(soleFailure())
        .startsWith("broken.jar: its plugin class does not work: ")
        .contains("no licence");
  }

  @Test
  void aPluginThatListsNothingIsOneLine() throws IOException {
    String source =
        """
        package acme;
        public final class Main implements io.modelvane.spi.Plugin {
          public java.util.List<io.modelvane.spi.ComponentFactory<?, ?>> factories() { return null; }
        }
        """;
    PluginJar.empty("broken").source("acme.Main", source).service("acme.Main").write(jar("broken"));
    assertThat(soleFailure()).startsWith("broken.jar: its plugin class does not work: ");
  }

  @Test
  void aPluginForAnotherSpiIsOneLine() throws IOException {
    PluginJar.working("future", "future_sink", "\"Future.\"")
        .manifest("Plugin-Requires", ">=2.0.0")
        .write(jar("future"));
    assertThat(soleFailure())
        .isEqualTo(
            "future.jar: plugin 'future' needs SPI >=2.0.0, this is SPI 0.1.0; use a build of it"
                + " for this version");
  }

  @Test
  void aRangeThatHoldsThisSpiIsAccepted() throws IOException {
    PluginJar.working("now", "now_sink", "\"Now.\"")
        .manifest("Plugin-Requires", ">=0.1.0 & <1.0.0")
        .write(jar("now"));
    assertThat(say(load(), "now_sink")).isEqualTo("Now.");
  }

  @Test
  void aMissingDependencyIsOneLine() throws IOException {
    PluginJar.working("lonely", "lonely_sink", "\"Lonely.\"")
        .manifest("Plugin-Dependencies", "absent@1.0.0")
        .write(jar("lonely"));
    assertThat(soleFailure()).isEqualTo("lonely.jar: a plugin that it depends on is missing");
  }

  @Test
  void aLibraryThatWasNotBundledIsOneLine() throws IOException {
    Path library =
        new PluginJar()
            .source("lib.Codec", "package lib; public class Codec { public static int N = 1; }")
            .write(temp.resolve("plugins").resolve("library.tmp"));
    PluginJar.empty("broken")
        .compiledAgainst(library)
        .source(
            "acme.Main",
            """
            package acme;
            public final class Main implements io.modelvane.spi.Plugin {
              public java.util.List<io.modelvane.spi.ComponentFactory<?, ?>> factories() {
                throw new IllegalStateException("" + new lib.Codec());
              }
            }
            """)
        .service("acme.Main")
        .write(jar("broken"));
    Files.delete(library);
    assertThat(soleFailure())
        .startsWith("broken.jar: its plugin class does not work: ")
        .contains("lib/Codec");
  }

  @Test
  void ofTwoPluginsWithOneTypeTheFirstIsKept() throws IOException {
    PluginJar.working("first", "same", "\"First.\"").write(jar("a"));
    PluginJar.working("second", "same", "\"Second.\"").write(jar("b"));
    assertThat(soleFailure())
        .isEqualTo(
            "b.jar: offers the sink type 'same', which plugin 'first' (a.jar) offers already;"
                + " remove one of the two");
    assertThat(say(load(), "same")).isEqualTo("First.");
  }

  @Test
  void whichOfTwoIsKeptDoesNotDependOnTheirIds() throws IOException {
    for (String id : List.of("m", "a", "z", "k")) {
      PluginJar.working(id, "same", "\"" + id + ".\"").write(jar("m".equals(id) ? "0" : id));
    }
    assertThat(say(load(), "same")).isEqualTo("m.");
  }

  @Test
  void aJarWithoutAManifestIsOneLine() throws IOException {
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(jar("bare")))) {
      out.putNextEntry(new ZipEntry("a.txt"));
    }
    assertThat(soleFailure()).startsWith("bare.jar: has no META-INF/MANIFEST.MF with a Plugin-Id;");
  }

  @Test
  void aZipThatDescribesNothingIsOneLine() throws IOException {
    Path file = folder.resolve("bare.zip");
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(file))) {
      out.putNextEntry(new ZipEntry("a.txt"));
    }
    assertThat(soleFailure()).startsWith("bare.zip: has no plugin.properties at its top;");
  }

  @Test
  void aRangeThatIsNoneIsOneLine() throws IOException {
    PluginJar.working("odd", "odd_sink", "\"Odd.\"")
        .manifest("Plugin-Requires", "whenever")
        .write(jar("odd"));
    assertThat(soleFailure())
        .startsWith("odd.jar: its Plugin-Requires or Plugin-Version is no version or range")
        .endsWith("; write for example Plugin-Requires: >=0.1.0 & <1.0.0");
  }

  @Test
  void aZipInThePlaceOfANewerOneIsUnpackedAgain() throws IOException {
    Path file = folder.resolve("zipped.zip");
    PluginJar.working("zipped", "zipped_sink", "\"New.\"").writeZip(file);
    assertThat(say(load(), "zipped_sink")).isEqualTo("New.");
    close();
    PluginJar.working("zipped", "zipped_sink", "\"Old.\"").writeZip(file);
    Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2020-01-01T00:00:00Z")));
    assertThat(say(load(), "zipped_sink")).isEqualTo("Old.");
  }

  @Test
  void aZipThatWasDeletedIsGone() throws IOException {
    Path file = folder.resolve("zipped.zip");
    PluginJar.working("zipped", "zipped_sink", "\"Zip.\"").writeZip(file);
    assertThat(say(load(), "zipped_sink")).isEqualTo("Zip.");
    close();
    Files.delete(file);
    assertThat(say(load(), "zipped_sink")).isEqualTo("not there");
  }

  @Test
  void aPluginThatOffersOneTypeTwiceIsOneLine() throws IOException {
    PluginJar.empty("double")
        .source(
            "acme.dbl.Main",
            PluginJar.plugin("dbl", "twice", "\"Twice.\"")
                .replace("List.of(new Factory())", "List.of(new Factory(), new Factory())"))
        .service("acme.dbl.Main")
        .write(jar("double"));
    assertThat(soleFailure()).startsWith("double.jar: offers the sink type 'twice' twice");
  }

  @Test
  void aZipWithLibrariesIsUnpackedAndWorks() throws IOException {
    Path library =
        new PluginJar()
            .source(
                "lib.Codec",
                "package lib; public class Codec { public static String name() { return \"zip\"; } }")
            .write(folder.resolve("codec.tmp"));
    PluginJar.working("zipped", "zipped_sink", "lib.Codec.name()")
        .compiledAgainst(library)
        .writeZip(folder.resolve("zipped.zip"), Files.copy(library, temp.resolve("codec.jar")));
    Files.delete(library);
    assertThat(say(load(), "zipped_sink")).isEqualTo("zip");
  }

  @Test
  void twoPluginsBringTheirOwnVersionsOfOneLibrary() throws IOException {
    for (String version : List.of("one", "two")) {
      PluginJar.working(version, "sink_" + version, "lib.Codec.version()")
          .source(
              "lib.Codec",
              "package lib; public class Codec { public static String version() { return \"%s\"; } }"
                  .formatted(version))
          .write(jar(version));
    }
    PluginCatalogue catalogue = load();
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
    PluginJar.working("eye", "eye", look).write(jar("eye"));
    return say(load(), "eye");
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
        .write(jar("copy"));
    assertThat(say(load(), "copy_sink")).isEqualTo("Copy.");
  }

  @Test
  void whatElseLiesInTheFolderIsLeftAlone() throws IOException {
    Files.writeString(folder.resolve("README.txt"), "jars go here");
    Files.createDirectory(folder.resolve(".git"));
    assertThat(failures(load())).isEmpty();
  }
}
