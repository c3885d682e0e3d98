package io.modelvane.alerting.check;

import java.util.Optional;

/**
 * For how long what is new is watched without raising anything.
 *
 * @param nanos since its first call
 * @param versionTag the tag whose new values are new as well
 * @param fullWindow whether windows that begin before the first call raise nothing
 */
record Grace(long nanos, Optional<String> versionTag, boolean fullWindow) {
  /** Everything counts at once. */
  static final Grace NONE = new Grace(0, Optional.empty(), false);

  boolean isGiven() {
    return nanos > 0 || fullWindow;
  }

  /** The same text for the same grace. */
  String definition() {
    return isGiven()
        ? " grace %d %s%s".formatted(nanos, versionTag.orElse(""), fullWindow ? " full" : "")
        : "";
  }
}
