package io.modelvane.alerting.check;

import io.modelvane.spi.Level;

/** Hears what an evaluator decides. */
public interface Verdicts {
  /**
   * The evaluator has judged; its level and finding hold the verdict until this returns.
   *
   * @param previous the level before, which may be the same
   * @param sourceTime the time of the row, or the end of the window, behind the verdict
   */
  void judged(Level previous, long sourceTime);

  /** The field to look at holds a text. */
  void notNumeric();

  /** The row came too late for at least one window it belongs to. */
  void late();
}
