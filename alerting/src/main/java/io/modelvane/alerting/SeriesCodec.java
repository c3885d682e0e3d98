package io.modelvane.alerting;

import io.modelvane.alerting.check.StateReader;
import io.modelvane.alerting.check.StateWriter;
import io.modelvane.spi.Series;
import io.modelvane.spi.Tag;
import java.util.ArrayList;
import java.util.List;

/** A series as bytes, so that it comes back as it was given. */
final class SeriesCodec {
  private SeriesCodec() {}

  static byte[] encode(Series series) {
    StateWriter out = new StateWriter();
    out.putText(series.measurement()).putLong(series.tags().size());
    for (Tag tag : series.tags()) {
      out.putText(tag.key()).putText(tag.value());
    }
    return out.toBytes();
  }

  static Series decode(byte[] bytes) {
    StateReader in = new StateReader(bytes);
    String measurement = in.nextText();
    List<Tag> tags = new ArrayList<>();
    for (int i = in.nextCount(); i > 0; i--) {
      tags.add(new Tag(in.nextText(), in.nextText()));
    }
    return Series.of(measurement, tags);
  }
}
