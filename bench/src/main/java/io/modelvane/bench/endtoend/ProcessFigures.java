package io.modelvane.bench.endtoend;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What a process has used, from {@code /proc}.
 *
 * @param cpuSeconds user and system time of all its threads
 * @param collectorSeconds of these, of the thread that collects garbage (the serial collector's)
 * @param compilerSeconds of these, of the threads of C1 and C2 that live
 * @param peakMegabytes the most memory it had resident
 * @param megabytes what it has resident now
 */
record ProcessFigures(
    double cpuSeconds,
    double collectorSeconds,
    double compilerSeconds,
    double peakMegabytes,
    double megabytes) {
  static final ProcessFigures NONE = new ProcessFigures(0, 0, 0, 0, 0);

  private static final double TICKS_PER_SECOND = 100; // USER_HZ, the same on every Linux

  static ProcessFigures of(Process process) throws IOException {
    Path proc = Path.of("/proc", String.valueOf(process.pid()));
    List<String> status = Files.readAllLines(proc.resolve("status"));
    double cpu = seconds(Files.readString(proc.resolve("stat")));
    double collector = 0;
    double compiler = 0;
    try (Stream<Path> tasks = Files.list(proc.resolve("task"))) {
      for (Path task : tasks.toList()) {
        String stat = Files.readString(task.resolve("stat"));
        String name = stat.substring(stat.indexOf('(') + 1, stat.lastIndexOf(')'));
        if (name.startsWith("VM Thread")) {
          collector += seconds(stat);
        } else if (name.matches("C[12] Compiler.*")) {
          compiler += seconds(stat);
        }
      }
    }
    return new ProcessFigures(
        cpu, collector, compiler, megabytes(status, "VmHWM:"), megabytes(status, "VmRSS:"));
  }

  /** The later figures; the memory of these where the process has given up its own by then. */
  ProcessFigures then(ProcessFigures later) {
    return later.peakMegabytes > 0
        ? later
        : new ProcessFigures(
            later.cpuSeconds, collectorSeconds, compilerSeconds, peakMegabytes, megabytes);
  }

  /** Of two processes together. */
  ProcessFigures plus(ProcessFigures other) {
    return new ProcessFigures(
        cpuSeconds + other.cpuSeconds,
        collectorSeconds + other.collectorSeconds,
        compilerSeconds + other.compilerSeconds,
        peakMegabytes + other.peakMegabytes,
        megabytes + other.megabytes);
  }

  private static double seconds(String stat) {
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return (Double.parseDouble(fields[11]) + Double.parseDouble(fields[12])) / TICKS_PER_SECOND;
  }

  private static double megabytes(List<String> status, String key) {
    return status.stream()
        .filter(line -> line.startsWith(key))
        .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")) / 1024)
        .findFirst()
        .orElse(0);
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%.2f CPU s (collector %.2f, compilers %.2f), %.0f MB peak, %.0f MB at the end",
        cpuSeconds,
        collectorSeconds,
        compilerSeconds,
        peakMegabytes,
        megabytes);
  }
}
