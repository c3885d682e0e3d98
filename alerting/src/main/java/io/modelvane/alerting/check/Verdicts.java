package io.modelvane.alerting.check;

import io.modelvane.spi.Level;

/** Hears what an evaluator decides. */
public interface Verdicts {
  /**
   * The evaluator has judged; its level and finding hold the verdict until this returns.
   *
   * @param previous the level before, which may be the same
   * @param sourceTime the time of the row, or the end of the window, behind the verdict
   * @param known the time of arrival from which on it stands, the same whenever a row or a tick
   *     brings it out; not before the last tick
   */
  void judged(Level previous, long sourceTime, long known);

  /**
   * Late rows have changed a verdict that stands already. Where the series stands by that now is
   * told by {@link #judged} as always.
   *
   * @param level the new verdict
   * @param finding what it rests on
   * @param sourceTime the end of the window
   */
  void amended(Level level, Finding finding, long sourceTime);

  /** There was an error: what a row or a window says could not be found out. */
  void failed();

  /** The field to look at holds a text. */
  void notNumeric();

  /** The row came too late for at least one window it belongs to. */
  void late();
}
