package io.modelvane.alerting.check;

import io.modelvane.spi.Option;
import io.modelvane.spi.Problems;
import java.time.Duration;

/** For how long verdicts on windows can be changed, as several checks have it. */
record AmendOptions(
    @Option(
            description =
                "A late call still changes the verdict on a window that was judged, until so long"
                    + " after: the status is recorded again with a higher `revision`, and the"
                    + " incident follows. Costs memory for each window within.",
            defaultValue = "0s",
            max = "31d")
        Duration amendFor) {
  private static final long MOST_WINDOWS = 100;

  /** Reports verdicts that can be changed for too long. */
  void validate(Windows windows, String path, Problems problems) {
    if (!amendFor.isZero()
        && (amendFor.toNanos() + windows.length()) / windows.every() > MOST_WINDOWS) {
      problems.add(
          path + ".amend_for",
          "together with 'window' is more than %d times the time between windows; take a longer 'every'"
              .formatted(MOST_WINDOWS));
    }
  }
}
