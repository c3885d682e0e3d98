package io.modelvane.demo;

import java.time.Duration;

/**
 * What the generated traffic looks like.
 *
 * @param callsPerSecond over all models, on average; calls arrive at random
 * @param seed two generators with the same plan send the same calls in the same order
 * @param riskyAfter when {@code credit_card_approval} turns risky for the first time, after the
 *     start
 * @param riskyFor how long it stays so
 * @param calmFor how long it is calm before it turns risky again
 * @param silentAfter when {@code image_tagger} falls silent for good, after the start
 * @param malformedEvery a message that is not a call comes after so many calls; 0 for none
 */
public record TrafficPlan(
    double callsPerSecond,
    long seed,
    Duration riskyAfter,
    Duration riskyFor,
    Duration calmFor,
    Duration silentAfter,
    int malformedEvery) {

  /** Checks that the numbers make sense. */
  public TrafficPlan {
    if (callsPerSecond <= 0 || malformedEvery < 0) {
      throw new IllegalArgumentException(
          "callsPerSecond must be above and malformedEvery at least 0");
    }
  }

  /** Two hundred calls a second for somebody who watches for half a minute. */
  public static TrafficPlan standard() {
    return new TrafficPlan(
        200,
        20_260_101,
        Duration.ofSeconds(5),
        Duration.ofSeconds(4),
        Duration.ofSeconds(20),
        Duration.ofSeconds(6),
        150);
  }

  /** The same with another rate. */
  public TrafficPlan withCallsPerSecond(double rate) {
    return new TrafficPlan(rate, seed, riskyAfter, riskyFor, calmFor, silentAfter, malformedEvery);
  }

  /** The same with other random numbers. */
  public TrafficPlan withSeed(long other) {
    return new TrafficPlan(
        callsPerSecond, other, riskyAfter, riskyFor, calmFor, silentAfter, malformedEvery);
  }

  /** The same with other times for the model that turns risky. */
  public TrafficPlan withRisk(Duration after, Duration lasting, Duration calm) {
    return new TrafficPlan(callsPerSecond, seed, after, lasting, calm, silentAfter, malformedEvery);
  }

  /** The same with another time for the model that falls silent. */
  public TrafficPlan withSilentAfter(Duration after) {
    return new TrafficPlan(
        callsPerSecond, seed, riskyAfter, riskyFor, calmFor, after, malformedEvery);
  }

  /** The same with more or fewer malformed messages. */
  public TrafficPlan withMalformedEvery(int calls) {
    return new TrafficPlan(callsPerSecond, seed, riskyAfter, riskyFor, calmFor, silentAfter, calls);
  }

  /** Which risky time it is, from 0; negative when the model is calm. */
  int episodeAt(Duration elapsed) {
    long since = elapsed.minus(riskyAfter).toNanos();
    if (since < 0) {
      return -1;
    }
    long round = riskyFor.plus(calmFor).toNanos();
    return since % round < riskyFor.toNanos() ? (int) (since / round) : -1;
  }
}
