package io.modelvane.alerting.history;

import io.modelvane.spi.Series;
import io.modelvane.spi.Tag;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Writes values one after the other as compact bytes; {@link BlobReader} reads them in order. */
public final class BlobWriter {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream(256);

  /** An integer, short ones in few bytes. */
  public BlobWriter number(long value) {
    long rest = (value << 1) ^ (value >> 63);
    while ((rest & ~0x7fL) != 0) {
      out.write((int) (rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    out.write((int) rest);
    return this;
  }

  /** A double, every bit of it. */
  public BlobWriter real(double value) {
    return number(Double.doubleToRawLongBits(value));
  }

  /** A text of any length. */
  public BlobWriter text(String value) {
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    number(utf8.length);
    out.writeBytes(utf8);
    return this;
  }

  /** A map of texts. */
  public BlobWriter texts(Map<String, String> values) {
    number(values.size());
    values.forEach((key, value) -> text(key).text(value));
    return this;
  }

  /** A series. */
  public BlobWriter series(Series series) {
    text(series.measurement()).number(series.tags().size());
    for (Tag tag : series.tags()) {
      text(tag.key()).text(tag.value());
    }
    return this;
  }

  /** What was written. */
  public byte[] bytes() {
    return out.toByteArray();
  }
}
