package io.modelvane.engine.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelvane.spi.StateStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** In processes of its own: the library is loaded once in each. */
class SqliteLibraryTest {
  @TempDir Path temp;

  /** Writes to a database, and ends as a process does that is killed. */
  static final class Killed {
    private Killed() {}

    public static void main(String[] arguments) throws Exception {
      StateStore store = new StateDatabase(Path.of(arguments[0])).store("c");
      store.migrate(List.of("CREATE TABLE t (x INTEGER)"));
      Runtime.getRuntime().halt(9);
    }
  }

  private void runKilled(Path temporary) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Djava.io.tmpdir=" + temporary,
                "-cp",
                System.getProperty("java.class.path"),
                Killed.class.getName(),
                temp.resolve("data/state.db").toString())
            .redirectErrorStream(true)
            .start();
    String words = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(words).isEqualTo(9);
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }

  @Test
  void whoeverIsKilledLeavesNothingInTheTemporaryFolderAndOneCopyBesideTheDatabase()
      throws Exception {
    Files.createDirectory(temp.resolve("data"));
    Path temporary = Files.createDirectory(temp.resolve("tmp"));

    runKilled(temporary);
    runKilled(temporary);

    assertThat(files(temporary)).isEmpty();
    assertThat(files(temp.resolve("data/native")))
        .filteredOn(file -> !file.toString().endsWith(".lck"))
        .hasSize(1);
  }

  @Test
  void needsNoTemporaryFolder() throws Exception {
    Files.createDirectory(temp.resolve("data"));

    runKilled(temp.resolve("is-not-there"));

    assertThat(temp.resolve("data/state.db")).isNotEmptyFile();
  }
}
