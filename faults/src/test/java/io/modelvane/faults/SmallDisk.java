package io.modelvane.faults;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file system of few bytes in a folder, where one may mount that. */
final class SmallDisk implements AutoCloseable {
  private final Path folder;

  SmallDisk(Path folder) {
    this.folder = folder;
  }

  Path folder() {
    return folder;
  }

  /** Mounts it, or gives it another size; false where that is not allowed. */
  boolean mount(String options) throws IOException, InterruptedException {
    Files.createDirectories(folder);
    return run("mount", "-t", "tmpfs", "-o", options, "tmpfs", folder.toString());
  }

  /** Fills it to the last byte. */
  void fill() {
    byte[] some = new byte[4_096];
    try (OutputStream out = Files.newOutputStream(filler())) {
      while (true) {
        out.write(some);
      }
    } catch (IOException full) {
      // That is what it is for.
    }
  }

  /** Takes away what filled it. */
  void empty() throws IOException {
    Files.delete(filler());
  }

  private Path filler() {
    return folder.resolve("filler");
  }

  private static boolean run(String... command) throws IOException, InterruptedException {
    return new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start()
            .waitFor()
        == 0;
  }

  @Override
  public void close() throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try {
      run("umount", folder.toString());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
