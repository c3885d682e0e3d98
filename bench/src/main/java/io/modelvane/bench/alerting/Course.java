package io.modelvane.bench.alerting;

import io.modelvane.alerting.check.Check;
import io.modelvane.alerting.check.Evaluator;
import io.modelvane.alerting.check.Row;
import io.modelvane.spi.PointBatch;
import io.modelvane.spi.Series;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** One check on calls of ten minutes, from their first batch to their last and then anew. */
final class Course {
  /** Calls in a batch. */
  static final int BATCH = 1_000;

  private static final int BATCHES = 64;
  private static final long APART = 10_000_000; // 100 calls a second
  private static final long START =
      Instant.parse("2026-03-01T10:00:00Z").getEpochSecond() * 1_000_000_000L;

  private final Check check;
  private final Heard heard = new Heard();
  private final Row row = new Row();
  private final List<PointBatch> batches = new ArrayList<>();
  private final List<Series> series = new ArrayList<>();
  private final List<Evaluator> evaluators = new ArrayList<>();
  private int next;
  private int turn;

  /** The check, on calls of so many series in turns. */
  Course(Check check, int count) {
    this.check = check;
    Traffic traffic = new Traffic(count);
    for (int i = 0; i < BATCHES; i++) {
      batches.add(traffic.next(BATCH, START + (long) i * BATCH * APART, APART));
    }
    for (int i = 0; i < count; i++) {
      series.add(batches.get(i / BATCH).series(i % BATCH));
    }
  }

  /** Evaluates the next batch and tells time; returns how many verdicts there have been. */
  long evaluate() {
    if (next == 0) {
      evaluators.clear();
      series.forEach(each -> evaluators.add(check.create(each)));
      turn = 0;
    }
    PointBatch batch = batches.get(next);
    for (int r = 0; r < BATCH; r++) {
      row.move(batch, r, batch.time(r), Long.MAX_VALUE);
      var unused = evaluators.get(turn).row(row, heard);
      turn = turn + 1 == evaluators.size() ? 0 : turn + 1;
    }
    next = (next + 1) % BATCHES;
    tick(batch.time(BATCH - 1));
    return heard.count();
  }

  private void tick(long time) {
    for (Evaluator evaluator : evaluators) {
      if (evaluator.wakeAt() <= time) {
        var unused = evaluator.tick(time, heard);
      }
    }
  }

  /** Those of all series, as they stand. */
  List<Evaluator> evaluators() {
    return evaluators;
  }
}
