package io.modelvane.spi;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where events come from. One instance belongs to one pipeline and, but for {@link #wakeup()}, is
 * called by that pipeline's thread alone.
 *
 * <ol>
 *   <li>{@link #subscribe} once, and {@link #readAlone} where it is wanted, before {@code start};
 *   <li>{@link #poll} again and again, also while splits are paused, so that the source can keep
 *       its membership alive;
 *   <li>{@link #acknowledge} whenever a contiguous run of events has reached its end;
 *   <li>{@code stop}: gives up all splits (the listener hears {@code revoked}) and commits what was
 *       acknowledged. A {@code start} after it begins at what was acknowledged last: everything
 *       after it is read again.
 * </ol>
 */
public interface Source extends Component {
  /** Hears which splits this instance reads. Called inside {@link #poll} and {@code stop}. */
  interface SplitListener {
    /** These splits are read from now on. */
    void assigned(Set<Split> splits);

    /**
     * These splits go to another reader when this returns. The engine waits for what is in flight,
     * within {@code limit}, and acknowledges it before it returns; the source then commits.
     */
    void revoked(Set<Split> splits, Duration limit);

    /** These splits are somebody else's already: acknowledgements for them are void. */
    void lost(Set<Split> splits);
  }

  /** Sets the listener. */
  void subscribe(SplitListener listener);

  /**
   * Called once before {@code start} when a sink of the pipeline is {@linkplain
   * SinkTraits#exclusive() exclusive}: no other process may have a part of the stream. A source
   * whose splits are shared out among processes refuses to share. Whoever finds another there
   * disturbs it in nothing: {@code start} fails as {@code MISCONFIGURED}, and {@code poll}, which
   * finds it later, as {@code RETRYABLE}, with words that name the other and say what to do. Its
   * own earlier life, killed a moment ago, is no other.
   *
   * <p>The default does nothing: right for a source that always reads everything.
   */
  default void readAlone() {}

  /**
   * Reads on.
   *
   * @param timeout how long to wait when there is nothing; zero does not wait
   * @return batches in the order they were read, at most a few thousand events in all; empty when
   *     the time is over or {@link #wakeup()} was called
   * @throws ComponentException {@code FATAL} stops the pipeline with the message; after any other
   *     kind the engine reports the pipeline down and polls again after a pause. Any other
   *     throwable, also of the other methods, and null are a defect: what had been read by then
   *     might be lost, so the engine reports the pipeline down, calls {@code stop}, and {@code
   *     start} after a pause. A missing class ({@link LinkageError}) stops the pipeline
   */
  List<EventBatch> poll(Duration timeout) throws ComponentException, InterruptedException;

  /**
   * Everything that had reached the splits of this instance before this time has been returned by
   * {@link #poll}. Asked after each poll; never shrinks while the splits stay the same. This is how
   * a backlog is told from silence: while messages wait to be read it is the time of the last one
   * returned, and while the other side does not answer it stands still.
   *
   * <p>The default does not know, and the engine then takes a poll that brought nothing as a sign
   * that there is nothing.
   */
  default Optional<Instant> completeUntil() {
    return Optional.empty();
  }

  /**
   * Everything below these offsets is stored or dead-lettered for good. Does not block: the source
   * commits in its own rhythm, and at the latest on revoke and stop. Splits that are no longer
   * assigned are ignored.
   */
  void acknowledge(Map<Split, Long> nextOffsets);

  /** Stops reading these splits; {@link #poll} brings nothing of them until {@link #resume}. */
  void pause(Set<Split> splits);

  /** Reads these splits again, from where they were paused. */
  void resume(Set<Split> splits);

  /**
   * Makes a waiting {@link #poll} return; when none waits, the next one returns at once. May be
   * called by any thread.
   */
  void wakeup();
}
