package io.modelvane.engine.plugin;

import static io.modelvane.engine.plugin.PluginFolder.failures;
import static io.modelvane.engine.plugin.PluginFolder.say;
import static org.assertj.core.api.Assertions.assertThat;

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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which plugins of a folder are used, and what is said of the others. */
class PluginHostTest {
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

  /** Beside {@code name}, which is broken, a good plugin works. */
  private String soleFailure() throws IOException {
    PluginJar.working("good", "good_sink", "\"Good.\"").write(folder.jar("zz-good"));
    PluginCatalogue catalogue = folder.load();
    assertThat(say(catalogue, "good_sink")).isEqualTo("Good.");
    assertThat(failures(catalogue)).hasSize(1);
    String line = failures(catalogue).get(0);
    assertThat(line.lines()).hasSize(1);
    return line;
  }

  @Test
  void aPluginIsFoundByItsManifestAndItsService() throws IOException {
    Path file = PluginJar.working("good", "good_sink", "\"Good.\"").write(folder.jar("good"));
    PluginCatalogue catalogue = folder.load();
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
    PluginJar.working("odd", "odd_sink", "\"Odd.\"").write(folder.jar("odd"));
    ComponentFactory<?, ?> part = folder.load().find(ComponentKind.SINK, "odd_sink").orElseThrow();
    assertThat(Defect.nothingFrom("sink 'out'", part))
        .isEqualTo("sink 'out' (plugin odd) answered nothing: a defect of the plugin");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "@Option(description = \"n\") float n",
        "@Option(description = \"n\") java.util.Set<String> n",
        "@Option(description = \"n\") java.time.LocalDate n",
        "@Option(description = \"n\") String[] n",
        "@Option(description = \"n\") Object n",
        "@Option(description = \"n\") java.util.Map<Integer, String> n",
        "@Option(description = \"n\", min = \"x\") int n",
        "@Option(description = \"n\", min = \"1\") String n",
        "int n",
      })
  void anOptionThatCannotBeReadIsNamed(String part) throws IOException {
    String source =
        PluginJar.plugin("odd", "odd_sink", "\"Odd.\"")
            .replace("@Option(description = \"A number.\", defaultValue = \"1\") int n", part);
    PluginJar.empty("odd")
        .source("acme.odd.Main", source)
        .service("acme.odd.Main")
        .write(folder.jar("odd"));
    assertThat(soleFailure()).contains("odd.jar: plugin 'odd': acme.odd.Main$Options.n has ");
  }

  @Test
  void theEnginesOwnComponentsAreAlwaysThere() {
    PluginCatalogue catalogue = folder.load();
    assertThat(catalogue.types(ComponentKind.DECODER))
        .containsExactly("algorithmia-insights", "json");
    assertThat(catalogue.types(ComponentKind.DEAD_LETTERS)).containsExactly("file");
    assertThat(failures(catalogue)).isEmpty();
  }

  @Test
  void aFolderThatIsNotThereIsOneLine() {
    Path nowhere = temp.resolve("nowhere");
    folder = new PluginFolder(nowhere);
    PluginCatalogue catalogue = folder.load();
    assertThat(failures(catalogue))
        .containsExactly(
            "nowhere: no such folder of plugins ("
                + nowhere
                + "); create it or name it with"
                + " --plugins");
    assertThat(catalogue.types(ComponentKind.DECODER)).isNotEmpty();
  }

  @Test
  void aFileThatIsNoJarIsOneLine() throws IOException {
    Files.writeString(folder.jar("broken"), "<html>404 Not Found</html>");
    assertThat(soleFailure()).startsWith("broken.jar: not a readable jar or zip (");
  }

  @Test
  void anEmptyFileIsOneLine() throws IOException {
    Files.createFile(folder.jar("broken"));
    assertThat(soleFailure()).startsWith("broken.jar: not a readable jar or zip (");
  }

  @Test
  void aTruncatedJarIsOneLine() throws IOException {
    Path whole = PluginJar.working("cut", "cut_sink", "\"Cut.\"").write(folder.jar("cut"));
    byte[] bytes = Files.readAllBytes(whole);
    Files.write(whole, Arrays.copyOf(bytes, bytes.length / 2));
    assertThat(soleFailure()).startsWith("cut.jar: not a readable jar or zip (");
  }

  @Test
  void aTruncatedZipIsOneLine() throws IOException {
    Path whole =
        PluginJar.working("cut", "cut_sink", "\"Cut.\"").writeZip(folder.path.resolve("cut.zip"));
    byte[] bytes = Files.readAllBytes(whole);
    Files.write(whole, Arrays.copyOf(bytes, bytes.length / 2));
    assertThat(soleFailure()).startsWith("cut.zip: not a readable jar or zip (");
  }

  @Test
  void aLibraryAmongThePluginsIsOneLine() throws IOException {
    new PluginJar().file("a.txt", "a").write(folder.jar("library"));
    assertThat(soleFailure())
        .isEqualTo(
            "library.jar: its manifest has no Plugin-Id; build it as docs/writing-a-plugin.md"
                + " shows");
  }

  @Test
  void ofTwoPluginsWithOneIdTheFirstWorks() throws IOException {
    PluginJar.working("twin", "one", "\"One.\"").write(folder.jar("a"));
    PluginJar.working("twin", "two", "\"Two.\"").write(folder.jar("b"));
    assertThat(soleFailure())
        .isEqualTo("b.jar: has the id 'twin', which a.jar has already; remove one of the two");
    assertThat(say(folder.load(), "one")).isEqualTo("One.");
  }

  @Test
  void aServiceWhoseClassIsMissingIsOneLine() throws IOException {
    PluginJar.empty("broken").service("acme.Missing").write(folder.jar("broken"));
    assertThat(soleFailure())
        .isEqualTo(
            "broken.jar: META-INF/services/io.modelvane.spi.Plugin names acme.Missing, which is not"
                + " in it; mend the name, or build it again");
  }

  @Test
  void aPluginWithoutAServiceIsOneLine() throws IOException {
    PluginJar.empty("broken").write(folder.jar("broken"));
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
    PluginJar.empty("broken")
        .source("acme.Main", source)
        .service("acme.Main")
        .write(folder.jar("broken"));
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
    PluginJar.empty("broken")
        .source("acme.Main", source)
        .service("acme.Main")
        .write(folder.jar("broken"));
    assertThat(soleFailure()).startsWith("broken.jar: its plugin class does not work: ");
  }

  @Test
  void aPluginForAnotherSpiIsOneLine() throws IOException {
    PluginJar.working("future", "future_sink", "\"Future.\"")
        .manifest("Plugin-Requires", ">=2.0.0")
        .write(folder.jar("future"));
    assertThat(soleFailure())
        .isEqualTo(
            "future.jar: plugin 'future' needs SPI >=2.0.0, this is SPI 0.1.0; use a build of it"
                + " for this version");
  }

  @Test
  void aRangeThatHoldsThisSpiIsAccepted() throws IOException {
    PluginJar.working("now", "now_sink", "\"Now.\"")
        .manifest("Plugin-Requires", ">=0.1.0 & <1.0.0")
        .write(folder.jar("now"));
    assertThat(say(folder.load(), "now_sink")).isEqualTo("Now.");
  }

  @Test
  void aMissingDependencyIsOneLine() throws IOException {
    PluginJar.working("lonely", "lonely_sink", "\"Lonely.\"")
        .manifest("Plugin-Dependencies", "absent@1.0.0")
        .write(folder.jar("lonely"));
    assertThat(soleFailure()).isEqualTo("lonely.jar: a plugin that it depends on is missing");
  }

  @Test
  void aLibraryThatWasNotBundledIsOneLine() throws IOException {
    Path library =
        new PluginJar()
            .source("lib.Codec", "package lib; public class Codec { public static int N = 1; }")
            .write(folder.path.resolve("library.tmp"));
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
        .write(folder.jar("broken"));
    Files.delete(library);
    assertThat(soleFailure())
        .startsWith("broken.jar: its plugin class does not work: ")
        .contains("lib/Codec");
  }

  @Test
  void ofTwoPluginsWithOneTypeTheFirstIsKept() throws IOException {
    PluginJar.working("first", "same", "\"First.\"").write(folder.jar("a"));
    PluginJar.working("second", "same", "\"Second.\"").write(folder.jar("b"));
    assertThat(soleFailure())
        .isEqualTo(
            "b.jar: offers the sink type 'same', which plugin 'first' (a.jar) offers already;"
                + " remove one of the two");
    assertThat(say(folder.load(), "same")).isEqualTo("First.");
  }

  @Test
  void whichOfTwoIsKeptDoesNotDependOnTheirIds() throws IOException {
    for (String id : List.of("m", "a", "z", "k")) {
      PluginJar.working(id, "same", "\"" + id + ".\"").write(folder.jar("m".equals(id) ? "0" : id));
    }
    assertThat(say(folder.load(), "same")).isEqualTo("m.");
  }

  @Test
  void aJarWithoutAManifestIsOneLine() throws IOException {
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(folder.jar("bare")))) {
      out.putNextEntry(new ZipEntry("a.txt"));
    }
    assertThat(soleFailure()).startsWith("bare.jar: has no META-INF/MANIFEST.MF with a Plugin-Id;");
  }

  @Test
  void aZipThatDescribesNothingIsOneLine() throws IOException {
    Path file = folder.path.resolve("bare.zip");
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(file))) {
      out.putNextEntry(new ZipEntry("a.txt"));
    }
    assertThat(soleFailure()).startsWith("bare.zip: has no plugin.properties at its top;");
  }

  @Test
  void aRangeThatIsNoneIsOneLine() throws IOException {
    PluginJar.working("odd", "odd_sink", "\"Odd.\"")
        .manifest("Plugin-Requires", "whenever")
        .write(folder.jar("odd"));
    assertThat(soleFailure())
        .startsWith("odd.jar: its Plugin-Requires or Plugin-Version is no version or range")
        .endsWith("; write for example Plugin-Requires: >=0.1.0 & <1.0.0");
  }

  @Test
  void aZipInThePlaceOfANewerOneIsUnpackedAgain() throws IOException {
    Path file = folder.path.resolve("zipped.zip");
    PluginJar.working("zipped", "zipped_sink", "\"New.\"").writeZip(file);
    assertThat(say(folder.load(), "zipped_sink")).isEqualTo("New.");
    folder.close();
    PluginJar.working("zipped", "zipped_sink", "\"Old.\"").writeZip(file);
    Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2020-01-01T00:00:00Z")));
    assertThat(say(folder.load(), "zipped_sink")).isEqualTo("Old.");
  }

  @Test
  void aZipThatWasDeletedIsGone() throws IOException {
    Path file = folder.path.resolve("zipped.zip");
    PluginJar.working("zipped", "zipped_sink", "\"Zip.\"").writeZip(file);
    assertThat(say(folder.load(), "zipped_sink")).isEqualTo("Zip.");
    folder.close();
    Files.delete(file);
    assertThat(say(folder.load(), "zipped_sink")).isEqualTo("not there");
  }

  @Test
  void aPluginThatOffersOneTypeTwiceIsOneLine() throws IOException {
    PluginJar.empty("double")
        .source(
            "acme.dbl.Main",
            PluginJar.plugin("dbl", "twice", "\"Twice.\"")
                .replace("List.of(new Factory())", "List.of(new Factory(), new Factory())"))
        .service("acme.dbl.Main")
        .write(folder.jar("double"));
    assertThat(soleFailure()).startsWith("double.jar: offers the sink type 'twice' twice");
  }

  @Test
  void aZipWithLibrariesIsUnpackedAndWorks() throws IOException {
    Path library =
        new PluginJar()
            .source(
                "lib.Codec",
                "package lib; public class Codec { public static String name() { return \"zip\"; } }")
            .write(folder.path.resolve("codec.tmp"));
    PluginJar.working("zipped", "zipped_sink", "lib.Codec.name()")
        .compiledAgainst(library)
        .writeZip(
            folder.path.resolve("zipped.zip"), Files.copy(library, temp.resolve("codec.jar")));
    Files.delete(library);
    assertThat(say(folder.load(), "zipped_sink")).isEqualTo("zip");
  }

  @Test
  void whatElseLiesInTheFolderIsLeftAlone() throws IOException {
    Files.writeString(folder.path.resolve("README.txt"), "jars go here");
    Files.createDirectory(folder.path.resolve(".git"));
    assertThat(failures(folder.load())).isEmpty();
  }
}
