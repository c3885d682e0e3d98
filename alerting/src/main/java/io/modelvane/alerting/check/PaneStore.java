package io.modelvane.alerting.check;

import io.modelvane.alerting.codec.ByteReader;
import io.modelvane.alerting.codec.ByteWriter;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The panes of a series that windows still need, by the time at which each begins. */
final class PaneStore {
  private static final long UNKNOWN = Long.MIN_VALUE;

  private final Measure measure;
  private final long length;
  private final TreeMap<Long, Pane> panes = new TreeMap<>();
  private @Nullable Pane latest;
  private long latestStart = UNKNOWN;

  /**
   * Holds nothing.
   *
   * @param length of a pane
   */
  PaneStore(Measure measure, long length) {
    this.measure = measure;
    this.length = length;
  }

  void add(long time, double[] values) {
    Pane target = latest;
    if (target == null || time < latestStart || time >= latestStart + length) {
      latestStart = Math.floorDiv(time, length) * length;
      target = panes.computeIfAbsent(latestStart, at -> measure.pane());
      latest = target;
    }
    target.add(values, time);
  }

  /** All that is between two times as one pane. */
  Pane window(long from, long to) {
    Pane window = measure.pane();
    panes.subMap(from, to).values().forEach(window::merge);
    return window;
  }

  /** The begin of the first pane at or after a time, or {@link Evaluator#NEVER}. */
  long firstFrom(long time) {
    if (panes.isEmpty()) {
      return Evaluator.NEVER;
    }
    Long first = time == UNKNOWN ? panes.firstKey() : panes.ceilingKey(time);
    return first == null ? Evaluator.NEVER : first;
  }

  /** Forgets what is before a time. */
  void forget(long before) {
    if (!panes.isEmpty() && panes.firstKey() < before) {
      panes.headMap(before, false).clear();
      latest = null;
    }
  }

  boolean isEmpty() {
    return panes.isEmpty();
  }

  void encode(ByteWriter out) {
    out.putLong(panes.size());
    panes.forEach(
        (start, content) -> {
          out.putLong(start);
          content.encode(out);
        });
  }

  void decode(ByteReader in) {
    for (int i = in.nextCount(); i > 0; i--) {
      long start = in.nextLong();
      Pane content = measure.pane();
      content.decode(in);
      panes.put(start, content);
    }
  }
}
