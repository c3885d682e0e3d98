package io.modelvane.alerting.check;

import io.modelvane.alerting.codec.ByteReader;
import io.modelvane.alerting.codec.ByteWriter;
import io.modelvane.spi.FieldKey;
import io.modelvane.spi.Level;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Judges windows of event time. A row belongs to a window that ends after the row's time, unless it
 * arrived {@code lateness} or more after that end: a rule on the row alone, so that neither the
 * moment of a tick nor the cut of a batch can change what is in a window.
 */
final class WindowEvaluator implements Evaluator {
  private static final int VERSION = 1;
  private static final long UNKNOWN = Long.MIN_VALUE;

  /** A value that arrived too late for a window which is still open. */
  private record Held(long time, long arrived, double value) {}

  private final Optional<FieldKey> field;
  private final Windows windows;
  private final Ladder ladder;
  private final Standing standing;
  private final long pane;
  private final TreeMap<Long, Pane> panes = new TreeMap<>();
  private final List<Held> held = new ArrayList<>();
  private @Nullable Pane latest;
  private long latestStart = UNKNOWN;
  private long closed = UNKNOWN;
  private int hint;
  private double value = Double.NaN;
  private long samples;

  WindowEvaluator(Optional<FieldKey> field, Windows windows, Ladder ladder) {
    this.field = field;
    this.windows = windows;
    this.ladder = ladder;
    this.standing = new Standing(ladder.size());
    this.pane = windows.pane();
  }

  WindowEvaluator(Optional<FieldKey> field, Windows windows, Ladder ladder, ByteReader state) {
    this(field, windows, ladder);
    decode(state);
  }

  @Override
  public boolean row(Row row, Verdicts out) {
    double number = 1;
    if (field.isPresent()) {
      int at = row.find(field.get(), hint);
      if (at < 0) {
        return false;
      }
      hint = row.hint(at);
      if (!windows.aggregate().countsRows()) {
        number = row.number(at);
      }
    }
    if (Double.isNaN(number)) {
      out.notNumeric();
      return false;
    }
    return take(new Held(row.time(), row.arrived(), number), out);
  }

  private boolean take(Held row, Verdicts out) {
    long missed = firstOpen(row.arrived) - windows.every();
    if (missed < windows.firstEnd(row.time)) {
      add(row);
      return true;
    }
    out.late();
    if (missed >= windows.lastEnd(row.time)) {
      return false;
    }
    if (missed <= closed) {
      add(row);
    } else {
      held.add(row);
    }
    return true;
  }

  /** The end of the first window that still takes what arrived at a time. */
  private long firstOpen(long arrived) {
    long open = windows.firstEnd(arrived - windows.lateness());
    return closed == UNKNOWN ? open : Math.max(open, closed + windows.every());
  }

  private void add(Held row) {
    long start = Math.floorDiv(row.time, pane) * pane;
    Pane target = latest;
    if (target == null || start != latestStart) {
      target = panes.computeIfAbsent(start, at -> new Pane(windows.aggregate()));
      latest = target;
      latestStart = start;
    }
    target.add(row.value, row.time);
    if (closed == UNKNOWN && windows.leastSamples() == 0) {
      closed = windows.firstEnd(row.time) - windows.every();
    }
  }

  @Override
  public boolean tick(long time, Verdicts out) {
    boolean moved = false;
    for (long end = nextEnd(); end != NEVER && end + windows.lateness() <= time; end = nextEnd()) {
      close(end, out);
      moved = true;
    }
    return moved;
  }

  /** The end of the next window that has something to say, or {@link #NEVER}. */
  private long nextEnd() {
    if (windows.leastSamples() == 0 && closed != UNKNOWN) {
      return closed + windows.every();
    }
    long earliest = panes.isEmpty() ? NEVER : panes.firstKey();
    for (Held row : held) {
      earliest = Math.min(earliest, row.time);
    }
    if (earliest == NEVER) {
      return NEVER;
    }
    long end = windows.firstEnd(earliest);
    return closed == UNKNOWN ? end : Math.max(end, closed + windows.every());
  }

  private void close(long end, Verdicts out) {
    Pane window = new Pane(windows.aggregate());
    panes.subMap(end - windows.length(), end).values().forEach(window::merge);
    closed = end;
    release();
    panes.headMap(end + windows.every() - windows.length(), false).clear();
    latest = null;
    double result = window.result(windows.length() / 1e9);
    if (window.count() < windows.leastSamples() || Double.isNaN(result)) {
      return;
    }
    Level previous = standing.level();
    value = result;
    samples = window.count();
    ladder.judge(standing, result, end);
    out.judged(previous, end);
  }

  /** Puts rows that had to wait for a window to close where later windows find them. */
  private void release() {
    for (Iterator<Held> rows = held.iterator(); rows.hasNext(); ) {
      Held row = rows.next();
      if (windows.firstEnd(row.arrived - windows.lateness()) - windows.every() <= closed) {
        add(row);
        rows.remove();
      }
    }
  }

  @Override
  public long wakeAt() {
    long end = nextEnd();
    return end == NEVER ? NEVER : end + windows.lateness();
  }

  @Override
  public Level level() {
    return standing.level();
  }

  @Override
  public boolean isFresh() {
    return panes.isEmpty() && held.isEmpty() && standing.isFresh() && windows.leastSamples() > 0;
  }

  @Override
  public Finding finding() {
    Map<String, String> details = new LinkedHashMap<>();
    String length = Figures.duration(windows.length());
    details.put("window", length);
    details.put("aggregate", Words.of(windows.aggregate()));
    details.put("samples", Long.toString(samples));
    String what =
        "%s of %s over %s is %s (%d %s)"
            .formatted(
                Words.of(windows.aggregate()),
                field.map(FieldKey::name).orElse("calls"),
                length,
                Figures.shortened(value),
                samples,
                samples == 1 ? "sample" : "samples");
    String message = what + Reasons.of(ladder, standing, value, details);
    return new Finding(field.map(FieldKey::name), OptionalDouble.of(value), message, details);
  }

  @Override
  public void encode(ByteWriter out) {
    out.put(VERSION).putLong(closed).putDouble(value).putLong(samples);
    standing.encode(out);
    out.putLong(panes.size());
    panes.forEach(
        (start, content) -> {
          out.putLong(start);
          content.encode(out);
        });
    out.putLong(held.size());
    held.forEach(row -> out.putLong(row.time).putLong(row.arrived).putDouble(row.value));
  }

  private void decode(ByteReader in) {
    in.version(VERSION);
    closed = in.nextLong();
    value = in.nextDouble();
    samples = in.nextLong();
    standing.decode(in);
    for (int i = in.nextCount(); i > 0; i--) {
      long start = in.nextLong();
      Pane content = new Pane(windows.aggregate());
      content.decode(in);
      panes.put(start, content);
    }
    for (int i = in.nextCount(); i > 0; i--) {
      held.add(new Held(in.nextLong(), in.nextLong(), in.nextDouble()));
    }
  }
}
