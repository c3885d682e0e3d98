package io.modelvane.alerting.check;

/**
 * What keeps a level from following every single value.
 *
 * @param pendingNanos how long a level has to last before it counts
 * @param keepNanos how long a level is kept after the last bad value
 * @param require how many of the last values have to be bad
 * @param grace what is new
 */
record Damping(long pendingNanos, long keepNanos, Requirement require, Grace grace) {
  /** The level follows each value. */
  static final Damping NONE = new Damping(0, 0, Requirement.NONE, Grace.NONE);

  boolean keeps() {
    return keepNanos > 0;
  }

  /** The same text for the same damping. */
  String definition() {
    return "for "
        + pendingNanos
        + (keeps() ? " keep " + keepNanos : "")
        + (require.looksBack() ? " require " + require : "")
        + grace.definition();
  }
}
