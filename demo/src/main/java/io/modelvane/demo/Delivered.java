package io.modelvane.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An alert that arrived.
 *
 * @param cause when the call behind it was given to Kafka: the first risky one, the first calm one
 *     after that, or the last one before a silence; empty if we know of none
 */
record Delivered(Alert alert, Instant arrivedAt, Optional<Instant> cause) {

  /** Finds the cause in the traffic. */
  static Delivered of(Alert alert, Instant arrivedAt, TrafficLog traffic) {
    return new Delivered(alert, arrivedAt, cause(alert, arrivedAt, traffic));
  }

  /** From the call behind it until it was there. */
  Optional<Duration> delay() {
    return cause.map(at -> Duration.between(at, arrivedAt));
  }

  /** Whether it is about the score of a call: those should come at once. */
  boolean isAboutRisk() {
    return alert.check().equals(DemoChecks.RISKY_APPROVALS);
  }

  private static Optional<Instant> cause(Alert alert, Instant arrivedAt, TrafficLog traffic) {
    if (alert.check().equals(DemoChecks.SILENCE)) {
      return alert.what().equals(Alert.RESOLVED)
          ? Optional.empty()
          : traffic.lastCallOf(alert.model());
    }
    if (!alert.check().equals(DemoChecks.RISKY_APPROVALS) || !alert.model().equals(Model.RISKY)) {
      return Optional.empty();
    }
    List<Instant> times =
        alert.what().equals(Alert.RESOLVED)
            ? traffic.recoveries()
            : traffic.breaches().stream().map(Breach::producedAt).toList();
    return times.stream().filter(time -> !time.isAfter(arrivedAt)).reduce((first, last) -> last);
  }
}
