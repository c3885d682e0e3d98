package io.modelvane.alerting.outbox;

import io.modelvane.spi.Outcome;
import io.modelvane.spi.RetryPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;

/**
 * Whether an endpoint is worth trying. A notification that failed waits by itself while others go
 * on; after {@value #MANY} failures in a row, or when the other side asks for a pause or needs the
 * operator, the whole endpoint waits; one that cannot be reached is then probed with a single
 * notification. What is attempted at the same time fails once. Used by one thread.
 */
final class Circuit {
  static final int MANY = 5;
  private static final Duration SHORTEST = Duration.ofSeconds(1);

  /** An operator takes minutes: no use in knocking every second, and none in waiting an hour. */
  static final Duration MISCONFIGURED_PAUSE = Duration.ofMinutes(1);

  private final RetryPolicy retry;
  private final RandomGenerator random;
  private int failures;
  private boolean counted;
  private boolean misconfigured;
  private Instant until = Instant.MIN;

  Circuit(RetryPolicy retry, RandomGenerator random) {
    this.retry = retry;
    this.random = random;
  }

  /** Until when the endpoint is left alone; in the past when it may be tried. */
  Instant until() {
    return until;
  }

  /** Whether so many attempts in a row have failed that the whole endpoint waits. */
  boolean open() {
    return failures >= MANY;
  }

  /** Whether it cannot be reached: it waits as a whole, or needs the operator. */
  boolean isUnreachable() {
    return open() || misconfigured;
  }

  /** Attempts begin that belong together: however many of them fail, that is one failure. */
  void begin() {
    counted = false;
  }

  void succeeded() {
    failures = 0;
    misconfigured = false;
    until = Instant.MIN;
  }

  /**
   * The endpoint works, and one of its receivers does not.
   *
   * @return when the notification may be tried again
   */
  Instant reachedInPart(Outcome outcome, int attempts, Instant now) {
    succeeded();
    return now.plus(retry.delay(attempts, outcome, random));
  }

  /**
   * Counts a failure.
   *
   * @param attempts how many attempts of this notification have failed
   * @return when the notification may be tried again
   */
  Instant failed(Outcome outcome, int attempts, Instant now) {
    failures += counted ? 0 : 1;
    counted = true;
    misconfigured = outcome.kind() == Outcome.Kind.MISCONFIGURED;
    if (outcome.kind() == Outcome.Kind.MISCONFIGURED) {
      until = now.plus(MISCONFIGURED_PAUSE);
      return until;
    }
    if (outcome.kind() == Outcome.Kind.THROTTLED) {
      until = now.plus(atLeastShortest(retry.delay(attempts, outcome, random)));
      return until;
    }
    Instant again = now.plus(retry.delay(attempts, outcome, random));
    if (open()) {
      until = now.plus(atLeastShortest(retry.delay(failures, outcome, random)));
    }
    return again;
  }

  /** Nobody is asked in a tight loop, not even who says so or whose clock is behind. */
  private static Duration atLeastShortest(Duration pause) {
    return pause.compareTo(SHORTEST) < 0 ? SHORTEST : pause;
  }
}
