package io.modelvane.alerting.check;

import io.modelvane.alerting.codec.ByteReader;
import io.modelvane.alerting.codec.ByteWriter;
import java.util.Arrays;

/** The panes of a series that windows still need, in the order of time. */
final class PaneStore {
  private static final int FIRST = 2;

  private final Measure measure;
  private final long length;
  private long[] starts = new long[0];
  private Pane[] panes = new Pane[0];
  private int size;
  private int latest;

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
    if (latest >= size || time < starts[latest] || time >= starts[latest] + length) {
      latest = find(Math.floorDiv(time, length) * length);
    }
    panes[latest].add(values, time);
  }

  /** Where the pane that begins at a time is; it is made if need be. */
  private int find(long start) {
    int at = firstAt(start);
    if (at == size || starts[at] != start) {
      insert(at, start, measure.pane());
    }
    return at;
  }

  private void insert(int at, long start, Pane pane) {
    if (size == starts.length) {
      starts = Arrays.copyOf(starts, Math.max(FIRST, size * 2));
      panes = Arrays.copyOf(panes, starts.length);
    }
    System.arraycopy(starts, at, starts, at + 1, size - at);
    System.arraycopy(panes, at, panes, at + 1, size - at);
    starts[at] = start;
    panes[at] = pane;
    size++;
  }

  /** The place of the first pane that begins at or after a time. */
  private int firstAt(long time) {
    if (size == 0 || time <= starts[0]) {
      return 0;
    }
    int at = Arrays.binarySearch(starts, 0, size, time);
    return at < 0 ? -at - 1 : at;
  }

  /** All that is between two times as one pane. */
  Pane window(long from, long to) {
    Pane window = measure.pane();
    for (int i = firstAt(from); i < size && starts[i] < to; i++) {
      window.merge(panes[i]);
    }
    return window;
  }

  /** The begin of the first pane at or after a time, or {@link Evaluator#NEVER}. */
  long firstFrom(long time) {
    int at = firstAt(time);
    return at == size ? Evaluator.NEVER : starts[at];
  }

  /** Forgets what is before a time. */
  void forget(long before) {
    int kept = firstAt(before);
    if (kept == 0) {
      return;
    }
    // No room is kept for what may come: there are many of these.
    starts = Arrays.copyOfRange(starts, kept, size);
    panes = Arrays.copyOfRange(panes, kept, size);
    size -= kept;
    latest = 0;
  }

  boolean isEmpty() {
    return size == 0;
  }

  void encode(ByteWriter out) {
    out.putLong(size);
    for (int i = 0; i < size; i++) {
      out.putLong(starts[i]);
      panes[i].encode(out);
    }
  }

  void decode(ByteReader in) {
    for (int i = in.nextCount(); i > 0; i--) {
      Pane content = measure.pane();
      insert(size, in.nextLong(), content);
      content.decode(in);
    }
  }
}
