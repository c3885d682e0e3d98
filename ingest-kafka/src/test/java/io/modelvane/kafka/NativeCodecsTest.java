package io.modelvane.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.modelvane.testkit.TestContext;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import net.jpountz.util.Native;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.utils.ByteBufferOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** In processes of its own: each library is loaded once in each. */
class NativeCodecsTest {
  @TempDir Path temp;

  /** Compresses in every way, and ends as a process does that is killed. */
  static final class Killed {
    private Killed() {}

    public static void main(String[] arguments) throws Exception {
      NativeCodecs.prepare(TestContext.named("calls").dataFolder(Path.of(arguments[0])).build());
      for (Compression codec :
          List.of(
              Compression.zstd().build(),
              Compression.snappy().build(),
              Compression.lz4().build())) {
        try (OutputStream out = codec.wrapForOutput(new ByteBufferOutputStream(512), (byte) 2)) {
          out.write(arguments[0].getBytes(StandardCharsets.UTF_8));
        }
      }
      Runtime.getRuntime().halt(Native.isLoaded() ? 9 : 1);
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
                temp.resolve("data").toString())
            .redirectErrorStream(true)
            .start();
    String words = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(words).isEqualTo(9);
  }

  private static List<String> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void whoeverIsKilledLeavesNothingInTheTemporaryFolderAndOneCopyOfEachInTheDataFolder()
      throws Exception {
    assumeTrue(Files.isReadable(Path.of("/proc/self/maps")), "only Linux says what is loaded");
    Path temporary = Files.createDirectory(temp.resolve("tmp"));
    Path folder = Files.createDirectories(temp.resolve("data/native"));
    Files.createFile(folder.resolve("sqlite-of-somebody-else.so"));

    runKilled(temporary);
    runKilled(temporary);

    assertThat(files(temporary)).isEmpty();
    assertThat(files(folder))
        .filteredOn(name -> !name.startsWith("libzstd-jni-")) // deletes its own, where it can
        .satisfiesExactly(
            snappy -> assertThat(snappy).startsWith("snappy-"),
            other -> assertThat(other).startsWith("sqlite-"));
  }
}
