package io.modelvane.bench.alerting;

import io.modelvane.demo.DemoFolder;
import io.modelvane.spi.PointBatch;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How many calls a second of one core evaluates: 200 series, 20 checks of every type on each. The
 * first lines are of a cold start, while the compilers work. Argument: how many calls, two million
 * when not given.
 */
final class EvaluatorMain {
  private static final int SERIES = 200;
  private static final int BATCH = 1_000;
  private static final int ROUND = 100;
  private static final long APART = 200_000; // 5,000 calls a second
  private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");

  /** What people watch: mostly single calls and means, now and then something dearer. */
  static final String CHECKS =
      """
      score: { type: threshold, field: risk_score, levels: { crit: "> 0.9995", warn: "> 0.999" } }
      low: { type: threshold, field: risk_score, levels: { warn: "< 0.0005" } }
      slow: { type: threshold, field: duration_milliseconds, levels: { crit: "> 419", warn: "> 418" }, recover: { crit: "< 300" } }
      failed: { type: threshold, field: error, levels: { warn: "> 1" }, for: 30s }
      often: { type: threshold, field: duration_milliseconds, levels: { warn: "> 410" }, require: 5 of 20 }
      kept: { type: threshold, field: risk_score, levels: { warn: "> 0.9995" }, keep_firing_for: 1m }
      band: { type: threshold, field: risk_score, levels: { crit: "outside 0.0001..0.9999" } }
      mean: { type: threshold, field: risk_score, levels: { crit: "> 0.6" }, window: 1m }
      sliding: { type: threshold, field: risk_score, levels: { crit: "> 0.6" }, window: 5m, every: 1m }
      worst: { type: threshold, field: duration_milliseconds, aggregate: max, levels: { warn: "> 419" }, window: 1m }
      p95: { type: threshold, field: duration_milliseconds, aggregate: p95, levels: { warn: "> 410" }, window: 1m }
      spread: { type: threshold, field: risk_score, aggregate: stddev, levels: { warn: "> 0.5" }, window: 5m, every: 1m }
      volume: { type: threshold, aggregate: count, min_samples: 0, levels: { warn: "< 10" }, window: 1m }
      any: { type: threshold, field: risk_score, at_least: 5, levels: { warn: "> 0.9" }, window: 10s }
      errors: { type: ratio, field: error, is: "== 1", levels: { crit: "> 0.2" }, window: 1m, confidence: 0.95 }
      shares: { type: ratio, field: error, is: "== 1", levels: { crit: "> 0.2" }, window: 5m, every: 1m, by: [algorithm_owner] }
      traffic: { type: change, aggregate: count, levels: { crit: "< -50" }, window: 1m }
      silence: { type: deadman, after: 5m }
      both: { type: expression, levels: { crit: "risk_score > 0.9995 && duration_milliseconds > 410" } }
      load: { type: expression, window: 1m, levels: { crit: "mean(error) > 0.2 && p95(duration_milliseconds) > 400" } }
      """;

  private EvaluatorMain() {}

  public static void main(String[] arguments) throws Exception {
    int calls = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 2_000_000;
    try (DemoFolder place = DemoFolder.temporary();
        Watched watched = new Watched(place.path(), CHECKS, START.plus(Duration.ofDays(1)))) {
      Traffic traffic = new Traffic(SERIES);
      Instant time = START;
      Duration before = Duration.ZERO;
      Duration used = processor();
      for (int done = 0; done < calls; done += BATCH * ROUND) {
        List<PointBatch> batches = new ArrayList<>();
        for (int i = 0; i < ROUND; i++) {
          batches.add(traffic.next(BATCH, nanos(time), APART));
          time = time.plusNanos(BATCH * APART);
        }
        watched.write(batches);
        watched.completeUntil(time);
        watched.write(List.of(traffic.next(1, nanos(time), APART)));
        Duration evaluating = watched.evaluating();
        Duration processor = processor();
        report(evaluating.minus(before), processor.minus(used));
        before = evaluating;
        used = processor;
      }
    }
  }

  private static void report(Duration evaluating, Duration processor) {
    double calls = BATCH * ROUND * 1e9;
    System.out.printf(
        Locale.ROOT,
        "per second of processor: %,.0f calls evaluated, ticks included; %,.0f with commits%n",
        calls / evaluating.toNanos(),
        calls / processor.toNanos());
  }

  private static Duration processor() {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    Duration used = Duration.ZERO;
    for (ThreadInfo thread : threads.getThreadInfo(threads.getAllThreadIds())) {
      if (thread != null && thread.getThreadName().startsWith("context alerting")) {
        used = used.plusNanos(Math.max(0, threads.getThreadCpuTime(thread.getThreadId())));
      }
    }
    return used;
  }

  private static long nanos(Instant time) {
    return time.getEpochSecond() * 1_000_000_000L + time.getNano();
  }
}
