package io.modelvane.bench.micro;

import io.modelvane.spi.Notification;
import io.modelvane.testkit.Samples;
import io.modelvane.toolkit.MessageValues;
import io.modelvane.toolkit.Templates;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** From a notification to its text. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class TemplateBenchmark {
  private final Notification notification = Samples.notification().build();
  private final Templates.Template text =
      new Templates(UnaryOperator.identity()).compile(MessageValues.TEXT);

  /** Renders the usual text. */
  @Benchmark
  public String render() {
    return text.render(MessageValues.of(notification));
  }
}
