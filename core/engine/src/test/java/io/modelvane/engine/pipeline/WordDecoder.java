package io.modelvane.engine.pipeline;

import io.modelvane.spi.Decoder;
import io.modelvane.spi.EventBatch;
import io.modelvane.spi.FieldKey;
import io.modelvane.spi.PointBatchBuilder;
import io.modelvane.spi.Series;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/**
 * Reads {@code name=value} as one point, {@code name*3} as three, {@code bad} as a rejection, and
 * throws for {@code boom}. Time is the offset.
 */
final class WordDecoder implements Decoder {
  private static final FieldKey VALUE = FieldKey.of("v");

  @Override
  public void decode(EventBatch events, PointBatchBuilder out) {
    for (int i = 0; i < events.size(); i++) {
      out.event(i);
      String text =
          new String(Objects.requireNonNull(events.value(i)), StandardCharsets.UTF_8).strip();
      if (text.startsWith("boom")) {
        out.beginRow();
        out.integer(VALUE, 1);
        throw new IllegalStateException("cannot take " + text);
      } else if (text.startsWith("bad")) {
        out.reject("is " + text);
      } else if (text.contains("*")) {
        String[] parts = text.split("\\*", -1);
        for (int row = 0; row < Integer.parseInt(parts[1]); row++) {
          row(out, parts[0], Integer.toString(row), events.offset(i));
        }
      } else if (!text.equals("skip")) {
        String[] parts = text.split("=", -1);
        row(out, parts[0], parts[1], events.offset(i));
      }
    }
  }

  private static void row(PointBatchBuilder out, String name, String value, long time) {
    out.beginRow();
    byte[] digits = value.getBytes(StandardCharsets.UTF_8);
    out.number(VALUE, digits, 0, digits.length);
    out.endRow(Series.of(name, List.of()), time);
  }
}
