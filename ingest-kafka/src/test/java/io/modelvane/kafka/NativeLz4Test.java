package io.modelvane.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import net.jpountz.util.Native;
import org.junit.jupiter.api.Test;

class NativeLz4Test {
  @Test
  void leavesNoCopyInTheTemporaryFolder() throws Exception {
    Path maps = Path.of("/proc/self/maps");
    assumeTrue(Files.isReadable(maps), "only Linux says what is loaded");

    NativeLz4.load(System.getLogger("test"));

    assertThat(Native.isLoaded()).isTrue();
    assertThat(Files.readAllLines(maps))
        .filteredOn(line -> line.contains("/liblz4-java-"))
        .isNotEmpty()
        .allMatch(line -> line.endsWith(".so (deleted)"));
  }
}
