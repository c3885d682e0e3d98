package io.modelvane.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeadLetterFilesTest {
  @TempDir Path folder;

  @Test
  void countsDifferentMessagesOfOnePipelineOverAllFiles() throws IOException {
    Files.writeString(
        folder.resolve("one.jsonl"),
        letter("metrics", 0, 5) + letter("alerts", 0, 5) + letter("metrics", 1, 5));
    Files.writeString(
        folder.resolve("two.jsonl"), letter("metrics", 0, 5) + letter("metrics", 0, 9));
    Files.writeString(folder.resolve("notes.txt"), "not a letter\n");

    assertThat(new DeadLetterFiles(folder).messages("metrics")).isEqualTo(3);
    assertThat(new DeadLetterFiles(folder).messages("alerts")).isEqualTo(1);
  }

  @Test
  void lineThatIsStillBeingWrittenDoesNotCount() throws IOException {
    Files.writeString(folder.resolve("one.jsonl"), letter("metrics", 0, 5) + "{\"pipeline\":\"met");

    assertThat(new DeadLetterFiles(folder).messages("metrics")).isEqualTo(1);
  }

  @Test
  void folderThatIsNotThereHoldsNone() {
    assertThat(new DeadLetterFiles(folder.resolve("absent")).messages("metrics")).isZero();
  }

  @Test
  void brokenLineIsNotPassedOver() throws IOException {
    Files.writeString(folder.resolve("one.jsonl"), "broken\n");

    assertThatThrownBy(() -> new DeadLetterFiles(folder).messages("metrics"))
        .isInstanceOf(UncheckedIOException.class);
  }

  private static String letter(String pipeline, int partition, long offset) {
    return "{\"pipeline\":\"%s\",\"stream\":\"t\",\"partition\":%d,\"offset\":%d}%n"
        .formatted(pipeline, partition, offset);
  }
}
