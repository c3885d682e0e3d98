package io.modelvane.engine.decode;

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
import org.openjdk.jmh.infra.Blackhole;

/** From the values of a message's tags to its series; per message. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class SeriesBenchmark {
  private static final int MESSAGES = 40_000;
  private static final List<String> TAGS =
      List.of("algorithm_name", "algorithm_owner", "algorithm_version");

  /** How many there are. */
  @Param({"20", "20000"})
  public int series = 20;

  private byte[][] messages = {};
  private SeriesTable known = table();

  private static SeriesTable table() {
    return new SeriesTable(new SeriesCache(TAGS), "algorithmia", TAGS.size());
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
    known = table();
    for (byte[] message : messages) {
      find(known, message);
    }
  }

  private static Object find(SeriesTable table, byte[] message) throws Rejection {
    table.clear();
    table.tag(0, 9, message.length);
    table.tag(1, 0, 4);
    table.tag(2, 4, 9);
    return table.series(message);
  }

  /** Finds series that have been met before. */
  @Benchmark
  @OperationsPerInvocation(MESSAGES)
  public void known(Blackhole found) throws Rejection {
    for (byte[] message : messages) {
      found.consume(find(known, message));
    }
  }

  /** The same from a start: the first message of each series makes it. */
  @Benchmark
  @OperationsPerInvocation(MESSAGES)
  public void fromStart(Blackhole found) throws Rejection {
    SeriesTable empty = table();
    for (byte[] message : messages) {
      found.consume(find(empty, message));
    }
  }
}
