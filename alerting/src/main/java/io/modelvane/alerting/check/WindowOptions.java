package io.modelvane.alerting.check;

import io.modelvane.spi.Problems;
import java.time.Duration;
import java.util.Optional;

/**
 * How windows are cut, as several checks have it among their options.
 *
 * @param length of a window
 * @param every from the end of one to the end of the next, if not their length
 * @param lateness how long after its end a window waits
 * @param minSamples a window with fewer says nothing
 * @param noData what becomes of the level when no window says anything
 * @param noDataAfter how long after the last that did, if not twice their length
 */
record WindowOptions(
    Duration length,
    Optional<Duration> every,
    Duration lateness,
    int minSamples,
    NoData noData,
    Optional<Duration> noDataAfter) {
  private static final long MOST_PANES = 10_000;

  void validate(String path, Problems problems) {
    if (step().compareTo(length) > 0) {
      problems.add(path + ".every", "is longer than 'window': calls between would be seen by none");
    } else if (windows(Aggregate.COUNT).panes() > MOST_PANES) {
      problems.add(
          path + ".every",
          "cuts the window into more than %d parts; take a longer one, best one that divides 'window'"
              .formatted(MOST_PANES));
    }
    validateNoData(path, problems);
  }

  private void validateNoData(String path, Problems problems) {
    if (noData == NoData.KEEP) {
      noDataAfter.ifPresent(
          given ->
              problems.add(
                  path + ".no_data_after", "needs a 'no_data' other than keep, such as unknown"));
    } else if (minSamples == 0) {
      problems.add(
          path + ".no_data", "has no use with min_samples: 0, where each window says something");
    } else if (noDataAfter.isPresent() && noDataAfter.get().compareTo(step()) < 0) {
      problems.add(path + ".no_data_after", "must not be shorter than the time between windows");
    }
  }

  private Duration step() {
    return every.orElse(length);
  }

  Windows windows(Aggregate aggregate) {
    return new Windows(
        length.toNanos(), step().toNanos(), lateness.toNanos(), minSamples, aggregate);
  }

  private Optional<Absence> absence() {
    long after = noDataAfter.orElse(length.multipliedBy(2)).toNanos();
    return noData.level().map(level -> new Absence(level, after));
  }

  Frame frame(Aggregate aggregate, Ladder ladder) {
    return new Frame(windows(aggregate), ladder, absence());
  }
}
