package io.modelvane.bench.micro;

import io.modelvane.engine.decode.InsightsDecoderFactory;
import io.modelvane.engine.decode.InsightsOptions;
import io.modelvane.spi.Decoder;
import io.modelvane.spi.PointBatch;
import io.modelvane.spi.PointBatchBuilder;
import io.modelvane.testkit.TestContext;
import java.util.List;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * From the bytes of a message to a row, and from there to line protocol; per message. There are so
 * many batches that of 20,000 series most are met before the first comes again.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class DecodeBenchmark {
  private static final int BATCHES = 40;

  /** What messages look like. */
  @Param public Shape shape = Shape.USUAL;

  /** How many series they are of. */
  @Param({"20", "20000"})
  public int series = 20;

  private final PointBatchBuilder builder = new PointBatchBuilder();
  private final TestContext context = TestContext.named("decoder").build();
  private final Decoder decoder =
      new InsightsDecoderFactory().create(new InsightsOptions(true), context);
  private List<Messages> batches = List.of();
  private int next;
  private byte[] lines = new byte[0];

  /** Writes the messages. */
  @Setup
  public void prepare() {
    batches = Messages.several(shape, series, BATCHES);
    lines = new byte[4 << 20];
  }

  /** Decodes them. */
  @Benchmark
  @OperationsPerInvocation(Messages.SIZE)
  public int decode() {
    PointBatch batch = decoded();
    int rows = batch.size();
    builder.recycle(batch);
    return rows;
  }

  /** Decodes and encodes them. */
  @Benchmark
  @OperationsPerInvocation(Messages.SIZE)
  public int decodeAndEncode() {
    PointBatch batch = decoded();
    int at = 0;
    for (int row = 0; row < batch.size(); row++) {
      at = batch.writeLine(row, lines, at);
    }
    builder.recycle(batch);
    return at;
  }

  private PointBatch decoded() {
    Messages messages = batches.get(next++ % BATCHES);
    builder.events(messages);
    decoder.decode(messages, builder);
    return builder.build();
  }

  /** Closes what the decoder was lent. */
  @TearDown
  public void close() {
    context.close();
  }
}
