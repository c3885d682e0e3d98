package io.modelvane.alerting.check;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads what a {@link StateWriter} wrote. */
public final class StateReader {
  private final byte[] bytes;
  private final int end;
  private int at;

  /** Reads these bytes. */
  public StateReader(byte[] bytes) {
    this(bytes, 0, bytes.length);
  }

  private StateReader(byte[] bytes, int from, int end) {
    this.bytes = bytes;
    this.at = from;
    this.end = end;
  }

  /**
   * Reads the version at the beginning of a state.
   *
   * @throws IllegalStateException when this program does not know it yet
   */
  public int version(int newest) {
    int version = next() & 0xff;
    if (version > newest) {
      throw new IllegalStateException(
          "its format is version %d and this program knows up to %d; use the program that wrote it"
              .formatted(version, newest));
    }
    return version;
  }

  /** Whether nothing is left. */
  public boolean isEmpty() {
    return at >= end;
  }

  /** One byte. */
  public int next() {
    if (at >= end) {
      throw new IllegalStateException("it ends in the middle");
    }
    return bytes[at++];
  }

  /** A number. */
  public long nextLong() {
    long value = 0;
    for (int shift = 0; shift < 70; shift += 7) {
      int b = next();
      value |= (long) (b & 0x7f) << shift;
      if (b >= 0) {
        return (value >>> 1) ^ -(value & 1);
      }
    }
    throw new IllegalStateException("it holds a number that is too long");
  }

  /** A number that counts something which follows. */
  public int nextCount() {
    long count = nextLong();
    if (count < 0 || count > end - at) {
      throw new IllegalStateException("it is damaged: " + count + " of something");
    }
    return (int) count;
  }

  /** A double. */
  public double nextDouble() {
    long bits = 0;
    for (int i = 0; i < 8; i++) {
      bits = bits << 8 | (next() & 0xff);
    }
    return Double.longBitsToDouble(bits);
  }

  /** A text. */
  public String nextText() {
    return new String(nextBytes(), StandardCharsets.UTF_8);
  }

  /** Bytes. */
  public byte[] nextBytes() {
    int length = nextCount();
    byte[] value = Arrays.copyOfRange(bytes, at, at + length);
    at += length;
    return value;
  }

  /** A part that was written with {@link StateWriter#putAll}. */
  public StateReader part() {
    int length = nextCount();
    StateReader part = new StateReader(bytes, at, at + length);
    at += length;
    return part;
  }
}
