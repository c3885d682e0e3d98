package io.modelvane.alerting.check;

import io.modelvane.alerting.codec.ByteReader;
import io.modelvane.alerting.codec.ByteWriter;
import io.modelvane.spi.Level;
import java.util.Optional;

/** Where a series stands by its windows, and what time alone will make of that. */
final class Course {
  private static final long UNKNOWN = Long.MIN_VALUE;

  private final Frame frame;
  private final Ladder ladder;
  private final Standing standing;

  /** The end of the last window that said something; known only where the lack of any matters. */
  private long judged = UNKNOWN;

  Course(Frame frame) {
    this(frame, new Standing(frame.ladder()));
  }

  private Course(Frame frame, Standing standing) {
    this.frame = frame;
    this.ladder = frame.ladder();
    this.standing = standing;
  }

  Standing standing() {
    return standing;
  }

  Level level() {
    return standing.level();
  }

  /** Stands at a level as if a window that ended at a time had led there. */
  void stand(Level level, long time) {
    standing.stand(ladder, level, time);
    judged = frame.absence().isPresent() ? time : UNKNOWN;
  }

  /**
   * A window has something to say.
   *
   * @param onTrouble what an error leads to; empty where it leads to nothing
   */
  void judge(Ruling ruling, Optional<Level> onTrouble) {
    judged = frame.absence().isPresent() ? ruling.end() : UNKNOWN;
    if (ruling.isTrouble()) {
      onTrouble.ifPresent(standing::fail);
    } else {
      ladder.judge(standing, ruling.found(), Moment.end(ruling.end(), ruling.quiet()));
    }
  }

  /** When time alone changes something, or {@link Evaluator#NEVER}. */
  long dueAt() {
    return Math.min(missedAt(), ladder.expiresAt(standing));
  }

  private long missedAt() {
    return judged == UNKNOWN ? Evaluator.NEVER : judged + frame.absence().orElseThrow().after();
  }

  /** What is due happens. */
  void happen() {
    if (ladder.expiresAt(standing) <= missedAt()) {
      ladder.expire(standing);
    } else {
      standing.lose(frame.absence().orElseThrow().level());
      judged = UNKNOWN;
    }
  }

  /** What is due before a time happens. */
  void settle(long until) {
    while (dueAt() < until) {
      happen();
    }
  }

  boolean isFresh() {
    return standing.isFresh() && judged == UNKNOWN;
  }

  /** A course that goes its own way from here. */
  Course copy() {
    Course copy = new Course(frame, standing.copy(ladder));
    copy.judged = judged;
    return copy;
  }

  void encode(ByteWriter out) {
    standing.encode(out);
    if (frame.absence().isPresent()) {
      out.putLong(judged);
    }
  }

  void decode(ByteReader in) {
    standing.decode(in);
    if (frame.absence().isPresent()) {
      judged = in.nextLong();
    }
  }
}
