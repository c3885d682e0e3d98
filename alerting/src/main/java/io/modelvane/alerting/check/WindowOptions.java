package io.modelvane.alerting.check;

import io.modelvane.spi.Option;
import io.modelvane.spi.Problems;
import java.time.Duration;
import java.util.Optional;

/** How windows are cut and what a lack of them leads to, as several checks have it. */
record WindowOptions(
    @Option(
            description = "Time between windows; `window` itself when not given.",
            example = "1m",
            min = "1ms")
        Optional<Duration> every,
    @Option(
            description = "How long after its end a window waits for late rows; 2s when not given.",
            example = "5s",
            max = "31d")
        Optional<Duration> lateness,
    @Option(
            description =
                "Whether a window that begins before the first call of the series raises nothing.",
            defaultValue = "false")
        boolean fullWindow,
    @Option(
            description =
                "What becomes of the level when no window has had enough values for"
                    + " `no_data_after`: `keep`, `ok`, which ends an incident, `unknown`, `info`,"
                    + " `warn` or `crit`. Windows only.",
            defaultValue = "keep")
        Fallback noData,
    @Option(
            description =
                "How long after the end of the last window that said something; twice the"
                    + " `window` when not given.",
            example = "15m",
            max = "31d")
        Optional<Duration> noDataAfter) {
  private static final long MOST_PANES = 10_000;
  private static final Duration USUAL_LATENESS = Duration.ofSeconds(2);

  void validate(Duration length, int minSamples, String path, Problems problems) {
    if (step(length).compareTo(length) > 0) {
      problems.add(path + ".every", "is longer than 'window': calls between would be seen by none");
    } else if (windows(length, minSamples, Aggregate.COUNT).panes() > MOST_PANES) {
      problems.add(
          path + ".every",
          "cuts the window into more than %d parts; take a longer one, best one that divides 'window'"
              .formatted(MOST_PANES));
    }
    validateNoData(length, minSamples, path, problems);
  }

  private void validateNoData(Duration length, int minSamples, String path, Problems problems) {
    if (noData == Fallback.KEEP) {
      noDataAfter.ifPresent(
          given ->
              problems.add(
                  path + ".no_data_after", "needs a 'no_data' other than keep, such as unknown"));
    } else if (minSamples == 0) {
      problems.add(
          path + ".no_data", "has no use with min_samples: 0, where each window says something");
    } else if (noDataAfter.isPresent() && noDataAfter.get().compareTo(step(length)) < 0) {
      problems.add(path + ".no_data_after", "must not be shorter than the time between windows");
    }
  }

  /** Reports what single calls have no use for. */
  void validateCalls(int minSamples, AmendOptions amend, String path, Problems problems) {
    every.ifPresent(given -> needsWindow(path + ".every", problems));
    lateness.ifPresent(given -> needsWindow(path + ".lateness", problems));
    if (fullWindow) {
      needsWindow(path + ".full_window", problems);
    }
    if (noData != Fallback.KEEP) {
      needsWindow(path + ".no_data", problems);
    } else if (noDataAfter.isPresent()) {
      needsWindow(path + ".no_data_after", problems);
    }
    if (minSamples != 1) {
      needsWindow(path + ".min_samples", problems);
    }
    if (!amend.amendFor().isZero()) {
      needsWindow(path + ".amend_for", problems);
    }
  }

  static void needsWindow(String path, Problems problems) {
    problems.add(path, "needs a 'window'; calls are judged one by one");
  }

  private Duration step(Duration length) {
    return every.orElse(length);
  }

  Windows windows(Duration length, int minSamples, Aggregate aggregate) {
    return new Windows(
        length.toNanos(),
        step(length).toNanos(),
        lateness.orElse(USUAL_LATENESS).toNanos(),
        minSamples,
        aggregate);
  }

  /** What a lack of windows leads to. */
  Optional<Absence> absence(Duration length) {
    long after = noDataAfter.orElse(length.multipliedBy(2)).toNanos();
    return noData.level().map(level -> new Absence(level, after));
  }
}
