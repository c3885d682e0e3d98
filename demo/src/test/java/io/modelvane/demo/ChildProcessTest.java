package io.modelvane.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildProcessTest {
  private static final Duration LONG = Duration.ofSeconds(60);
  @TempDir Path folder;

  /**
   * A child that would live forever: it notes who it is, and starts a child of its own if told to.
   */
  static final class Sleeper {
    private Sleeper() {}

    public static void main(String[] arguments) throws Exception {
      Watchdog.arm();
      Path folder = Path.of(arguments[0]);
      if (arguments.length > 1) {
        startSleeper(folder.resolve("grandchild"));
      }
      Files.createDirectories(folder);
      var unused = Files.createTempFile("unpacked", ".so");
      Files.writeString(folder.resolve("pid.new"), String.valueOf(ProcessHandle.current().pid()));
      Files.move(folder.resolve("pid.new"), folder.resolve("pid"));
      Thread.sleep(Duration.ofHours(1).toMillis());
    }
  }

  @Test
  void childStopsWhenAskedTo() {
    ChildProcess child = startSleeper(folder);
    awaitPid(folder);

    assertThat(child.stop(LONG)).isTrue();
    assertThat(child.isAlive()).isFalse();
    assertThat(child.exitCode()).isZero();
  }

  @Test
  void killedChildIsGoneAtOnce() {
    ChildProcess child = startSleeper(folder);

    child.kill();

    assertThat(child.isAlive()).isFalse();
  }

  @Test
  void whatAKilledChildHasUnpackedLiesBesideItsLog() {
    ChildProcess child = startSleeper(folder);
    awaitPid(folder);

    child.kill();

    assertThat(folder).isDirectoryContaining("glob:**/unpacked*.so");
  }

  @Test
  void grandchildEndsWhenItsParentIsKilled() {
    ChildProcess parent = startSleeper(folder, "with a child");
    ProcessHandle grandchild = awaitPid(folder.resolve("grandchild"));
    awaitPid(folder);

    parent.kill();

    await().atMost(LONG).until(() -> !grandchild.isAlive());
  }

  private static ChildProcess startSleeper(Path folder, String... more) {
    List<String> arguments =
        more.length == 0 ? List.of(folder.toString()) : List.of(folder.toString(), more[0]);
    return ChildProcess.start(
        "sleeper",
        new ChildProcess.JavaCommand(List.of("-Xmx32m"), Sleeper.class, arguments),
        Map.of(),
        folder.resolve("sleeper.log"));
  }

  private static ProcessHandle awaitPid(Path folder) {
    Path file = folder.resolve("pid");
    await().atMost(LONG).until(() -> Files.exists(file));
    try {
      Optional<ProcessHandle> process = ProcessHandle.of(Long.parseLong(Files.readString(file)));
      return process.orElseThrow();
    } catch (java.io.IOException failure) {
      throw new java.io.UncheckedIOException(failure);
    }
  }
}
