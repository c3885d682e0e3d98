package io.modelvane.kafka;

import io.modelvane.spi.ComponentContext;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jpountz.util.Native;

/**
 * The native code in which the Kafka client decompresses. Each of its libraries unpacks a copy
 * where everybody does, and a process that is killed would leave it there for ever.
 *
 * <p>zstd and snappy are unpacked on first use, into {@code native} of the data folder. lz4 knows
 * no other place; it is loaded at once, also because it does so by itself only when it was loaded
 * by the system's class loader, which a plugin never is. The codec in Java that it takes otherwise
 * costs a quarter of a pipeline's time.
 */
final class NativeCodecs {
  /** What a process has in its memory, where Linux says so. */
  private static final Path MAPS = Path.of("/proc/self/maps");

  private static final Pattern COPY = Pattern.compile("/.*/liblz4-java-\\d+\\.so$");

  /** The property that says where a library is unpacked, and how the names of its copies begin. */
  private static final Map<String, String> UNPACKED =
      Map.of("ZstdTempFolder", "libzstd-jni-", "org.xerial.snappy.tempdir", "snappy-");

  private NativeCodecs() {}

  /**
   * To be called before the first client of this process; later calls change nothing. What cannot
   * be prepared is left to the libraries.
   */
  static synchronized void prepare(ComponentContext context) {
    System.Logger logger = context.logger();
    Path folder = context.dataFolder().toAbsolutePath().resolve("native");
    try {
      for (Map.Entry<String, String> library : UNPACKED.entrySet()) {
        unpackInto(folder, library.getKey(), library.getValue());
      }
    } catch (IOException unusable) {
      logger.log(System.Logger.Level.DEBUG, "codecs are unpacked elsewhere: {0}", unusable);
    }
    loadLz4(logger);
  }

  /** Where the operator has said where it shall be, it stays so. */
  private static void unpackInto(Path folder, String property, String copies) throws IOException {
    if (System.getProperty(property) != null) {
      return;
    }
    Files.createDirectories(folder);
    try (DirectoryStream<Path> left = Files.newDirectoryStream(folder, copies + "*")) {
      for (Path copy : left) {
        Files.delete(copy);
      }
    }
    System.setProperty(property, folder.toString());
  }

  private static void loadLz4(System.Logger logger) {
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
   * Deletes the copies in the temporary folder that this process runs, which it needs no longer.
   * Where the system does not name them they stay.
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
