package io.modelvane.engine.pipeline;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Knows how far a pipeline is complete: a poll says up to which time everything had been read when
 * it returned, and that may be told when all that was read by then is done. Batches may be done in
 * any order; a mark waits for the oldest. Used by one thread.
 */
final class CompleteMarks {
  private static final long SPACING = Duration.ofMillis(200).toNanos();

  /** What was read since the stretch before it, done at once. */
  static final class Stretch {
    private final long end;
    private boolean done;

    private Stretch(long end) {
      this.end = end;
    }
  }

  private record Mark(Instant time, long reads) {}

  private final Deque<Stretch> open = new ArrayDeque<>();
  private final Deque<Mark> marks = new ArrayDeque<>();
  private long reads;
  private long done;
  private @Nullable Instant due;
  private @Nullable Instant told;
  private long quietUntil;
  private boolean spoken;

  /** Something was read, and will be part of the next stretch. */
  void read() {
    reads++;
  }

  /** All that was read since the last stretch travels together from here. */
  Stretch stretch() {
    Stretch stretch = new Stretch(reads);
    open.add(stretch);
    return stretch;
  }

  /** A stretch is where it belongs. */
  void done(Stretch stretch) {
    stretch.done = true;
    while (!open.isEmpty() && open.peek().done) {
      done = open.remove().end;
    }
    advance();
  }

  /** A poll returned, and everything that the source had before {@code time} has been read. */
  void mark(Instant time) {
    Mark last = marks.peekLast();
    if (last != null && last.reads == reads) {
      marks.removeLast();
    }
    marks.add(new Mark(time, reads));
    advance();
  }

  private void advance() {
    for (Mark mark = marks.peek(); mark != null && mark.reads <= done; mark = marks.peek()) {
      due = marks.remove().time;
    }
  }

  /**
   * The time to tell now, if there is one: later than any before, and not too soon after it.
   *
   * @param nanos of {@link System#nanoTime}
   */
  @CanIgnoreReturnValue
  Optional<Instant> take(long nanos) {
    Instant time = due;
    if (time == null || (told != null && !time.isAfter(told))) {
      return Optional.empty();
    } else if (spoken && nanos - quietUntil < 0) {
      return Optional.empty();
    }
    spoken = true;
    quietUntil = nanos + SPACING;
    told = time;
    due = null;
    return Optional.of(time);
  }
}
