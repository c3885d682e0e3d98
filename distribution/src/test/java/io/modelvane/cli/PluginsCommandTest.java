package io.modelvane.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelvane.built.PluginJar;
import io.modelvane.built.SmallPlugin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PluginsCommandTest {
  @TempDir Path folder;

  private Invocation plugins() {
    return Invocation.of("plugins", "--plugins", folder.toString());
  }

  @Test
  void listsIdVersionFileAndWhatEachOffers() throws IOException {
    SmallPlugin.folderWithOne(folder);

    Invocation listed = plugins();

    assertThat(listed.code()).isZero();
    assertThat(listed.err()).isEmpty();
    assertThat(listed.out().lines())
        .anySatisfy(line -> assertThat(line).startsWith("builtin "))
        .anySatisfy(line -> assertThat(line).contains("decoder", "algorithmia-insights"))
        .contains("small 1.0.0  small-1.0.0.jar")
        .anySatisfy(
            line -> assertThat(line).matches("  source +steady +Says what it was told to\\."))
        .anySatisfy(line -> assertThat(line).matches("  sink +memory +Keeps nothing\\."));
  }

  @Test
  void whatIsBrokenIsNamedInOneLineEachAndTheRestIsListed() throws IOException {
    SmallPlugin.folderWithOne(folder);
    Files.writeString(folder.resolve("broken.jar"), "not a jar");
    PluginJar.pack(folder.resolve("nameless.jar"), Map.of(), List.of());
    PluginJar.pack(
        folder.resolve("hollow.jar"),
        Map.of("Plugin-Id", "hollow", "Plugin-Version", "1.0.0"),
        List.of());

    Invocation listed = plugins();

    assertThat(listed.code()).isEqualTo(78);
    assertThat(listed.out()).contains("small 1.0.0");
    assertThat(listed.out().lines().filter(line -> line.startsWith("BROKEN ")))
        .hasSize(3)
        .anySatisfy(line -> assertThat(line).contains("broken.jar: not a readable jar"))
        .anySatisfy(line -> assertThat(line).contains("nameless.jar: ", "no Plugin-Id"))
        .anySatisfy(line -> assertThat(line).contains("hollow.jar: offers nothing"));
  }

  @Test
  void aPluginForAnotherSpiIsNamedWithBothVersions() throws IOException {
    SmallPlugin.build(folder.resolve("small-9.0.0.jar"), ">=9.0.0");

    Invocation listed = plugins();

    assertThat(listed.code()).isEqualTo(78);
    assertThat(listed.out()).contains("small-9.0.0.jar", "needs SPI >=9.0.0", "this is SPI 0.1.0");
  }

  @Test
  void twoPluginsWithOneIdAreNamed() throws IOException {
    SmallPlugin.folderWithOne(folder);
    Files.copy(folder.resolve("small-1.0.0.jar"), folder.resolve("small-copy.jar"));

    Invocation listed = plugins();

    assertThat(listed.code()).isEqualTo(78);
    assertThat(listed.out()).contains("small 1.0.0").contains("BROKEN small-copy.jar");
  }

  @Test
  void aMissingFolderIsAFailureThatSaysWhatToDo() {
    Path missing = folder.resolve("nowhere");

    Invocation listed = Invocation.of("plugins", "--plugins", missing.toString());

    assertThat(listed.code()).isEqualTo(78);
    assertThat(listed.out()).contains("no such folder of plugins (" + missing + ")", "--plugins");
  }

  @Test
  void anEmptyFolderLeavesTheBuiltInOnes() {
    Invocation listed = plugins();

    assertThat(listed.code()).isZero();
    assertThat(listed.out()).contains("builtin ").doesNotContain("BROKEN");
  }
}
