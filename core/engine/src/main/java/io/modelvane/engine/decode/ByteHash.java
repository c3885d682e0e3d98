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
    int last = to - Long.BYTES; // the last word may lie over the one before it
    for (int i = from; i < last; i += Long.BYTES) {
      hash = step(hash, EightBytes.at(bytes, i));
    }
    hash = step(hash, last >= from ? EightBytes.at(bytes, last) : few(bytes, from, to));
    return hash ^ (hash >>> 32);
  }

  private static long few(byte[] bytes, int from, int to) {
    long word = 0;
    for (int i = from; i < to; i++) {
      word = (word << 8) | (bytes[i] & 0xff);
    }
    return word;
  }

  private static long step(long hash, long word) {
    long mixed = (hash ^ word) * PRIME;
    return mixed ^ (mixed >>> 29);
  }
}
