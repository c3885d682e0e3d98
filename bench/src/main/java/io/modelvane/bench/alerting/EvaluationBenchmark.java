package io.modelvane.bench.alerting;

import java.io.IOException;
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

/** One check on a batch of calls of 200 series, windows closed on the way; per call. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class EvaluationBenchmark {
  private static final int SERIES = 200;

  /** Which check. */
  @Param public Kind kind = Kind.CALL;

  private @Nullable Course course;

  /** Makes the check and its calls. */
  @Setup
  public void prepare() throws IOException {
    course = new Course(Configured.check(kind.yaml), SERIES);
  }

  /** Evaluates a batch. */
  @Benchmark
  @OperationsPerInvocation(Course.BATCH)
  public long evaluate() {
    return Objects.requireNonNull(course).evaluate();
  }
}
