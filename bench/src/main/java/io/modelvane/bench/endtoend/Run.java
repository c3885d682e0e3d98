package io.modelvane.bench.endtoend;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * One run over a topic.
 *
 * @param seconds from the start of the process to the last message
 * @param firstSeconds from the start of the process to the first line stored; 0 where none is
 * @param bytes sent to the store
 */
record Run(int messages, double seconds, double firstSeconds, long bytes, ProcessFigures figures) {
  double rate() {
    return messages / seconds;
  }

  double cpuPerMillion() {
    return figures.cpuSeconds() * 1e6 / messages;
  }

  double peak() {
    return figures.peakMegabytes();
  }

  static double median(List<Run> runs, ToDoubleFunction<Run> figure) {
    double[] sorted = runs.stream().mapToDouble(figure).sorted().toArray();
    return sorted[sorted.length / 2];
  }

  /** A figure's median, with its range. */
  static String spread(List<Run> runs, ToDoubleFunction<Run> figure, String format) {
    double[] sorted = runs.stream().mapToDouble(figure).sorted().toArray();
    String pattern = format + " (" + format + " to " + format + ")";
    return String.format(
        Locale.ROOT, pattern, sorted[sorted.length / 2], sorted[0], sorted[sorted.length - 1]);
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%,9.0f messages/s, first stored after %.2f s, %s",
        rate(),
        firstSeconds,
        figures);
  }
}
