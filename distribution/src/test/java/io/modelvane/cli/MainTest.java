package io.modelvane.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {
  @TempDir Path folder;

  @Test
  void withoutArgumentsItShowsItsCommandsAndIsWrongUsage() {
    Invocation nothing = Invocation.of();

    assertThat(nothing.code()).isEqualTo(64);
    assertThat(nothing.out()).isEmpty();
    assertThat(nothing.err())
        .contains("Usage: modelvane", "run", "validate", "plugins", "schema", "options", "demo");
  }

  @Test
  void helpListsEveryCommand() {
    Invocation help = Invocation.of("--help");

    assertThat(help.code()).isZero();
    assertThat(help.out())
        .contains("run", "validate", "plugins", "schema", "options", "dashboards", "demo");
  }

  @ParameterizedTest
  @ValueSource(strings = {"run", "validate", "plugins", "schema", "options"})
  void everyCommandExplainsItself(String command) {
    Invocation help = Invocation.of(command, "--help");

    assertThat(help.code()).isZero();
    assertThat(help.out()).contains("Usage: modelvane " + command, "--plugins", "--help");
    assertThat(help.err()).isEmpty();
  }

  @Test
  void versionNamesItselfItsInterfaceAndJava() {
    Invocation version = Invocation.of("--version");

    assertThat(version.code()).isZero();
    assertThat(version.out())
        .contains("modelvane ", "plugin interface 0.1.0", System.getProperty("java.version"));
  }

  @ParameterizedTest
  @CsvSource({"vaildate, validate", "pluginss, plugins", "schem, schema", "rum, run"})
  void aMisspeltCommandIsWrongUsageWithASuggestion(String typed, String meant) {
    Invocation wrong = Invocation.of(typed);

    assertThat(wrong.code()).isEqualTo(64);
    assertThat(wrong.err()).contains("'" + typed + "'").contains(meant);
    assertThat(wrong.out()).isEmpty();
  }

  @Test
  void aMisspeltOptionIsWrongUsageWithASuggestion() {
    Invocation wrong = Invocation.of("schema", "--plugns", "x");

    assertThat(wrong.code()).isEqualTo(64);
    assertThat(wrong.err()).contains("--plugns").contains("--plugins");
  }

  @ParameterizedTest
  @ValueSource(strings = {"run", "validate"})
  void aMissingConfigurationIsWrongUsageThatNamesTheOptionAndTheHelp(String command) {
    Invocation wrong = Invocation.of(command, "--plugins", folder.toString());

    assertThat(wrong.code()).isEqualTo(64);
    assertThat(wrong.err()).contains("--config").contains("modelvane " + command + " --help");
  }

  @Test
  void whatNobodyExpectedIsOurFault() throws IOException {
    Path page = Files.createDirectories(folder.resolve("clone/other")).resolve("README.md");
    Files.writeString(page, "<!-- options:begin -->\n<!-- options:end -->\n");

    Invocation fault =
        Invocation.of(
            "options",
            "--plugins",
            folder.toString(),
            "--write",
            folder.resolve("clone").toString());

    assertThat(fault.code()).isEqualTo(70);
    assertThat(fault.err()).startsWith("modelvane: ").contains("README.md");
  }
}
