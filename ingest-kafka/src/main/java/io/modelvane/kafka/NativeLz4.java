package io.modelvane.kafka;

import net.jpountz.util.Native;

/**
 * Lets the Kafka client decompress lz4 in native code. The library takes that by itself only when
 * it was loaded by the system's class loader, which a plugin never is; the codec in Java that it
 * takes otherwise costs a quarter of a pipeline's time.
 */
final class NativeLz4 {
  private NativeLz4() {}

  /** Loads it where it can be; elsewhere the codec in Java serves. */
  static void load(System.Logger logger) {
    try {
      Native.load();
    } catch (RuntimeException | LinkageError none) {
      logger.log(System.Logger.Level.DEBUG, "no native lz4 here: {0}", none.toString());
    }
  }
}
