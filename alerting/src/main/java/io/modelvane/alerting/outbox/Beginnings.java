package io.modelvane.alerting.outbox;

import io.modelvane.alerting.silence.Maintenance;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Notices when a maintenance begins. Used by one thread at a time. */
final class Beginnings {
  private final List<Maintenance> all;
  private volatile Set<String> lasting = Set.of();
  private volatile Instant next;

  Beginnings(List<Maintenance> all) {
    this.all = List.copyOf(all);
    this.next = all.isEmpty() ? Instant.MAX : Instant.MIN;
  }

  /** Whether one has begun since the last look, or lasts at the first. */
  boolean look(Instant now) {
    if (now.isBefore(next)) {
      return false;
    }
    Set<String> these =
        all.stream()
            .filter(each -> each.lasts(now))
            .map(Maintenance::name)
            .collect(Collectors.toSet());
    boolean begun = !lasting.containsAll(these);
    lasting = these;
    next =
        all.stream().map(each -> each.nextChange(now)).min(Instant::compareTo).orElse(Instant.MAX);
    return begun;
  }

  /** What followed from the last look was rolled back: the next is as the first. */
  void forget() {
    lasting = Set.of();
    next = all.isEmpty() ? Instant.MAX : Instant.MIN;
  }

  /** When to look again. */
  Instant next() {
    return next;
  }
}
