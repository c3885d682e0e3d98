package io.modelvane.alerting.check;

/**
 * When something is judged.
 *
 * @param time when it was true
 * @param newest the latest time that has been judged, this one included
 * @param known by which a level is kept: the clock of {@link Ladder#expiresAt}
 * @param order where it stands among what has been judged, by that clock
 * @param quiet whether nothing may become worse by it
 */
record Moment(long time, long newest, long known, Order order, boolean quiet) {
  /** What else may come. */
  enum Order {
    /** Nothing can come between what was judged before and this. */
    SETTLED,
    /** Something may come that is earlier than this. */
    LATEST,
    /** Something later has been judged. */
    OUTRUN
  }

  /** The end of a window, which is known then as far as levels are concerned. */
  static Moment end(long time, boolean quiet) {
    return new Moment(time, time, time, Order.SETTLED, quiet);
  }

  /** Whether something later has been judged before. */
  boolean isLate() {
    return time < newest;
  }
}
