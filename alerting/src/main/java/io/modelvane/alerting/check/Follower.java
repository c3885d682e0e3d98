package io.modelvane.alerting.check;

import io.modelvane.spi.Level;
import java.util.List;

/**
 * An evaluator of a {@link FollowingCheck}: it takes what other checks say instead of rows.
 *
 * <p>What they say is put in the order in which it became known, and judged by a tick once nothing
 * can come between any more: neither the cut of a batch nor the moment of a tick matters.
 */
public interface Follower extends Evaluator {
  /**
   * A series of another check.
   *
   * @param check its name
   * @param series its canonical key
   */
  record Source(String check, String series) {}

  /**
   * Another check has a new level on one of its series. What it said last may be said again.
   *
   * @param known the time of arrival from which on it is so; not before the last tick
   */
  void heard(Source source, Level level, long known);

  /** The series that were worse than {@code ok} when they were heard of last. */
  List<Source> remembered();
}
