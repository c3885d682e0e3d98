package io.modelvane.alerting.check;

import io.modelvane.alerting.codec.ByteReader;
import io.modelvane.alerting.codec.ByteWriter;
import io.modelvane.spi.Level;
import io.modelvane.spi.Series;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * Notices silence in the time of arrival. A gap between two rows counts when it is longer than
 * {@code after}, and is judged once a tick says that nothing can fill it any more: rows that are
 * read ahead of that are kept as stretches, so that it does not matter how rows and ticks
 * interleave.
 *
 * <p>The first row that is read ends silence, without waiting for other partitions: where one of
 * them is read far ahead of another, a short silence that is over already may be passed over.
 */
final class DeadmanEvaluator implements Evaluator {
  private static final int VERSION = 1;
  private static final long UNKNOWN = Long.MIN_VALUE;

  private enum Mode {
    /** Its rows are watched. */
    WATCHING('w'),
    /** It has to come and has not been seen yet. */
    AWAITED('a'),
    /** It stood for a series that has come and is watched by itself. */
    FULFILLED('f'),
    /** Nobody waits for it any more. */
    FORGOTTEN('o');

    private final int code;

    Mode(int code) {
      this.code = code;
    }

    static Mode of(int code) {
      for (Mode mode : values()) {
        if (mode.code == code) {
          return mode;
        }
      }
      throw new IllegalStateException("it is damaged: there is no mode " + code);
    }
  }

  private final DeadmanCheck check;
  private final Series series;
  private final Silence silence;
  private final boolean expected;
  private final boolean standsFirst;
  private Mode mode;
  private boolean silent;
  private boolean seen;
  private long last = UNKNOWN;
  private long gapFrom = UNKNOWN;
  private final TreeMap<Long, Long> ahead = new TreeMap<>();
  private int hint;

  DeadmanEvaluator(DeadmanCheck check, Series series) {
    this.check = check;
    this.series = series;
    this.silence = check.silence();
    this.expected = check.isExpected(series);
    this.standsFirst = check.isStandIn(series);
    this.mode = standsFirst ? Mode.AWAITED : Mode.WATCHING;
  }

  DeadmanEvaluator(DeadmanCheck check, Series series, ByteReader state) {
    this(check, series);
    decode(state);
  }

  @Override
  public boolean row(Row row, Verdicts out) {
    if (check.sign().isPresent() && !shows(row, check.sign().get())) {
      return false;
    }
    if (mode != Mode.WATCHING && !arrive(row)) {
      return false;
    }
    return heard(row.arrived(), out);
  }

  private boolean shows(Row row, Sign sign) {
    int at = row.find(sign.field(), hint);
    if (at < 0) {
      return false;
    }
    hint = row.hint(at);
    return sign.zeroCounts() || row.number(at) != 0;
  }

  /** Whether a row still matters to one that was awaited. */
  private boolean arrive(Row row) {
    if (mode == Mode.FULFILLED) {
      return false;
    }
    boolean itself = check.selection().concerns(row.series()).contains(series);
    mode = itself ? Mode.WATCHING : Mode.FULFILLED;
    return true;
  }

  private boolean heard(long time, Verdicts out) {
    boolean later = time > last;
    if (last == UNKNOWN || time <= last || time - last <= silence.after()) {
      if (!silent) {
        boolean first = !seen;
        seen = true;
        last = Math.max(last, time);
        join();
        if (mode == Mode.WATCHING) {
          out.judged(Level.OK, time, time);
        }
        return later || first;
      }
    } else if (!silent) {
      keep(time);
      return true;
    }
    recover(time, out);
    return true;
  }

  private void recover(long time, Verdicts out) {
    if (isForgotten(time)) {
      forget(out);
      mode = Mode.WATCHING;
      goTo(time);
      out.judged(Level.OK, time, time);
      return;
    }
    gapFrom = last;
    last = Math.max(last, time);
    silent = false;
    seen = true;
    out.judged(silence.level(), time, time);
  }

  /** Takes in the stretches that no gap divides from the last row any more. */
  private void join() {
    while (!ahead.isEmpty() && ahead.firstKey() - last <= silence.after()) {
      last = Math.max(last, ahead.pollFirstEntry().getValue());
    }
  }

  /** Remembers a row that came after a gap which is not judged yet. */
  private void keep(long time) {
    long from = time;
    long to = time;
    Map.Entry<Long, Long> before = ahead.floorEntry(time);
    if (before != null && time - before.getValue() <= silence.after()) {
      from = before.getKey();
      to = Math.max(to, before.getValue());
    }
    Map.Entry<Long, Long> next = ahead.higherEntry(time);
    if (next != null && next.getKey() - to <= silence.after()) {
      to = Math.max(to, next.getValue());
      ahead.remove(next.getKey());
    }
    ahead.put(from, to);
  }

  @Override
  public boolean tick(long time, Verdicts out) {
    boolean moved = false;
    if (last == UNKNOWN && mode != Mode.FORGOTTEN) {
      last = time;
      moved = true;
    }
    while (silent ? goOn(time, out) : fallSilent(time, out)) {
      moved = true;
    }
    return moved;
  }

  private boolean fallSilent(long time, Verdicts out) {
    if (isOver() || time - last <= silence.after()) {
      return false;
    }
    silent = true;
    out.judged(Level.OK, last + silence.after(), last + silence.after());
    return true;
  }

  /** Whether nobody waits for it any more. */
  private boolean isOver() {
    return mode == Mode.FORGOTTEN || (mode == Mode.FULFILLED && ahead.isEmpty() && !silent);
  }

  /** What may follow silence: a row that came later, or oblivion. */
  private boolean goOn(long time, Verdicts out) {
    long next = ahead.isEmpty() ? NEVER : ahead.firstKey();
    if (isForgotten(next == NEVER ? time : next)) {
      forget(out);
      if (next != NEVER) {
        mode = Mode.WATCHING;
        goTo(ahead.pollFirstEntry().getValue());
      }
      return true;
    }
    if (next == NEVER) {
      return false;
    }
    gapFrom = last;
    goTo(next);
    silent = false;
    out.judged(silence.level(), next, next);
    last = ahead.pollFirstEntry().getValue();
    return true;
  }

  /** One that was never seen is waited for as long as it has to be there. */
  private boolean isForgotten(long time) {
    return isForgettable() && time - last > silence.forgetAfter();
  }

  private boolean isForgettable() {
    return seen && !expected;
  }

  private void forget(Verdicts out) {
    silent = false;
    gapFrom = UNKNOWN;
    mode = Mode.FORGOTTEN;
    out.judged(silence.level(), last + silence.forgetAfter(), last + silence.forgetAfter());
    last = UNKNOWN;
    seen = false;
  }

  private void goTo(long time) {
    last = time;
    seen = true;
  }

  @Override
  public long wakeAt() {
    if (last == UNKNOWN) {
      return mode == Mode.AWAITED ? Long.MIN_VALUE : NEVER;
    } else if (isOver()) {
      return NEVER;
    } else if (!silent) {
      return last + silence.after() + 1;
    }
    return isForgettable() ? last + silence.forgetAfter() + 1 : NEVER;
  }

  @Override
  public Level level() {
    return silent ? silence.level() : Level.OK;
  }

  @Override
  public boolean isFresh() {
    return false;
  }

  @Override
  public boolean isRetired() {
    // The source as a whole would be missed anew after a restart, were it not known.
    return mode == Mode.FORGOTTEN && !standsFirst;
  }

  @Override
  public boolean isObsolete() {
    return !standsFirst && (mode == Mode.AWAITED || mode == Mode.FULFILLED);
  }

  @Override
  public Finding finding() {
    Map<String, String> details = new LinkedHashMap<>();
    details.put("dead", Boolean.toString(silent));
    details.put("threshold", Figures.duration(silence.after()));
    if (seen) {
      details.put("last_seen", instant(last).toString());
    }
    return new Finding(
        check.sign().map(sign -> sign.field().name()), OptionalDouble.empty(), message(), details);
  }

  private String message() {
    if (silent) {
      return seen
          ? "silent for %s, last seen %s"
              .formatted(Figures.duration(silence.after()), instant(last))
          : "never seen, %s after the watch began".formatted(Figures.duration(silence.after()));
    } else if (mode == Mode.FORGOTTEN) {
      return "silent for %s, no longer watched until it speaks again"
          .formatted(Figures.duration(silence.forgetAfter()));
    }
    return gapFrom == UNKNOWN
        ? "last seen " + instant(last)
        : "last seen %s, silent before since %s".formatted(instant(last), instant(gapFrom));
  }

  private static Instant instant(long nanos) {
    return Instant.ofEpochSecond(
        Math.floorDiv(nanos, 1_000_000_000L), Math.floorMod(nanos, 1_000_000_000L));
  }

  @Override
  public void encode(ByteWriter out) {
    out.put(VERSION).put(mode.code).put((silent ? 1 : 0) | (seen ? 2 : 0));
    out.putLong(last).putLong(gapFrom).putLong(ahead.size());
    ahead.forEach((from, to) -> out.putLong(from).putLong(to - from));
  }

  private void decode(ByteReader in) {
    in.version(VERSION);
    mode = Mode.of(in.next());
    int flags = in.next();
    silent = (flags & 1) != 0;
    seen = (flags & 2) != 0;
    last = in.nextLong();
    gapFrom = in.nextLong();
    for (int i = in.nextCount(); i > 0; i--) {
      long from = in.nextLong();
      ahead.put(from, from + in.nextLong());
    }
  }
}
