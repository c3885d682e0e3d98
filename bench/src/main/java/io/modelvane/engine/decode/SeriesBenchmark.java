package io.modelvane.engine.decode;

import io.modelvane.spi.FieldKey;
import io.modelvane.spi.PointBatch;
import io.modelvane.spi.PointBatchBuilder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
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

/** From the values of a message's tags to the series of its row; per message. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class SeriesBenchmark {
  private static final int MESSAGES = 40_000;
  private static final int TOGETHER = 500;
  private static final FieldKey CALLED = FieldKey.of("called");
  private static final List<String> TAGS =
      List.of("algorithm_name", "algorithm_owner", "algorithm_version");

  /** How many there are. */
  @Param({"20", "20000"})
  public int series = 20;

  private final PointBatchBuilder out = new PointBatchBuilder();
  private byte[][] messages = {};
  private SeriesLookup known = lookup();

  private static SeriesLookup lookup() {
    return new SeriesLookup(new SeriesCache(TAGS), "algorithmia", TAGS);
  }

  /** Writes the values of every message's tags, one after the other, and meets all series. */
  @Setup
  public void prepare() throws Rejection {
    Random random = new Random(1);
    messages = new byte[MESSAGES][];
    for (int i = 0; i < MESSAGES; i++) {
      int model = random.nextInt(series);
      String values = "asli1.0.%dcredit_card_approval_%d".formatted(model % 4, model);
      messages[i] = values.getBytes(StandardCharsets.US_ASCII);
    }
    known = lookup();
    find(known);
  }

  /** The rows of all messages, in batches as they come from a poll. */
  private PointBatch find(SeriesLookup lookup) throws Rejection {
    PointBatch last = out.build();
    for (int i = 0; i < MESSAGES; i++) {
      if (i % TOGETHER == 0) {
        lookup.settle(out);
        out.recycle(last);
        last = out.build();
      }
      byte[] message = messages[i];
      out.beginRow();
      out.bool(CALLED, true);
      lookup.clear();
      lookup.tag(0, 9, message.length);
      lookup.tag(1, 0, 4);
      lookup.tag(2, 4, 9);
      lookup.check(message);
      lookup.add(message, out.endRow(i), out);
    }
    lookup.settle(out);
    return last;
  }

  /** Finds series that have been met before. */
  @Benchmark
  @OperationsPerInvocation(MESSAGES)
  public Object known() throws Rejection {
    return find(known);
  }

  /** The same from a start: the first message of each series makes it. */
  @Benchmark
  @OperationsPerInvocation(MESSAGES)
  public Object fromStart() throws Rejection {
    return find(lookup());
  }
}
