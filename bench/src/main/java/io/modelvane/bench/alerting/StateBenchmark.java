package io.modelvane.bench.alerting;

import io.modelvane.alerting.check.Check;
import io.modelvane.alerting.check.Evaluator;
import io.modelvane.alerting.codec.ByteReader;
import io.modelvane.alerting.codec.ByteWriter;
import io.modelvane.spi.Series;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
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

/** States of one check after some minutes of calls, to bytes and back; per state. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class StateBenchmark {
  private static final int SERIES = 200;
  private static final int BATCHES = 20;

  /** Which check. */
  @Param public Kind kind = Kind.CALL;

  private final ByteWriter out = new ByteWriter();
  private final List<Evaluator> evaluators = new ArrayList<>();
  private final List<byte[]> states = new ArrayList<>();
  private final Series series = Series.of("insights", List.of());
  private @Nullable Check check;

  /** Lets the calls come. */
  @Setup
  public void prepare() throws IOException {
    Check made = Configured.check(kind.yaml);
    check = made;
    Course course = new Course(made, SERIES);
    for (int i = 0; i < BATCHES; i++) {
      course.evaluate();
    }
    evaluators.addAll(course.evaluators());
    for (Evaluator evaluator : evaluators) {
      out.clear();
      evaluator.encode(out);
      states.add(out.toBytes());
    }
  }

  /** Writes the states of all series. */
  @Benchmark
  @OperationsPerInvocation(SERIES)
  public long encode() {
    long bytes = 0;
    for (Evaluator evaluator : evaluators) {
      out.clear();
      evaluator.encode(out);
      bytes += out.size();
    }
    return bytes;
  }

  /** Reads them. */
  @Benchmark
  @OperationsPerInvocation(SERIES)
  public void decode(Blackhole read) {
    Check mine = Objects.requireNonNull(check);
    for (byte[] state : states) {
      read.consume(mine.decode(series, new ByteReader(state)));
    }
  }
}
