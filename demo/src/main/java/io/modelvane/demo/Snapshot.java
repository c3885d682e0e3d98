package io.modelvane.demo;

import java.time.Duration;
import java.util.List;

/**
 * How things stand.
 *
 * @param elapsed since the traffic began
 * @param callsPerSecond produced lately
 * @param produced messages that Kafka took
 * @param stored points in the store
 * @param lag messages that the product has yet to deal with
 * @param deadLetters messages given up, by the pipeline that stores
 * @param alerts notifications so far
 * @param troubles who is not {@code ok}
 */
record Snapshot(
    Duration elapsed,
    double callsPerSecond,
    long produced,
    long stored,
    long lag,
    long deadLetters,
    int alerts,
    List<String> troubles) {
  Snapshot {
    troubles = List.copyOf(troubles);
  }

  String numbers() {
    return "%4d s  %,5.0f calls/s  %,7d produced  %,7d stored  lag %,d  %,d dead letters"
        .formatted(elapsed.toSeconds(), callsPerSecond, produced, stored, lag, deadLetters);
  }

  String words() {
    return alerts
        + (alerts == 1 ? " notification; " : " notifications; ")
        + (troubles.isEmpty() ? "every model ok" : "now: " + String.join(", ", troubles));
  }
}
