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

  private final Measure measure;
  private final Frame frame;
  private final Windows windows;
  private final Ladder ladder;
  private final Standing standing;
  private final long pane;
  private final TreeMap<Long, Pane> panes = new TreeMap<>();
  private final List<Held> held = new ArrayList<>();
  private @Nullable Pane latest;
  private long latestStart = UNKNOWN;
  private long closed = UNKNOWN;
  private double value = Double.NaN;
  private long samples;

  /** The end of the last window that said something; known only where the lack of any matters. */
  private long judged = UNKNOWN;

  WindowEvaluator(Measure measure, Frame frame) {
    this.measure = measure;
    this.frame = frame;
    this.windows = frame.windows();
    this.ladder = frame.ladder();
    this.standing = new Standing(ladder);
    this.pane = windows.pane();
  }

  WindowEvaluator(Measure measure, Frame frame, ByteReader state) {
    this(measure, frame);
    decode(state);
  }

  @Override
  public boolean row(Row row, Verdicts out) {
    double number = measure.read(row, out);
    return !Double.isNaN(number) && take(new Held(row.time(), row.arrived(), number), out);
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
    for (long at = wakeAt(); at <= time && at != NEVER; at = wakeAt()) {
      happen(at - windows.lateness(), out);
      moved = true;
    }
    return moved;
  }

  /** What is due first happens: at one time, a window closes before anything follows from none. */
  private void happen(long time, Verdicts out) {
    if (nextEnd() == time) {
      close(time, out);
      return;
    }
    if (measure.staleAt() == time) {
      measure.forget();
      return;
    }
    Level previous = standing.level();
    if (ladder.expiresAt(standing) == time) {
      ladder.expire(standing);
    } else {
      miss();
    }
    if (previous != Level.OK || standing.level() != Level.OK) {
      out.judged(previous, time, time + windows.lateness());
    }
  }

  private void miss() {
    standing.lose(frame.absence().orElseThrow().level());
    judged = UNKNOWN;
  }

  /** When the lack of windows begins to matter, or {@link #NEVER}. */
  private long missedAt() {
    return judged == UNKNOWN ? NEVER : judged + frame.absence().orElseThrow().after();
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
    if (window.count() < windows.leastSamples()) {
      return;
    }
    Estimate result = measure.conclude(window, end);
    if (Double.isNaN(result.value())) {
      return;
    }
    Level previous = standing.level();
    value = result.value();
    samples = window.count();
    judged = frame.absence().isPresent() ? end : UNKNOWN;
    ladder.judge(standing, result, end);
    out.judged(previous, end, end + windows.lateness());
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
    long other = Math.min(missedAt(), Math.min(ladder.expiresAt(standing), measure.staleAt()));
    long at = Math.min(nextEnd(), other);
    return at == NEVER ? NEVER : at + windows.lateness();
  }

  @Override
  public Level level() {
    return standing.level();
  }

  @Override
  public boolean isFresh() {
    return panes.isEmpty()
        && held.isEmpty()
        && standing.isFresh()
        && windows.leastSamples() > 0
        && judged == UNKNOWN
        && measure.isFresh();
  }

  @Override
  public Finding finding() {
    Map<String, String> details = new LinkedHashMap<>();
    Optional<String> field = measure.field().map(FieldKey::name);
    if (standing.isLost()) {
      String after = Figures.duration(frame.absence().orElseThrow().after());
      details.put("no_data_after", after);
      String message = "no window has had enough data for %s".formatted(after);
      return new Finding(field, OptionalDouble.empty(), message, details);
    }
    Estimate estimate = measure.again(value, samples);
    String what = measure.sentence(estimate, samples, details);
    String message = what + Reasons.of(ladder, standing, estimate, details);
    return new Finding(field, OptionalDouble.of(value), message, details);
  }

  @Override
  public List<String> reservations() {
    List<String> all = new ArrayList<>(Reservations.of(ladder, standing));
    all.add(
        closed == UNKNOWN
            ? "no window has ended yet"
            : "the last window ended at " + Reservations.time(closed));
    long end = nextEnd();
    if (end != NEVER) {
      Pane window = new Pane(windows.aggregate());
      panes.subMap(end - windows.length(), end).values().forEach(window::merge);
      all.add(
          "the window that ends at %s has %d values so far and is judged once everything until %s has arrived"
              .formatted(
                  Reservations.time(end),
                  window.count(),
                  Reservations.time(end + windows.lateness())));
      if (window.count() < windows.leastSamples()) {
        all.add(
            "with fewer than min_samples (%d) it says nothing".formatted(windows.leastSamples()));
      }
    }
    if (!held.isEmpty()) {
      all.add("%d values came too late for a window that is open still".formatted(held.size()));
    }
    return all;
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
    if (frame.absence().isPresent()) {
      out.putLong(judged);
    }
    measure.encode(out);
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
    if (frame.absence().isPresent()) {
      judged = in.nextLong();
    }
    measure.decode(in);
  }
}
