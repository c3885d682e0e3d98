package io.modelvane.alerting.history;

import io.modelvane.alerting.codec.ByteReader;
import io.modelvane.alerting.codec.ByteWriter;
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
    ByteWriter out = new ByteWriter().putLong(VERSION);
    out.putSeries(point.series()).putLong(timeNanos).putLong(point.fields().size());
    point.fields().forEach((name, value) -> encode(out.putText(name), value));
    return out.toBytes();
  }

  private static void encode(ByteWriter out, Object value) {
    if (value instanceof Double real) {
      out.putLong(REAL).putDouble(real);
    } else if (value instanceof Long integer) {
      out.putLong(INTEGER).putLong(integer);
    } else if (value instanceof Boolean truth) {
      out.putLong(TRUTH).putLong(truth ? 1 : 0);
    } else {
      out.putLong(TEXT).putText((String) value);
    }
  }

  static Point decode(byte[] bytes) {
    ByteReader in = new ByteReader(bytes);
    long version = in.nextLong();
    if (version != VERSION) {
      throw new IllegalStateException("a history record of version " + version);
    }
    Series series = in.nextSeries();
    long nanos = in.nextLong();
    Instant time =
        Instant.ofEpochSecond(
            Math.floorDiv(nanos, 1_000_000_000L), Math.floorMod(nanos, 1_000_000_000L));
    long size = in.nextLong();
    Map<String, Object> fields = new LinkedHashMap<>();
    for (long i = 0; i < size; i++) {
      String name = in.nextText();
      fields.put(name, value(in));
    }
    return new Point(series, time, fields);
  }

  private static Object value(ByteReader in) {
    int type = (int) in.nextLong();
    if (type == REAL) {
      return in.nextDouble();
    } else if (type == INTEGER) {
      return in.nextLong();
    } else if (type == TRUTH) {
      return in.nextLong() == 1;
    }
    return in.nextText();
  }
}
