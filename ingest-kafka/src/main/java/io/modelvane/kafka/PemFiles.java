package io.modelvane.kafka;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads PEM files, which kafka-clients wants as texts when key and certificate are apart. */
final class PemFiles {
  private PemFiles() {}

  static String read(Path path) {
    try {
      return Files.readString(path);
    } catch (IOException unreadable) {
      throw new UncheckedIOException("the file " + path + " cannot be read", unreadable);
    }
  }
}
