package io.modelvane.engine.deadletter;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A folder of dead letters, seen from outside: a running process may go on writing to it. Letters
 * are never changed; that one was put back is noted in a file beside its own, and a file of which
 * all were put back moves to {@code replayed/}.
 *
 * @param path where it is
 */
public record LetterFolder(Path path) {
  /** The folder for what was put back, within the folder. */
  public Path replayed() {
    return path.resolve("replayed");
  }

  /**
   * The files, oldest first.
   *
   * @throws IOException when the folder cannot be read; one that does not exist is empty
   */
  public List<LetterFile> files() throws IOException {
    if (!Files.isDirectory(path)) {
      return List.of();
    }
    try (Stream<Path> found = Files.list(path)) {
      return found
          .filter(file -> file.getFileName().toString().endsWith(".jsonl"))
          .filter(Files::isRegularFile)
          .sorted()
          .map(LetterFile::new)
          .toList();
    }
  }

  /**
   * Moves a file of which every letter was put back out of the way, unless it is the newest.
   *
   * @param file one that was settled before it was read: what comes to another after that is seen
   *     by nobody
   */
  public void retire(LetterFile file) throws IOException {
    List<LetterFile> files = files();
    if (!files.isEmpty() && !files.get(files.size() - 1).path().equals(file.path())) {
      file.moveTo(Files.createDirectories(replayed()));
    }
  }
}
