package io.modelvane.alerting.check;

/**
 * When something is judged.
 *
 * @param time when it was true
 * @param newest the latest time that has been judged, this one included
 * @param known by which a level is kept: the clock of {@link Ladder#expiresAt}
 * @param quiet whether nothing may become worse by it
 */
record Moment(long time, long newest, long known, boolean quiet) {
  /** The end of a window, which is known then as far as levels are concerned. */
  static Moment end(long time, boolean quiet) {
    return new Moment(time, time, time, quiet);
  }

  /** Whether something later has been judged before. */
  boolean isLate() {
    return time < newest;
  }
}
