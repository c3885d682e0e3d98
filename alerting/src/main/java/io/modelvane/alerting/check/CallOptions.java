package io.modelvane.alerting.check;

import io.modelvane.spi.Option;
import io.modelvane.spi.Problems;
import java.time.Duration;
import java.util.Optional;

/** For how long a single call counts, as several checks have it. */
record CallOptions(
    @Option(
            description =
                "Without `window`: a series that is not `ok`, and of which no call could be judged"
                    + " for so long, ends its incident and begins anew with its next call. It lasts"
                    + " until a call ends it when not given.",
            example = "1d",
            min = "1s",
            max = "366d")
        Optional<Duration> forgetAfter) {

  void validate(DampingOptions damping, boolean windows, String path, Problems problems) {
    if (forgetAfter.isEmpty()) {
      return;
    }
    if (windows) {
      problems.add(path + ".forget_after", "is for single calls; with a 'window', say 'no_data'");
    } else if (forgetAfter.get().compareTo(damping.keepFiringFor()) <= 0) {
      problems.add(path + ".forget_after", "must be longer than 'keep_firing_for'");
    }
  }

  /** Nanoseconds, or {@link Evaluator#NEVER}. */
  long nanos() {
    return forgetAfter.map(Duration::toNanos).orElse(Evaluator.NEVER);
  }
}
