package io.modelvane.bench.micro;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What the hot path allocates per message: the same on a busy machine as on a quiet one, and the
 * first thing to grow when somebody makes an object per message.
 */
class AllocationTest {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final int ROUNDS = 5;
  private static final int BATCHES = 50;

  /** Without C2, which finds out that some objects need not be made; with it there are none. */
  private static final double MOST = 64;

  /** The least of some rounds: the first ones fill caches and grow buffers. */
  private static double leastBytesPerMessage(DecodeBenchmark benchmark) {
    double least = Double.MAX_VALUE;
    for (int round = 0; round < ROUNDS; round++) {
      long before = THREADS.getCurrentThreadAllocatedBytes();
      for (int batch = 0; batch < BATCHES; batch++) {
        assertThat(benchmark.decodeAndEncode()).isPositive();
      }
      long bytes = THREADS.getCurrentThreadAllocatedBytes() - before;
      least = Math.min(least, (double) bytes / BATCHES / Messages.SIZE);
    }
    return least;
  }

  @ParameterizedTest
  @CsvSource({"USUAL,200", "USUAL,20000", "NUMBERS_AS_TEXT,200", "WIDE,200"})
  void aMessageIsDecodedAndEncodedWithTwoSmallObjectsAtTheMost(Shape shape, int series) {
    DecodeBenchmark benchmark = new DecodeBenchmark();
    benchmark.shape = shape;
    benchmark.series = series;
    benchmark.prepare();
    try {
      assertThat(leastBytesPerMessage(benchmark)).isLessThan(MOST);
    } finally {
      benchmark.close();
    }
  }
}
