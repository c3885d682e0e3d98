package io.modelvane.alerting.history;

import io.modelvane.spi.Point;
import io.modelvane.spi.Series;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Points as bytes in the queue. The first number is the version of the encoding. */
final class PointCodec {
  private static final int VERSION = 1;
  private static final int REAL = 0;
  private static final int INTEGER = 1;
  private static final int TRUTH = 2;
  private static final int TEXT = 3;

  private PointCodec() {}

  static byte[] encode(Point point, long timeNanos) {
    BlobWriter out = new BlobWriter().number(VERSION);
    out.series(point.series()).number(timeNanos).number(point.fields().size());
    point.fields().forEach((name, value) -> encode(out.text(name), value));
    return out.bytes();
  }

  private static void encode(BlobWriter out, Object value) {
    if (value instanceof Double real) {
      out.number(REAL).real(real);
    } else if (value instanceof Long integer) {
      out.number(INTEGER).number(integer);
    } else if (value instanceof Boolean truth) {
      out.number(TRUTH).number(truth ? 1 : 0);
    } else {
      out.number(TEXT).text((String) value);
    }
  }

  static Point decode(byte[] bytes) {
    BlobReader in = new BlobReader(bytes);
    long version = in.number();
    if (version != VERSION) {
      throw new IllegalStateException("a history record of version " + version);
    }
    Series series = in.series();
    long nanos = in.number();
    Instant time =
        Instant.ofEpochSecond(
            Math.floorDiv(nanos, 1_000_000_000L), Math.floorMod(nanos, 1_000_000_000L));
    long size = in.number();
    Map<String, Object> fields = new LinkedHashMap<>();
    for (long i = 0; i < size; i++) {
      String name = in.text();
      fields.put(name, value(in));
    }
    return new Point(series, time, fields);
  }

  private static Object value(BlobReader in) {
    int type = (int) in.number();
    if (type == REAL) {
      return in.real();
    } else if (type == INTEGER) {
      return in.number();
    } else if (type == TRUTH) {
      return in.number() == 1;
    }
    return in.text();
  }
}
