package io.modelvane.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The launcher with scripts in the place of Java. On the PATH are the few tools it may use and
 * nothing else, so that the machine's own Java is never found.
 */
@DisabledOnOs(OS.WINDOWS)
class LauncherTest {
  private static final Path SCRIPT =
      Path.of("src/main/dist/bin/modelvane").toAbsolutePath().normalize();

  @TempDir Path folder;
  private Launch launch;

  @BeforeEach
  void installIntoAFolderWithSpaces() throws IOException {
    Path home = Files.createDirectories(folder.resolve("a home (1)"));
    Files.createDirectories(home.resolve("conf"));
    Files.createDirectories(home.resolve("lib"));
    Path bin = Files.createDirectories(home.resolve("bin"));
    Files.copy(SCRIPT, bin.resolve("modelvane"));
    launch = new Launch(home.toRealPath(), Launch.tools(folder.resolve("tools")));
    executable(bin.resolve("modelvane"));
  }

  private static void executable(Path file) throws IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  /** A script that says which Java it plays and with what it was called, then ends with 7. */
  private Path java(String name, String version) throws IOException {
    Path bin = Files.createDirectories(folder.resolve(name).resolve("bin"));
    Path java = bin.resolve("java");
    Files.writeString(
        java,
        """
        #!/bin/sh
        if [ "$1" = -version ]; then
          echo 'openjdk version "%s" 2024-01-16' >&2
          exit 0
        fi
        echo "java=%s"
        for argument in "$@"; do
          echo "[$argument]"
        done
        exit 7
        """
            .formatted(version, version));
    executable(java);
    return folder.resolve(name);
  }

  static Stream<List<String>> shells() {
    return Stream.of(
            List.of("/bin/sh"),
            List.of("/bin/dash"),
            List.of("/bin/bash", "--posix"),
            List.of("/bin/busybox", "sh"),
            List.of("/bin/zsh", "--emulate", "sh"))
        .filter(shell -> Files.isExecutable(Path.of(shell.get(0))));
  }

  @ParameterizedTest
  @MethodSource("shells")
  void handsItsArgumentsToJavaAsTheyAreAndItsExitCodeBack(List<String> shell) throws Exception {
    Path home = java("a jdk", "17.0.9");

    Launch.Result result =
        launch
            .javaHome(home)
            .shell(shell)
            .run("run", "-c", "two words.yaml", "*", "", "$HOME \"x\"");

    assertThat(result.err()).isEmpty();
    assertThat(result.code()).isEqualTo(7);
    assertThat(result.out())
        .startsWith("java=17.0.9")
        .contains(
            "[-cp]", "[" + launch.home() + "/lib/*]", "[-Dmodelvane.home=" + launch.home() + "]")
        .endsWith(
            "[io.modelvane.cli.Main]",
            "[run]",
            "[-c]",
            "[two words.yaml]",
            "[*]",
            "[]",
            "[$HOME \"x\"]");
  }

  @Test
  void takesTheNewestOfJavaHomeAndPath() throws Exception {
    Path old = java("old", "1.8.0_402");
    Path newer = java("newer", "21.0.2");
    Path newest = java("newest", "25");

    assertThat(launch.javaHome(old).path(newer, newest).run().out()).startsWith("java=25");
    assertThat(launch.javaHome(newest).path(newer, old).run().out()).startsWith("java=25");
    assertThat(launch.path(old, newest, newer).run().out()).startsWith("java=25");
    assertThat(launch.javaHome(newer).path(old).run().out()).startsWith("java=21.0.2");
  }

  @Test
  void ofTwoEquallyNewItTakesJavaHome() throws Exception {
    Path home = java("home", "21.0.1");
    Path other = java("other", "21.0.9");

    assertThat(launch.javaHome(home).path(other).run().out()).startsWith("java=21.0.1");
  }

  @Test
  void aJavaHomeThatIsEmptyOrLeadsNowhereDoesNotMatter() throws Exception {
    Path jdk = java("jdk", "17.0.9");

    assertThat(launch.javaHome(folder.resolve("nowhere")).path(jdk).run().code()).isEqualTo(7);
    assertThat(launch.javaHome(Path.of("")).path(jdk).run().code()).isEqualTo(7);
  }

  @Test
  void anOldJavaAloneIsRefusedByItsNumberAndPlace() throws Exception {
    Path old = java("old", "1.8.0_402");
    Path older = java("eleven", "11.0.22");

    Launch.Result result = launch.javaHome(old).path(older).run("run");

    assertThat(result.code()).isEqualTo(70);
    assertThat(result.out()).isEmpty();
    assertThat(result.err())
        .singleElement()
        .asString()
        .contains("needs Java 17 or later", "11", older.resolve("bin/java").toString());
  }

  @Test
  void noJavaAtAllIsSaidWithWhatToDo() throws Exception {
    Launch.Result result = launch.run("run");

    assertThat(result.code()).isEqualTo(70);
    assertThat(result.err())
        .singleElement()
        .asString()
        .contains("needs Java 17 or later", "JAVA_HOME", "PATH");
  }

  @Test
  void theReleaseFileOfAJdkSparesAStartOfJava() throws Exception {
    Path jdk = java("jdk", "unasked");
    Files.writeString(jdk.resolve("release"), "IMPLEMENTOR=\"X\"\nJAVA_VERSION=\"17.0.15\"\n");
    Path older = java("older", "16.0.2");

    assertThat(launch.javaHome(older).path(jdk).run().out()).startsWith("java=unasked");
    Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"11.0.1\"\n");
    assertThat(launch.path(jdk).run().code()).isEqualTo(70);
  }

  @ParameterizedTest
  @CsvSource({
    "17.0.9, false, false",
    "21.0.2, false, false",
    "22, true, false",
    "24.0.1, true, true",
    "25-ea, true, true"
  })
  void newerJavasGetTheFlagsTheyNeedToBeQuiet(String version, boolean access, boolean unsafe)
      throws Exception {
    List<String> out = launch.javaHome(java("jdk", version)).run().out();

    assertThat(out.contains("[--enable-native-access=ALL-UNNAMED]")).isEqualTo(access);
    assertThat(out.contains("[--sun-misc-unsafe-memory-access=allow]")).isEqualTo(unsafe);
  }

  @Test
  void optionsOfTheUserComeAfterOursSoThatTheyWin() throws Exception {
    List<String> out =
        launch.javaHome(java("jdk", "17")).opts("-Xmx1g  -Dname=value").run("plugins").out();

    assertThat(out).contains("[-Xmx192m]", "[-Xmx1g]", "[-Dname=value]");
    assertThat(out.indexOf("[-Xmx1g]")).isGreaterThan(out.indexOf("[-Xmx192m]"));
    assertThat(out.indexOf("[-Dname=value]")).isLessThan(out.indexOf("[io.modelvane.cli.Main]"));
  }

  @Test
  void logsAsTheConfigurationFolderSaysIfItDoes() throws Exception {
    Path jdk = java("jdk", "17");
    Path logback = launch.home().resolve("conf/logback.xml");

    assertThat(launch.javaHome(jdk).run().out()).noneMatch(line -> line.contains("logback"));
    Files.writeString(logback, "<configuration/>");
    assertThat(launch.javaHome(jdk).run().out())
        .contains("[-Dlogback.configurationFile=" + logback + "]");
  }

  @Test
  void findsItsHomeThroughSymbolicLinks() throws Exception {
    Path real = launch.home().resolve("bin/modelvane");
    Path links = Files.createDirectories(folder.resolve("links/deep"));
    Path absolute = Files.createSymbolicLink(links.resolve("modelvane"), real);
    Path relative =
        Files.createSymbolicLink(
            folder.resolve("links/vane"), Path.of("deep").resolve(absolute.getFileName()));
    Path jdk = java("jdk", "17");

    for (Path link : List.of(absolute, relative)) {
      assertThat(launch.javaHome(jdk).script(link).run().out())
          .contains("[-Dmodelvane.home=" + launch.home() + "]");
    }
  }

  @Test
  void aJavaBehindASymbolicLinkIsJudgedByItsOwnReleaseFile() throws Exception {
    Path jdk = java("jdk", "17.0.9");
    Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"17.0.9\"\n");
    Path bin = Files.createDirectories(folder.resolve("usr/bin"));
    Files.createSymbolicLink(bin.resolve("java"), jdk.resolve("bin/java"));
    Files.writeString(folder.resolve("usr/release"), "JAVA_VERSION=\"8\"\n");

    assertThat(launch.path(folder.resolve("usr")).run().code()).isEqualTo(7);
  }

  @Test
  void worksFromAnyFolderWhenCalledByARelativePath() throws Exception {
    Launch.Result result =
        launch
            .javaHome(java("jdk", "17"))
            .script(Path.of("bin/modelvane"))
            .from(launch.home())
            .run();

    assertThat(result.out()).contains("[-Dmodelvane.home=" + launch.home() + "]");
  }
}
