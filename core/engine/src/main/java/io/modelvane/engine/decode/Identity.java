package io.modelvane.engine.decode;

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

  /** A hash of a text that is the same in every run (FNV-1a over its UTF-16 units). */
  static long hash(CharSequence text) {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
    }
    return mix(hash);
  }

  /** The same hash of a text in ASCII. */
  static long hash(byte[] ascii, int from, int to) {
    long hash = 0xcbf29ce484222325L;
    for (int i = from; i < to; i++) {
      hash = (hash ^ ascii[i]) * 0x100000001b3L;
    }
    return mix(hash);
  }
}
