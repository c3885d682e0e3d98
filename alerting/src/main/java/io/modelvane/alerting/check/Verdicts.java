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

  /** The field to look at holds a text. */
  void notNumeric();

  /** The row came too late for at least one window it belongs to. */
  void late();
}
