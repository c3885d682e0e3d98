package io.modelvane.alerting.check;

import io.modelvane.alerting.codec.ByteReader;
import io.modelvane.alerting.codec.ByteWriter;
import io.modelvane.spi.FieldKey;
import io.modelvane.spi.Level;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Judges windows of event time. A row belongs to a window that ends after the row's time, unless it
 * arrived {@code lateness} or more after that end: a rule on the row alone, so that neither the
 * moment of a tick nor the cut of a batch can change what is in a window. Where verdicts can be
 * amended, a row that came too late is put in once all that arrived before it has been read, and
 * the windows it belongs to are judged again.
 *
 * <p>Inside, times of ticks are put back by {@code lateness}: a window closes at its end.
 */
final class WindowEvaluator implements Evaluator {
  private static final int VERSION = 2;
  private static final long UNKNOWN = Long.MIN_VALUE;

  private final Measure measure;
  private final Frame frame;
  private final Windows windows;
  private final PaneStore store;
  private final LateRows late = new LateRows();
  private final Newcomers newcomers;
  private final @Nullable Amendments amendments;
  private Course course;
  private long closed = UNKNOWN;

  /** What was judged last. */
  private Ruling last = new Ruling(UNKNOWN, Estimate.NOTHING, 0, false);

  WindowEvaluator(Measure measure, Frame frame) {
    this.measure = measure;
    this.frame = frame;
    this.windows = frame.windows();
    this.store = new PaneStore(measure, windows.pane());
    this.newcomers = Newcomers.of(frame.ladder().damping().grace());
    this.amendments = frame.amend() > 0 ? new Amendments(frame, measure.onTrouble()) : null;
    this.course = new Course(frame);
  }

  WindowEvaluator(Measure measure, Frame frame, ByteReader state) {
    this(measure, frame);
    decode(state);
  }

  @Override
  public boolean row(Row row, Verdicts out) {
    if (!measure.read(row, out)) {
      return false;
    }
    boolean isNew = newcomers.see(row);
    long missed = firstOpen(row.arrived()) - windows.every();
    if (missed < windows.firstEnd(row.time())) {
      store.add(row.time(), measure.values());
      beginBy(Math.min(row.time(), row.arrived())); // a time may be years ahead
      return true;
    }
    out.late();
    long time = row.arrived() - windows.lateness();
    long lastEnd = windows.lastEnd(row.time());
    if (missed >= lastEnd && (frame.amend() == 0 || time >= lastEnd + frame.amend())) {
      return isNew;
    }
    late.add(time + 1, new LateRows.Late(row.time(), measure.values().clone()));
    return true;
  }

  @Override
  public void stand(Level level, long time) {
    course.stand(level, time - windows.lateness());
    if (amendments != null) {
      amendments.stand(level, time - windows.lateness());
    }
  }

  /** The end of the first window that still takes what arrived at a time. */
  private long firstOpen(long arrived) {
    long open = windows.firstEnd(arrived - windows.lateness());
    return closed == UNKNOWN ? open : Math.max(open, closed + windows.every());
  }

  /** Where windows without a call count, they do so from the first call on. */
  private void beginBy(long time) {
    if (closed == UNKNOWN && windows.leastSamples() == 0) {
      closed = windows.firstEnd(time) - windows.every();
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
    if (late.dueAt() == time) {
      release(time, out);
    } else if (nextEnd() == time) {
      close(time, out);
    } else if (measure.staleAt() == time) {
      measure.forget();
    } else if (amendments != null && finalAt() == time) {
      amendments.settle(time);
      store.forget(neededFrom(time));
    } else {
      Level previous = course.level();
      course.happen();
      if (previous != Level.OK || course.level() != Level.OK) {
        out.judged(previous, time, time + windows.lateness());
      }
    }
  }

  /** The end of the next window that has something to say, or {@link #NEVER}. */
  private long nextEnd() {
    if (windows.leastSamples() == 0 && closed != UNKNOWN) {
      return closed + windows.every();
    }
    long from = closed == UNKNOWN ? UNKNOWN : closed + windows.every() - windows.length();
    long earliest = Math.min(store.firstFrom(from), late.earliest());
    if (earliest == NEVER) {
      return NEVER;
    }
    long end = windows.firstEnd(earliest);
    return closed == UNKNOWN ? end : Math.max(end, closed + windows.every());
  }

  /** When a verdict becomes final, or a pane can be forgotten, where verdicts can be amended. */
  private long finalAt() {
    if (amendments == null) {
      return NEVER;
    }
    long first = store.firstFrom(UNKNOWN);
    long needed = first == NEVER ? NEVER : windows.lastEnd(first) + frame.amend() + 1;
    return Math.min(amendments.dueAt(), needed);
  }

  /** The begin of the first pane that a window needs which is not closed, or can be amended. */
  private long neededFrom(long time) {
    long end = amendments == null ? time : time - frame.amend() - 1;
    return windows.firstEnd(end) - windows.length();
  }

  private void close(long end, Verdicts out) {
    closed = end;
    Optional<Ruling> ruling = ruling(end);
    store.forget(neededFrom(end));
    if (ruling.isEmpty()) {
      return;
    }
    Level previous = course.level();
    last = ruling.get();
    course.judge(last, measure.onTrouble());
    if (amendments != null) {
      amendments.add(last, course.level());
    }
    if (last.isTrouble()) {
      out.failed();
    }
    if (!last.isTrouble() || measure.onTrouble().isPresent()) {
      out.judged(previous, end, end + windows.lateness());
    }
  }

  /** What a window has to say; empty for nothing. */
  private Optional<Ruling> ruling(long end) {
    long from = end - windows.length();
    Pane window = store.window(from, end);
    if (window.count() < windows.leastSamples()) {
      return Optional.empty();
    }
    Estimate found = measure.conclude(window, end);
    return found.saysNothing() && measure.trouble().isEmpty()
        ? Optional.empty()
        : Optional.of(new Ruling(end, found, window.count(), newcomers.isNew(from, end)));
  }

  /** Puts late rows where later windows find them, and judges those again that missed them. */
  private void release(long time, Verdicts out) {
    SortedSet<Long> touched = new TreeSet<>();
    for (LateRows.Late row : late.take()) {
      store.add(row.time, row.values);
      beginBy(row.time);
      long lastEnd = Math.min(windows.lastEnd(row.time), closed);
      for (long end = windows.firstEnd(row.time); end <= lastEnd; end += windows.every()) {
        touched.add(end);
      }
    }
    addEchoes(touched);
    if (amendments != null) {
      amendments.settle(time);
      touched.removeIf(end -> !amendments.isOpen(end, time));
      if (!touched.isEmpty()) {
        amend(amendments, touched, time, out);
      }
    }
  }

  /** Windows that are compared with others say something else when these do. */
  private void addEchoes(SortedSet<Long> touched) {
    long echo = measure.echo();
    if (echo > 0) {
      for (long end : List.copyOf(touched)) {
        if (end + echo <= closed) {
          touched.add(end + echo);
        }
      }
    }
  }

  private void amend(Amendments amendments, SortedSet<Long> touched, long time, Verdicts out) {
    Level previous = course.level();
    List<Amended> changes = new ArrayList<>();
    Course after =
        amendments.again(
            touched,
            end -> {
              Optional<Ruling> ruling = ruling(end);
              ruling.ifPresent(latest -> last = latest);
              return ruling;
            },
            (ruling, then, revision) ->
                changes.add(
                    new Amended(ruling.end(), then.level(), finding(ruling, then, revision))));
    after.settle(time);
    course = after;
    boolean moved = course.level() != previous;
    long since = time; // something has run out since the last window, were it not for that one
    for (Amended change : changes) {
      if (moved && change.end == last.end() && change.level == course.level()) {
        since = change.end;
      } else {
        out.amended(change.level, change.finding, change.end);
      }
    }
    if (moved) {
      out.judged(previous, since, time + windows.lateness());
    }
  }

  /** A verdict that is another one now. */
  private record Amended(long end, Level level, Finding finding) {}

  @Override
  public long wakeAt() {
    long own = Math.min(late.dueAt(), Math.min(nextEnd(), measure.staleAt()));
    long at = Math.min(own, Math.min(finalAt(), course.dueAt()));
    return at == NEVER ? NEVER : at + windows.lateness();
  }

  @Override
  public Level level() {
    return course.level();
  }

  @Override
  public boolean isFresh() {
    return store.isEmpty()
        && late.isEmpty()
        && newcomers.isEmpty()
        && course.isFresh()
        && windows.leastSamples() > 0
        && (amendments == null || amendments.isEmpty())
        && measure.isFresh();
  }

  @Override
  public Finding finding() {
    return finding(last, course, amendments == null ? 1 : amendments.revision());
  }

  private Finding finding(Ruling ruling, Course at, int revision) {
    Map<String, String> details = new LinkedHashMap<>();
    Optional<String> field = measure.field().map(FieldKey::name);
    Standing standing = at.standing();
    if (amendments != null) {
      details.put("revision", Integer.toString(revision));
    }
    String amended = revision > 1 ? "amended by late calls: " : "";
    if (standing.isLost()) {
      String after = Figures.duration(frame.absence().orElseThrow().after());
      details.put("no_data_after", after);
      String message = "no window has had enough data for %s".formatted(after);
      return new Finding(field, OptionalDouble.empty(), message, details);
    } else if (standing.isFailed()) {
      return new Finding(field, OptionalDouble.empty(), amended + measure.trouble(), details);
    }
    Estimate found = ruling.found();
    if (found.saysNothing()) {
      return new Finding(field, OptionalDouble.empty(), Reasons.CHANGED, details);
    }
    String message =
        amended
            + measure.sentence(found, ruling.samples(), details)
            + Reasons.of(frame.ladder(), standing, found, details)
            + (ruling.quiet() ? Reasons.NEW : "");
    return new Finding(field, found.number(), message, details);
  }

  @Override
  public List<String> reservations() {
    List<String> all = new ArrayList<>(Reservations.of(frame.ladder(), course.standing()));
    if (last.quiet()) {
      all.add(Reservations.NEW);
    }
    all.add(
        closed == UNKNOWN
            ? "no window has ended yet"
            : "the last window ended at " + Reservations.time(closed));
    long end = nextEnd();
    if (end != NEVER) {
      Pane window = store.window(end - windows.length(), end);
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
    if (!late.isEmpty()) {
      all.add("%d values came too late for a window they belong to".formatted(late.size()));
    }
    return all;
  }

  @Override
  public void encode(ByteWriter out) {
    out.put(VERSION).putLong(closed);
    last.encode(out);
    course.encode(out);
    store.encode(out);
    late.encode(out);
    newcomers.encode(out);
    if (amendments != null) {
      amendments.encode(out);
    }
    measure.encode(out);
  }

  private void decode(ByteReader in) {
    in.version(VERSION);
    closed = in.nextLong();
    last = Ruling.decode(in);
    course.decode(in);
    store.decode(in);
    late.decode(in, measure.values().length);
    newcomers.decode(in);
    if (amendments != null) {
      amendments.decode(in);
    }
    measure.decode(in);
  }
}
