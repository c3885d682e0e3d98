package io.modelvane.faults;

/**
 * A notification that a receiver has taken.
 *
 * @param endpoint who was told
 * @param breach the number of the breach it is about; -1 for none of ours
 * @param resolved whether it says that it is over
 * @param marked whether it says of itself that it may be a repeat
 * @param key what the receiver tells repeats by; empty where it cannot
 */
record Arrival(Endpoint endpoint, int breach, boolean resolved, boolean marked, String key) {
  /** Who is told. */
  enum Endpoint {
    /** Drops repeats by dedup key. */
    PAGER,
    /** Cannot tell repeats. */
    TEAM,
    /** Drops repeats by webhook id. */
    HOOK,
    /** Cannot tell repeats either. */
    MAIL;

    /** Whether the receiver drops what it has had already. */
    boolean tellsRepeats() {
      return this == PAGER || this == HOOK;
    }

    String path() {
      return "/" + name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /** What it says, to whom: the same twice is a repeat. */
  String what() {
    return endpoint + (resolved ? " resolved " : " opened ") + breach;
  }
}
