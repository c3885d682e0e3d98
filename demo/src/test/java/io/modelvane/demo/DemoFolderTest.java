package io.modelvane.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoFolderTest {
  @TempDir Path parent;

  @Test
  void isRemovedWithAllThatIsInIt() throws IOException {
    DemoFolder folder = DemoFolder.create(Optional.of(parent.resolve("data")), false);
    Files.createDirectories(folder.resolve("a").resolve("b"));
    Files.writeString(folder.resolve("a").resolve("b").resolve("c"), "");

    folder.close();

    assertThat(folder.path()).doesNotExist();
    assertThat(parent).exists();
  }

  @Test
  void staysWhenItIsKept() throws IOException {
    DemoFolder folder = DemoFolder.create(Optional.of(parent.resolve("data")), true);
    Files.writeString(folder.resolve("log"), "words");

    folder.close();

    assertThat(folder.resolve("log")).hasContent("words");
  }

  @Test
  void isATemporaryOneWhenNoneIsNamed() {
    try (DemoFolder folder = DemoFolder.create(Optional.empty(), false)) {
      assertThat(folder.path()).isEmptyDirectory();
    }
  }

  @Test
  void onlyAnEmptyOrAbsentPlaceIsFree() throws IOException {
    Path file = Files.writeString(parent.resolve("file"), "");

    assertThat(DemoFolder.isFree(parent.resolve("absent"))).isTrue();
    assertThat(DemoFolder.isFree(Files.createDirectory(parent.resolve("empty")))).isTrue();
    assertThat(DemoFolder.isFree(parent)).isFalse();
    assertThat(DemoFolder.isFree(file)).isFalse();
  }
}
