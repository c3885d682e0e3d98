package io.modelvane.kafka;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jpountz.util.Native;

/**
 * Lets the Kafka client decompress lz4 in native code. The library takes that by itself only when
 * it was loaded by the system's class loader, which a plugin never is; the codec in Java that it
 * takes otherwise costs a quarter of a pipeline's time.
 */
final class NativeLz4 {
  /** What a process has in its memory, where Linux says so. */
  private static final Path MAPS = Path.of("/proc/self/maps");

  private static final Pattern COPY = Pattern.compile("/.*/liblz4-java-\\d+\\.so$");

  private NativeLz4() {}

  /** Loads it where it can be; elsewhere the codec in Java serves. */
  static void load(System.Logger logger) {
    try {
      Native.load();
    } catch (RuntimeException | LinkageError none) {
      logger.log(System.Logger.Level.DEBUG, "no native lz4 here: {0}", none.toString());
    }
    try {
      deleteCopies();
    } catch (IOException kept) {
      logger.log(System.Logger.Level.DEBUG, "a copy of lz4 is left: {0}", kept.toString());
    }
  }

  /**
   * Deletes the copies in the temporary folder that this process runs, which it needs no longer:
   * one that is killed would leave them for ever. Where the system does not name them they stay.
   */
  private static void deleteCopies() throws IOException {
    if (!Files.isReadable(MAPS)) {
      return;
    }
    for (String line : Files.readAllLines(MAPS)) {
      Matcher copy = COPY.matcher(line);
      if (copy.find()) {
        Files.deleteIfExists(Path.of(copy.group()));
        Files.deleteIfExists(Path.of(copy.group() + ".lck"));
      }
    }
  }
}
