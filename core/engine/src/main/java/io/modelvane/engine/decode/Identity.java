package io.modelvane.engine.decode;

import java.nio.charset.StandardCharsets;

/** What tells events of one series and one time apart. */
public enum Identity {
  /** A value of the message, such as its request id; its position when there is none. */
  VALUE,
  /** Topic, partition and offset. */
  POSITION,
  /** Nothing: events of one series and one time overwrite each other. */
  NONE;

  /** Spreads a hash evenly (the finaliser of SplitMix64, Steele, Lea and Flood, 2014). */
  static long mix(long value) {
    long z = value + 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /** A hash of a text, as of its bytes in UTF-8. */
  static long hash(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    return hash(utf8, 0, utf8.length);
  }

  /** A hash of bytes that is the same in every run and release: the times of points are of it. */
  static long hash(byte[] bytes, int from, int to) {
    return mix(ByteHash.of(bytes, from, to, 0));
  }
}
