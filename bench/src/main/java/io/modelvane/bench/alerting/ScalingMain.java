package io.modelvane.bench.alerting;

import io.modelvane.demo.DemoFolder;
import io.modelvane.spi.PointBatch;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a call costs by the number of checks that look at it, and by the number of series. Checks
 * are thresholds on single calls; the first line is a check that looks at no call at all. Argument:
 * how many verdicts each line rests on, twenty million when not given.
 */
final class ScalingMain {
  private static final int BATCH = 1_000;
  private static final int AT_ONCE = 16; // as many as a pipeline has on the way
  private static final int WARM = 4;
  private static final long APART = 200_000;
  private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");

  private ScalingMain() {}

  public static void main(String[] arguments) throws Exception {
    int verdicts = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 20_000_000;
    System.out.println(
        "| checks that look at a call | series | microseconds a call | of these a check |\n"
            + "|---|---|---|---|");
    double none = measure(0, 200, verdicts);
    row(0, 200, none, none);
    for (int checks : List.of(1, 10, 100, 1_000)) {
      row(checks, 200, measure(checks, 200, verdicts), none);
    }
    for (int series : List.of(20, 2_000, 20_000)) {
      row(20, series, measure(20, series, verdicts), none);
    }
  }

  private static void row(int checks, int series, double micros, double none) {
    System.out.printf(
        Locale.ROOT,
        "| %,d | %,d | %.3f | %s |%n",
        checks,
        series,
        micros,
        checks == 0 ? "" : String.format(Locale.ROOT, "%.3f", (micros - none) / checks));
  }

  /** Microseconds of processor a call, once the compilers have done their work. */
  private static double measure(int checks, int series, int verdicts) throws Exception {
    Instant now = START.plus(Duration.ofDays(1));
    try (DemoFolder place = DemoFolder.temporary();
        Watched watched = new Watched(place.path(), checks(checks), now)) {
      Traffic traffic = new Traffic(series);
      int batches = Math.max(5, verdicts / Math.max(10, checks) / BATCH);
      write(watched, traffic, batches / WARM + series / BATCH + 1);
      Duration before = watched.evaluating();
      write(watched, traffic, batches);
      double nanos = watched.evaluating().minus(before).toNanos();
      return nanos / 1e3 / batches / BATCH;
    }
  }

  private static void write(Watched watched, Traffic traffic, int batches) throws Exception {
    long time = START.getEpochSecond() * 1_000_000_000L;
    List<PointBatch> some = new ArrayList<>();
    for (int i = 1; i <= batches; i++) {
      some.add(traffic.next(BATCH, time, APART));
      time += BATCH * APART;
      if (i % AT_ONCE == 0 || i == batches) {
        watched.write(some);
        some.clear();
      }
    }
  }

  /** Thresholds that no call reaches. */
  private static String checks(int count) {
    StringBuilder yaml = new StringBuilder();
    for (int i = 0; i < count; i++) {
      yaml.append("t%d: { type: threshold, field: risk_score, ".formatted(i))
          .append("levels: { crit: \"> 1.%d\" } }\n".formatted(i));
    }
    return count > 0
        ? yaml.toString()
        : "t: { type: threshold, field: risk_score, where: { algorithm_name: nobody },"
            + " levels: { crit: \"> 1\" } }\n";
  }
}
