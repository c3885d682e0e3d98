package io.modelvane.alerting.check;

import io.modelvane.alerting.codec.ByteWriter;
import io.modelvane.spi.Level;
import java.util.List;

/**
 * One check on one series: a state and how it moves. What comes out depends on the state and what
 * is put in, never on a clock, a file or a thread; a state that was encoded and decoded goes on
 * exactly as the one that was not.
 *
 * <p>Called by one thread. Times are nanoseconds since 1970.
 */
public interface Evaluator {
  /** What {@link #wakeAt()} answers when time alone can change nothing. */
  long NEVER = Long.MAX_VALUE;

  /**
   * Takes a row.
   *
   * @param row valid during the call only
   * @param out hears each verdict, in order
   * @return whether the state is another one now and has to be kept
   */
  boolean row(Row row, Verdicts out);

  /**
   * Time goes on: every row that arrived before {@code time} has been taken.
   *
   * @param time never less than before
   * @return whether the state is another one now
   */
  boolean tick(long time, Verdicts out);

  /** The earliest time at which a {@link #tick} may find something, or {@link #NEVER}. */
  long wakeAt();

  /** Where it stands. */
  Level level();

  /** The verdict as it stands, in words. */
  Finding finding();

  /** Whether there is a verdict for {@link #finding()} to tell of. */
  default boolean hasJudged() {
    return true;
  }

  /**
   * What keeps it from another level, in whole sentences for people: what is pending, what there is
   * too little of, what came too late.
   */
  default List<String> reservations() {
    return List.of();
  }

  /**
   * Stands at the level of an incident that was opened under another definition of its check, until
   * something is judged. Called before anything else, where {@link Check#goesOn} says so and the
   * state is not {@linkplain Check#understands understood}.
   *
   * @param time up to when everything has been taken
   */
  default void stand(Level level, long time) {
    throw new UnsupportedOperationException("states of such checks are understood");
  }

  /** Whether a new evaluator would do as well as this one: nothing has to be kept. */
  boolean isFresh();

  /** Whether the series is to be forgotten; it says so after its last verdict. */
  default boolean isRetired() {
    return false;
  }

  /**
   * Whether what it was made for is no longer configured; asked once its state was decoded. Its
   * incident ends then, and it is forgotten.
   */
  default boolean isObsolete() {
    return false;
  }

  /** Writes the state: a version, then what that version holds. */
  void encode(ByteWriter out);
}
