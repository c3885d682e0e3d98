package io.modelvane.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelvane.built.SmallPlugin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OptionsCommandTest {
  @TempDir Path folder;
  private Path plugins;

  @BeforeEach
  void buildAPlugin() throws IOException {
    plugins = folder.resolve("plugins");
    SmallPlugin.build(plugins.resolve("modelvane-small-1.0.0.jar"), ">=0.1.0");
  }

  private Invocation options(String... more) {
    String[] arguments = new String[3 + more.length];
    arguments[0] = "options";
    arguments[1] = "--plugins";
    arguments[2] = plugins.toString();
    System.arraycopy(more, 0, arguments, 3, more.length);
    return Invocation.of(arguments);
  }

  @Test
  void printsTheOptionsOfEveryComponent() {
    Invocation printed = options();

    assertThat(printed.code()).isZero();
    assertThat(printed.out())
        .contains("# At the top", "| `stop_within` |", "# Of a pipeline", "| `write_timeout` |")
        .contains("### source `steady`", "| `fatal` | true or false | `false` |")
        .contains("### sink `memory`", "| `limit` | whole number | `10` | Most rows. |");
  }

  @Test
  void writesTheTablesOfACloneAndTheSchemaOnceAndThenNothing() throws IOException {
    Path readme = Files.createDirectories(folder.resolve("clone/small")).resolve("README.md");
    Path docs = Files.createDirectories(folder.resolve("clone/docs"));
    Path built = Files.createDirectories(folder.resolve("clone/small/target")).resolve("x.md");
    String block = "<!-- options:begin -->\nstale\n<!-- options:end -->\n";
    Files.writeString(readme, "# Small\n\n" + block + "\nafter\n");
    Files.writeString(built, block);
    Files.writeString(docs.resolve("page.md"), "<!-- options:sink:memory -->\n<!-- /options -->\n");

    Invocation first = options("--write", folder.resolve("clone").toString());
    Invocation second = options("--write", folder.resolve("clone").toString());

    assertThat(first.code()).isZero();
    assertThat(first.out().lines()).hasSize(3);
    assertThat(readme)
        .content()
        .startsWith("# Small\n\n<!-- options:begin -->\n")
        .contains("### source `steady`", "| `limit` |")
        .doesNotContain("stale")
        .endsWith("<!-- options:end -->\n\nafter\n");
    assertThat(docs.resolve("page.md")).content().contains("| `limit` |");
    assertThat(docs.resolve("schema.json")).content().contains("\"memory\"");
    assertThat(built).content().isEqualTo(block);
    assertThat(second.out()).isEmpty();
  }

  @Test
  void aFolderThatDoesNotExistIsWrongUsage() {
    Invocation wrong = options("--write", folder.resolve("nowhere").toString());

    assertThat(wrong.code()).isEqualTo(64);
    assertThat(wrong.err()).contains("no such folder", "nowhere");
  }
}
