package io.modelvane.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class DemoMainTest {
  private static final int USAGE = 64;
  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void helpNamesEveryOption() {
    assertThat(execute("--help")).isZero();
    assertThat(out.toString())
        .contains("Usage: modelvane demo", "--once", "--keep", "--rate", "--folder")
        .doesNotContain("--home", "--launched-at");
  }

  @Test
  void unknownOptionIsWrongUsage() {
    assertThat(execute("--onec")).isEqualTo(USAGE);
    assertThat(err.toString()).contains("--onec", "modelvane demo --help");
  }

  @Test
  void rateMustBeANumberWithinItsBounds() {
    for (String rate : new String[] {"9", "5001", "NaN", "fast"}) {
      assertThat(execute("--rate", rate)).as(rate).isEqualTo(USAGE);
      assertThat(err.toString()).contains("--rate", rate.equals("fast") ? "'fast'" : "10 to 5000");
    }
  }

  @Test
  void folderThatHoldsSomethingIsLeftAlone() throws IOException {
    Path file = Files.writeString(folder.resolve("precious"), "mine");

    assertThat(execute("--folder", folder.toString())).isEqualTo(USAGE);
    assertThat(err.toString()).contains("not empty");
    assertThat(file).hasContent("mine");
  }

  @Test
  void withoutALauncherItSaysHowToStart() {
    assertThat(execute("--home", folder.toString())).isEqualTo(USAGE);
    assertThat(err.toString()).contains("bin/modelvane", "modelvane demo");
  }

  private int execute(String... arguments) {
    CommandLine line = DemoMain.commandLine();
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(err, true));
    return line.execute(arguments);
  }
}
