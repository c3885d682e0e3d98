package io.modelvane.demo;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/**
 * What was asked for.
 *
 * @param home the distribution's folder
 * @param once whether to end by itself
 * @param rate calls per second
 * @param launchedAt when the user started it
 */
record DemoSettings(Path home, boolean once, double rate, Instant launchedAt) {
  private static final double SMALLEST_SHARE =
      Model.ALL.stream().mapToDouble(Model::share).min().orElseThrow();
  private static final Duration SHORTEST_SILENCE = Duration.ofSeconds(4);

  /** Soon enough for somebody who waits for the end, and with time to look for one who watches. */
  TrafficPlan traffic() {
    return TrafficPlan.standard()
        .withCallsPerSecond(rate)
        .withRisk(Duration.ofSeconds(3), Duration.ofSeconds(4), Duration.ofSeconds(20))
        .withSilentAfter(Duration.ofSeconds(4));
  }

  /**
   * How long a model must be silent before somebody is told: so long that it does not happen by
   * chance. Calls come at random, so one of the rarest model waits for 20 times its mean pause once
   * in five hundred million.
   */
  Duration silence() {
    Duration unlikely = Duration.ofMillis(Math.round(20_000 / (rate * SMALLEST_SHARE)));
    return unlikely.compareTo(SHORTEST_SILENCE) > 0 ? unlikely : SHORTEST_SILENCE;
  }

  /** By when everything expected must have arrived, from the start of the traffic. */
  Duration patience() {
    return Duration.ofSeconds(75).plus(silence());
  }
}
