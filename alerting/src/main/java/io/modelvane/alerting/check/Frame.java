package io.modelvane.alerting.check;

import java.util.Optional;

/**
 * How windows are cut and judged.
 *
 * @param windows how time is cut
 * @param ladder what their values lead to
 * @param absence what a lack of them leads to; empty where the level stays
 * @param amend how long verdicts can be changed by late rows, in nanoseconds
 */
record Frame(Windows windows, Ladder ladder, Optional<Absence> absence, long amend) {
  private static final int MANY = 64;
  private static final int SMALL_WINDOW = 16;

  /** The same text for the same frame. */
  String definition() {
    return "%s %s%s%s"
        .formatted(
            ladder.definition(),
            windows,
            absence.map(a -> " no data " + a.level() + " after " + a.after()).orElse(""),
            amend > 0 ? " amend " + amend : "");
  }

  /** How many states are kept in one record of the database. */
  int statesPerPage() {
    boolean large =
        windows.panes() > SMALL_WINDOW || amend > 0 || windows.aggregate().needsValues();
    return large ? 1 : MANY;
  }
}
