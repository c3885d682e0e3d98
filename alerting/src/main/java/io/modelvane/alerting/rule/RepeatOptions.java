package io.modelvane.alerting.rule;

import io.modelvane.spi.Option;
import java.time.Duration;
import java.util.Optional;

/** Options: how reminders become fewer. */
public record RepeatOptions(
    @Option(
            description =
                "Each time between two reminders is so many times the one before; 1 keeps it.",
            defaultValue = "1",
            min = "1",
            max = "10")
        double factor,
    @Option(
            description = "The time between two reminders does not grow beyond this.",
            example = "24h")
        Optional<Duration> upTo,
    @Option(
            description =
                "No more reminders than this for an incident, counted anew when a rule matches"
                    + " again. Not given: as many as it takes.",
            min = "1",
            example = "5")
        Optional<Integer> atMost) {
  /** The same time between reminders, for as long as it takes. */
  static final RepeatOptions PLAIN = new RepeatOptions(1, Optional.empty(), Optional.empty());

  /** The time until the next reminder when so many have been given; empty when they are enough. */
  Optional<Duration> next(Duration every, int given) {
    if (atMost.isPresent() && given >= atMost.get()) {
      return Optional.empty();
    }
    Duration limit = upTo.orElse(LONGEST);
    double millis = every.toMillis() * Math.pow(factor, given);
    Duration grown = millis >= limit.toMillis() ? limit : Duration.ofMillis(Math.round(millis));
    return Optional.of(grown.compareTo(every) < 0 ? every : grown);
  }

  private static final Duration LONGEST = Duration.ofDays(30);
}
