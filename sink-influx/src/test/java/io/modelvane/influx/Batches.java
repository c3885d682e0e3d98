package io.modelvane.influx;

import io.modelvane.spi.FieldKey;
import io.modelvane.spi.Outcome;
import io.modelvane.spi.PointBatch;
import io.modelvane.spi.PointBatchBuilder;
import io.modelvane.spi.RowRejection;
import io.modelvane.spi.Series;
import io.modelvane.spi.Sink;
import io.modelvane.spi.Tag;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.IntPredicate;

/** Batches for tests, and what came of them. */
final class Batches {
  private static final Series SERIES = Series.of("calls", List.of(new Tag("model", "fraud")));
  private static final FieldKey SCORE = FieldKey.of("score");

  private Batches() {}

  /** Rows with a float each; those that are {@code bad} have an integer. */
  static PointBatch of(int size, IntPredicate bad) {
    PointBatchBuilder builder = new PointBatchBuilder();
    for (int i = 0; i < size; i++) {
      builder.beginRow();
      if (bad.test(i)) {
        builder.integer(SCORE, i);
      } else {
        builder.number(SCORE, i + 0.5);
      }
      builder.endRow(SERIES, 1_795_000_000_000_000_000L + i);
    }
    return builder.build();
  }

  static PointBatch good(int size) {
    return of(size, i -> false);
  }

  static Outcome write(Sink sink, PointBatch batch) {
    return sink.write(batch).toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join();
  }

  static Set<Integer> rejectedRows(Outcome outcome) {
    Set<Integer> rows = new TreeSet<>();
    if (outcome instanceof Outcome.Rejected rejected) {
      rejected.rows().stream().map(RowRejection::row).forEach(rows::add);
    }
    return rows;
  }
}
