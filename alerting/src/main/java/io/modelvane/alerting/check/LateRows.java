package io.modelvane.alerting.check;

import io.modelvane.alerting.codec.ByteReader;
import io.modelvane.alerting.codec.ByteWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Rows that came too late for a window. They wait until all that arrived before them has been read,
 * so that the windows they missed have been judged without them, whatever the order of reading.
 */
final class LateRows {
  /** A row, and what a measure has read of it. */
  static final class Late {
    final long time;
    final double[] values;

    Late(long time, double[] values) {
      this.time = time;
      this.values = values;
    }
  }

  private @Nullable TreeMap<Long, List<Late>> rows; // mostly there are none
  private long earliest = Evaluator.NEVER;

  /** Keeps a row until {@code due}. */
  void add(long due, Late row) {
    if (rows == null) {
      rows = new TreeMap<>();
    }
    rows.computeIfAbsent(due, at -> new ArrayList<>(1)).add(row);
    earliest = Math.min(earliest, row.time);
  }

  /** When the next of them are due, or {@link Evaluator#NEVER}. */
  long dueAt() {
    return rows == null ? Evaluator.NEVER : rows.firstKey();
  }

  /** The earliest time of a row, or {@link Evaluator#NEVER}. */
  long earliest() {
    return earliest;
  }

  /** Takes out those that are due next. */
  List<Late> take() {
    if (rows == null) {
      return List.of();
    }
    List<Late> due = rows.pollFirstEntry().getValue();
    earliest = Evaluator.NEVER;
    rows.values().forEach(all -> all.forEach(row -> earliest = Math.min(earliest, row.time)));
    if (rows.isEmpty()) {
      rows = null;
    }
    return due;
  }

  boolean isEmpty() {
    return rows == null;
  }

  int size() {
    return rows == null ? 0 : rows.values().stream().mapToInt(List::size).sum();
  }

  void encode(ByteWriter out) {
    out.putLong(rows == null ? 0 : rows.size());
    if (rows != null) {
      rows.forEach(
          (due, all) -> {
            out.putLong(due).putLong(all.size());
            all.forEach(row -> encode(row, out));
          });
    }
  }

  private static void encode(Late row, ByteWriter out) {
    out.putLong(row.time);
    for (double value : row.values) {
      out.putDouble(value);
    }
  }

  /**
   * Reads them back.
   *
   * @param width how many values each has
   */
  void decode(ByteReader in, int width) {
    for (int i = in.nextCount(); i > 0; i--) {
      long due = in.nextLong();
      for (int j = in.nextCount(); j > 0; j--) {
        long time = in.nextLong();
        double[] values = new double[width];
        for (int k = 0; k < width; k++) {
          values[k] = in.nextDouble();
        }
        add(due, new Late(time, values));
      }
    }
  }
}
