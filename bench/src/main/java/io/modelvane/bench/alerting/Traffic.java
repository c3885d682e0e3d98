package io.modelvane.bench.alerting;

import io.modelvane.spi.FieldKey;
import io.modelvane.spi.PointBatch;
import io.modelvane.spi.PointBatchBuilder;
import io.modelvane.spi.Series;
import io.modelvane.spi.Tag;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Calls of many models as a decoder would hand them on. */
final class Traffic {
  private static final FieldKey SCORE = FieldKey.of("risk_score");
  private static final FieldKey LATENCY = FieldKey.of("duration_milliseconds");
  private static final FieldKey ERROR = FieldKey.of("error");
  private static final FieldKey REQUEST = FieldKey.of("request_id");

  private final List<Series> series = new ArrayList<>();
  private final Random random = new Random(1);
  private long calls;

  Traffic(int models) {
    for (int i = 0; i < models; i++) {
      series.add(
          Series.of(
              "insights",
              List.of(
                  new Tag("algorithm_name", "model-" + i),
                  new Tag("algorithm_owner", "team-" + i % 10),
                  new Tag("algorithm_version", "1." + i % 3))));
    }
  }

  /**
   * The next calls, each of the next model.
   *
   * @param from the time of the first, in nanoseconds
   * @param apart nanoseconds between two
   */
  PointBatch next(int count, long from, long apart) {
    PointBatchBuilder builder = new PointBatchBuilder();
    for (int i = 0; i < count; i++) {
      builder.beginRow();
      builder.number(SCORE, random.nextInt(1000) / 1000.0);
      builder.number(LATENCY, 20 + random.nextInt(400));
      builder.number(ERROR, random.nextInt(50) == 0 ? 1 : 0);
      builder.string(REQUEST, "req-" + calls);
      builder.endRow(series.get((int) (calls++ % series.size())), from + i * apart);
    }
    return builder.build();
  }
}
