package io.modelvane.bench.alerting;

import com.sun.management.OperatingSystemMXBean;
import io.modelvane.demo.DemoFolder;
import io.modelvane.spi.PointBatch;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * What a million states take: 1,000 checks on each of 1,000 series. Reports the heap they occupy,
 * the size of the database, and the time from a start until all states are back, and until calls of
 * all series, which change them all, are evaluated and on the disk. Arguments: checks, series.
 */
final class StatesMain {
  private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");
  private static final Instant NOW = START.plus(Duration.ofHours(1));
  private static final int CALLS_OF_EACH = 3;

  private StatesMain() {}

  public static void main(String[] arguments) throws Exception {
    int checks = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1_000;
    int series = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 1_000;
    Traffic traffic = new Traffic(series);
    try (DemoFolder place = DemoFolder.temporary()) {
      fill(place.path(), checks(checks), traffic, series);
      System.out.printf(
          Locale.ROOT, "database: %,d MB%n", Files.size(place.resolve("state.db")) >> 20);
      restart(place.path(), checks(checks), traffic, series);
    }
  }

  private static void fill(Path folder, String checks, Traffic traffic, int series)
      throws Exception {
    long empty = heap();
    try (Watched watched = new Watched(folder, checks, NOW)) {
      for (int i = 0; i < CALLS_OF_EACH; i++) {
        watched.write(List.of(calls(traffic, series, i)));
      }
      System.out.printf(Locale.ROOT, "heap of the states: %,d MB%n", (heap() - empty) >> 20);
    }
  }

  private static void restart(Path folder, String checks, Traffic traffic, int series)
      throws Exception {
    long empty = heap();
    long begin = System.nanoTime();
    double used = processor();
    try (Watched watched = new Watched(folder, checks, NOW)) {
      double opened = (System.nanoTime() - begin) / 1e9;
      double usedToOpen = processor() - used;
      watched.write(List.of(calls(traffic, series, CALLS_OF_EACH)));
      double answered = (System.nanoTime() - begin) / 1e9;
      System.out.printf(
          Locale.ROOT,
          "restart: states are back after %.1f s (%.1f s of processor), the first %,d calls"
              + " answered after %.1f s (%.1f s)%n",
          opened,
          usedToOpen,
          series,
          answered,
          processor() - used);
      System.out.printf(Locale.ROOT, "heap after it: %,d MB%n", (heap() - empty) >> 20);
    }
  }

  /** Seconds of processor that this process has used. */
  private static double processor() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime()
        / 1e9;
  }

  private static PointBatch calls(Traffic traffic, int series, int round) {
    long time = (START.getEpochSecond() + round) * 1_000_000_000L;
    return traffic.next(series, time, 1_000);
  }

  /** Half on single calls that are on their way to a level, a third on windows, and silence. */
  private static String checks(int count) {
    StringBuilder yaml = new StringBuilder();
    for (int i = 0; i < count; i++) {
      yaml.append("check-").append(i).append(": ").append(check(i)).append('\n');
    }
    return yaml.toString();
  }

  private static String check(int number) {
    String levels = "levels: { crit: \"> 0.%d\" }".formatted(100 + number % 800);
    return switch (number % 10) {
      case 0, 1, 2, 3, 4 -> "{ type: threshold, field: risk_score, for: 10m, " + levels + " }";
      case 5, 6 -> "{ type: threshold, field: risk_score, window: 5m, " + levels + " }";
      case 7 -> "{ type: threshold, field: risk_score, window: 5m, every: 1m, " + levels + " }";
      case 8 -> "{ type: ratio, field: error, is: \"== 1\", window: 5m, " + levels + " }";
      default -> "{ type: deadman, after: 5m }";
    };
  }

  private static long heap() throws InterruptedException {
    Runtime runtime = Runtime.getRuntime();
    for (int i = 0; i < 3; i++) {
      System.gc();
      Thread.sleep(200);
    }
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
