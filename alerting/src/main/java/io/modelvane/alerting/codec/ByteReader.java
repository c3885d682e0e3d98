package io.modelvane.alerting.codec;

import io.modelvane.spi.Series;
import io.modelvane.spi.Tag;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads what a {@link ByteWriter} wrote, in the same order. Bytes that are cut short or damaged end
 * in an {@link IllegalStateException}.
 */
public final class ByteReader {
  private final byte[] bytes;
  private final int end;
  private int at;

  /** Reads these bytes. */
  public ByteReader(byte[] bytes) {
    this(bytes, 0, bytes.length);
  }

  private ByteReader(byte[] bytes, int from, int end) {
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

  /** A map of texts. */
  public Map<String, String> nextTexts() {
    Map<String, String> texts = new LinkedHashMap<>();
    for (int left = nextCount(); left > 0; left--) {
      String key = nextText();
      texts.put(key, nextText());
    }
    return texts;
  }

  /** A series. */
  public Series nextSeries() {
    String measurement = nextText();
    List<Tag> tags = new ArrayList<>();
    for (int left = nextCount(); left > 0; left--) {
      tags.add(new Tag(nextText(), nextText()));
    }
    return Series.of(measurement, tags);
  }

  /** Bytes. */
  public byte[] nextBytes() {
    int length = nextCount();
    byte[] value = Arrays.copyOfRange(bytes, at, at + length);
    at += length;
    return value;
  }

  /** A part that was written with {@link ByteWriter#putAll}. */
  public ByteReader part() {
    int length = nextCount();
    ByteReader part = new ByteReader(bytes, at, at + length);
    at += length;
    return part;
  }
}
