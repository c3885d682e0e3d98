package io.modelvane.alerting.codec;

import io.modelvane.spi.Series;
import io.modelvane.spi.Tag;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;

/** Writes numbers and texts as few bytes. Used again after {@link #clear()}. */
public final class ByteWriter {
  private byte[] bytes = new byte[256];
  private int size;

  /** Forgets what was written. */
  public void clear() {
    size = 0;
  }

  /** The number of bytes written. */
  public int size() {
    return size;
  }

  /** What was written. */
  public byte[] toBytes() {
    return Arrays.copyOf(bytes, size);
  }

  private void need(int more) {
    if (size + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
    }
  }

  /** One byte. */
  public ByteWriter put(int value) {
    need(1);
    bytes[size++] = (byte) value;
    return this;
  }

  /** A number, small ones in few bytes, negative ones too. */
  public ByteWriter putLong(long value) {
    need(10);
    long rest = (value << 1) ^ (value >> 63);
    while ((rest & ~0x7fL) != 0) {
      bytes[size++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[size++] = (byte) rest;
    return this;
  }

  /** A double, bit by bit. */
  public ByteWriter putDouble(double value) {
    need(8);
    long bits = Double.doubleToRawLongBits(value);
    for (int shift = 56; shift >= 0; shift -= 8) {
      bytes[size++] = (byte) (bits >>> shift);
    }
    return this;
  }

  /** A text. */
  public ByteWriter putText(String text) {
    return putBytes(text.getBytes(StandardCharsets.UTF_8));
  }

  /** A map of texts. */
  public ByteWriter putTexts(Map<String, String> texts) {
    putLong(texts.size());
    texts.forEach((key, value) -> putText(key).putText(value));
    return this;
  }

  /** A series, so that it comes back as it was given. */
  public ByteWriter putSeries(Series series) {
    putText(series.measurement()).putLong(series.tags().size());
    for (Tag tag : series.tags()) {
      putText(tag.key()).putText(tag.value());
    }
    return this;
  }

  /** Bytes and their number. */
  public ByteWriter putBytes(byte[] value) {
    putLong(value.length);
    need(value.length);
    System.arraycopy(value, 0, bytes, size, value.length);
    size += value.length;
    return this;
  }

  /** All that {@code other} holds, and its size. */
  public ByteWriter putAll(ByteWriter other) {
    putLong(other.size);
    need(other.size);
    System.arraycopy(other.bytes, 0, bytes, size, other.size);
    size += other.size;
    return this;
  }
}
