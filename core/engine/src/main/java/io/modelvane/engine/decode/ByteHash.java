package io.modelvane.engine.decode;

/**
 * A hash of bytes, eight at a time: for tables in memory, and for {@link Identity}, for which it
 * must stay as it is. Not for what hostile bytes must not make equal.
 */
final class ByteHash {
  private static final long PRIME = 0x9E3779B97F4A7C15L;

  private ByteHash() {}

  /** Adds a range to a hash that was begun with 0. */
  static long of(byte[] bytes, int from, int to, long seed) {
    long hash = (seed + (to - from)) * PRIME;
    int i = from;
    for (; i + Long.BYTES <= to; i += Long.BYTES) {
      hash = step(hash, Words.at(bytes, i));
    }
    long rest = 0;
    for (; i < to; i++) {
      rest = (rest << 8) | (bytes[i] & 0xff);
    }
    hash = step(hash, rest);
    return hash ^ (hash >>> 32);
  }

  private static long step(long hash, long word) {
    long mixed = (hash ^ word) * PRIME;
    return mixed ^ (mixed >>> 29);
  }
}
