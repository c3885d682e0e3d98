package io.modelvane.alerting.history;

import io.modelvane.spi.Series;
import io.modelvane.spi.Tag;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads what {@link BlobWriter} wrote, in the same order.
 *
 * <p>Bytes that are cut short end in a {@link java.nio.BufferUnderflowException}.
 */
public final class BlobReader {
  private final ByteBuffer in;

  /** Reads from the beginning. */
  public BlobReader(byte[] bytes) {
    this.in = ByteBuffer.wrap(bytes);
  }

  /** An integer. */
  public long number() {
    long rest = 0;
    int shift = 0;
    byte next;
    do {
      next = in.get();
      rest |= (long) (next & 0x7f) << shift;
      shift += 7;
    } while (next < 0);
    return (rest >>> 1) ^ -(rest & 1);
  }

  /** A double. */
  public double real() {
    return Double.longBitsToDouble(number());
  }

  /** A text. */
  public String text() {
    byte[] utf8 = new byte[(int) number()];
    in.get(utf8);
    return new String(utf8, StandardCharsets.UTF_8);
  }

  /** A map of texts. */
  public Map<String, String> texts() {
    long size = number();
    Map<String, String> values = new LinkedHashMap<>();
    for (long i = 0; i < size; i++) {
      String key = text();
      values.put(key, text());
    }
    return values;
  }

  /** A series. */
  public Series series() {
    String measurement = text();
    long size = number();
    List<Tag> tags = new ArrayList<>();
    for (long i = 0; i < size; i++) {
      String key = text();
      tags.add(new Tag(key, text()));
    }
    return Series.of(measurement, tags);
  }
}
