package io.modelvane.influx;

import io.modelvane.spi.FieldKey;
import io.modelvane.spi.PointBatch;
import io.modelvane.spi.PointBatchBuilder;
import io.modelvane.spi.Series;
import io.modelvane.spi.Tag;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** From rows to the body of a write, as the sink makes it; per row. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class LinesBenchmark {
  private static final int BATCHES = 40;
  private static final int ROWS = 1_000;
  private static final FieldKey REQUEST = FieldKey.of("request_id");

  /** How many series the rows are of. */
  @Param({"20", "20000"})
  public int series = 20;

  /** How many numbers a row has. */
  @Param({"3", "25"})
  public int metrics = 3;

  private final Buffers buffers = new Buffers(1);
  private final List<PointBatch> batches = new ArrayList<>();
  private int next;

  /** Makes the rows. */
  @Setup
  public void prepare() {
    Random random = new Random(1);
    List<Series> all = new ArrayList<>();
    for (int i = 0; i < series; i++) {
      Tag name = new Tag("algorithm_name", "credit card, approval " + i); // needs escapes
      Tag owner = new Tag("algorithm_owner", "asli");
      all.add(Series.of("algorithmia", List.of(name, owner)));
    }
    for (int batch = 0; batch < BATCHES; batch++) {
      batches.add(rows(all, random));
    }
  }

  private PointBatch rows(List<Series> all, Random random) {
    PointBatchBuilder builder = new PointBatchBuilder();
    for (int row = 0; row < ROWS; row++) {
      builder.beginRow();
      for (int metric = 0; metric < metrics; metric++) {
        builder.number(FieldKey.of("metric_" + metric), random.nextInt(10_000) / 1e4);
      }
      builder.string(REQUEST, "req-" + new UUID(random.nextLong(), random.nextLong()));
      long time = 1_790_000_000_000_000_000L + random.nextInt(1_000_000_000);
      builder.endRow(all.get(random.nextInt(all.size())), time);
    }
    return builder.build();
  }

  /** Writes a batch into a buffer that is used again. */
  @Benchmark
  @OperationsPerInvocation(ROWS)
  public int encode() {
    Rows rows = Rows.all(batches.get(next++ % BATCHES));
    byte[] buffer = buffers.take(rows.bytesBound());
    int length = rows.write(buffer);
    buffers.give(buffer);
    return length;
  }
}
