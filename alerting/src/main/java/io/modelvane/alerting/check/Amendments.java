package io.modelvane.alerting.check;

import io.modelvane.alerting.codec.ByteReader;
import io.modelvane.alerting.codec.ByteWriter;
import io.modelvane.spi.Level;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongFunction;

/**
 * The windows whose verdicts late rows may still change, and where the series stood before the
 * first of them: from there all that followed is judged again.
 */
final class Amendments {
  /**
   * A verdict.
   *
   * @param ruling what it rests on
   * @param level what it was
   * @param revision 1 for the first, one more each time it is another one
   */
  private record Verdict(Ruling ruling, Level level, int revision) {}

  /** Hears of verdicts that are other ones now, in the order of their windows. */
  interface Listener {
    /** Called before the next window is judged. */
    void amended(Ruling ruling, Course course, int revision);
  }

  private final long reach;
  private final Optional<Level> onTrouble;
  private final Course before;
  private final TreeMap<Long, Verdict> verdicts = new TreeMap<>();

  /**
   * Remembers nothing.
   *
   * @param frame how long verdicts can be changed
   * @param onTrouble what an error leads to
   */
  Amendments(Frame frame, Optional<Level> onTrouble) {
    this.reach = frame.amend();
    this.onTrouble = onTrouble;
    this.before = new Course(frame);
  }

  /** What follows begins at the level of an incident. */
  void stand(Level level, long time) {
    before.stand(level, time);
  }

  /** A window was judged for the first time. */
  void add(Ruling ruling, Level level) {
    verdicts.put(ruling.end(), new Verdict(ruling, level, 1));
  }

  /** Whether the verdict on the window that ends at {@code end} can be changed at a time. */
  boolean isOpen(long end, long time) {
    return end + reach >= time;
  }

  /** When the first verdict becomes final, or {@link Evaluator#NEVER}. */
  long dueAt() {
    return verdicts.isEmpty() ? Evaluator.NEVER : verdicts.firstKey() + reach + 1;
  }

  /** Verdicts that can be changed no more are forgotten. */
  void settle(long time) {
    while (!verdicts.isEmpty() && !isOpen(verdicts.firstKey(), time)) {
      Ruling ruling = verdicts.pollFirstEntry().getValue().ruling();
      before.settle(ruling.end());
      before.judge(ruling, onTrouble);
    }
  }

  /**
   * Judges again.
   *
   * @param touched the windows that hold late rows, by their end
   * @param rulings what a window has to say now, empty for nothing
   * @return where the series stands by that after its last window
   */
  Course again(SortedSet<Long> touched, LongFunction<Optional<Ruling>> rulings, Listener listener) {
    Course course = before.copy();
    SortedSet<Long> ends = new TreeSet<>(verdicts.keySet());
    ends.addAll(touched);
    for (long end : ends) {
      Optional<Ruling> ruling = rulings.apply(end);
      if (ruling.isPresent()) {
        course.settle(end);
        course.judge(ruling.get(), onTrouble);
        replace(ruling.get(), course, listener);
      }
    }
    return course;
  }

  private void replace(Ruling ruling, Course course, Listener listener) {
    Verdict old = verdicts.get(ruling.end());
    Level known = old == null ? Level.OK : old.level();
    int revision = old == null ? 0 : old.revision();
    boolean changed = course.level() != known;
    if (changed || old == null) {
      revision++;
    }
    verdicts.put(ruling.end(), new Verdict(ruling, course.level(), revision));
    if (changed) {
      listener.amended(ruling, course, revision);
    }
  }

  /** The revision of the verdict on the last window. */
  int revision() {
    return verdicts.isEmpty() ? 1 : verdicts.lastEntry().getValue().revision();
  }

  boolean isEmpty() {
    return verdicts.isEmpty();
  }

  void encode(ByteWriter out) {
    before.encode(out);
    out.putLong(verdicts.size());
    for (Verdict verdict : verdicts.values()) {
      verdict.ruling.encode(out);
      out.put(verdict.level.severity()).putLong(verdict.revision);
    }
  }

  void decode(ByteReader in) {
    before.decode(in);
    for (int i = in.nextCount(); i > 0; i--) {
      Ruling ruling = Ruling.decode(in);
      Level level = Standing.level(in.next());
      verdicts.put(ruling.end(), new Verdict(ruling, level, (int) in.nextLong()));
    }
  }
}
