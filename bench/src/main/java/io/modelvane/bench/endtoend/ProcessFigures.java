package io.modelvane.bench.endtoend;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What a process has used, from {@code /proc}.
 *
 * @param cpuSeconds user and system time of all its threads
 * @param peakRssMegabytes the most memory it had resident
 */
record ProcessFigures(double cpuSeconds, double peakRssMegabytes) {
  private static final double TICKS_PER_SECOND = 100; // USER_HZ, the same on every Linux

  static ProcessFigures of(Process process) throws IOException {
    Path proc = Path.of("/proc", String.valueOf(process.pid()));
    String stat = Files.readString(proc.resolve("stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    double ticks = Double.parseDouble(fields[11]) + Double.parseDouble(fields[12]);
    double rss =
        Files.readAllLines(proc.resolve("status")).stream()
            .filter(line -> line.startsWith("VmHWM:"))
            .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")) / 1024)
            .findFirst()
            .orElse(0);
    return new ProcessFigures(ticks / TICKS_PER_SECOND, rss);
  }

  /** CPU seconds of each thread that lives, those of one name (without its number) together. */
  static Map<String, Double> threads(Process process) throws IOException {
    Map<String, Double> seconds = new TreeMap<>();
    try (Stream<Path> tasks = Files.list(Path.of("/proc", process.pid() + "", "task"))) {
      for (Path task : tasks.toList()) {
        String stat = Files.readString(task.resolve("stat"));
        String name = stat.substring(stat.indexOf('(') + 1, stat.lastIndexOf(')'));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        double ticks = Double.parseDouble(fields[11]) + Double.parseDouble(fields[12]);
        seconds.merge(name.replaceAll("[-#0-9]+$", ""), ticks / TICKS_PER_SECOND, Double::sum);
      }
    }
    seconds.values().removeIf(value -> value < 0.05);
    return seconds;
  }
}
