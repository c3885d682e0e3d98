package io.modelvane.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** Everything that people were told, in the order of arrival. Safe for use by several threads. */
final class AlertJournal {
  private final List<Delivered> delivered = new CopyOnWriteArrayList<>();

  void add(Delivered alert) {
    delivered.add(alert);
  }

  int size() {
    return delivered.size();
  }

  /** Expected ones that have not arrived. */
  Set<Alert> missing(Set<Alert> expected) {
    Set<Alert> missing = new LinkedHashSet<>(expected);
    delivered.forEach(one -> missing.remove(one.alert()));
    return missing;
  }

  /** How many tell somebody the same for the same reason again. */
  int repeats() {
    Set<Object> seen = new HashSet<>();
    int repeats = 0;
    for (Delivered one : delivered) {
      boolean fresh = seen.add(List.of(one.alert(), one.cause()));
      repeats += one.cause().isPresent() && !fresh ? 1 : 0;
    }
    return repeats;
  }

  /** How many are about a model that gave no reason. */
  long unfounded() {
    return delivered.stream()
        .filter(one -> !one.alert().model().equals(Model.RISKY) || !one.isAboutRisk())
        .filter(one -> !one.alert().model().equals(Model.SILENT) || one.isAboutRisk())
        .count();
  }

  /** From the breaching (or recovering) call until its alert was there. */
  Latencies riskDelays() {
    List<Duration> delays = new ArrayList<>();
    delivered.stream()
        .filter(Delivered::isAboutRisk)
        .forEach(one -> one.delay().ifPresent(delays::add));
    return new Latencies(delays);
  }

  /** From the last call before a silence until its alert was there. */
  Latencies silenceDelays() {
    List<Duration> delays = new ArrayList<>();
    delivered.stream()
        .filter(one -> one.alert().check().equals(DemoChecks.SILENCE))
        .forEach(one -> one.delay().ifPresent(delays::add));
    return new Latencies(delays);
  }

  /** When somebody was first told that something is critical. */
  Optional<Instant> firstCrit() {
    return delivered.stream()
        .filter(one -> one.alert().what().equals(Alert.CRIT))
        .map(Delivered::arrivedAt)
        .min(Instant::compareTo);
  }
}
