package io.modelvane.alerting.outbox;

import io.modelvane.alerting.silence.Maintenance;
import io.modelvane.alerting.silence.Silence;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Notices when a maintenance or a silence begins. Used by one thread at a time. */
final class Beginnings {
  private final List<Maintenance> all;
  private volatile Set<String> lasting = Set.of();
  private volatile Instant next;

  Beginnings(List<Maintenance> all) {
    this.all = List.copyOf(all);
    this.next = Instant.MIN;
  }

  /** Whether one has begun since the last look, or lasts at the first. */
  boolean look(Moment moment) throws SQLException {
    Instant now = moment.now();
    if (now.isBefore(next)) {
      return false;
    }
    List<Silence> silences = moment.silences();
    Set<String> these =
        Stream.concat(
                all.stream().filter(each -> each.lasts(now)).map(Maintenance::name),
                silences.stream().filter(each -> !starts(each).isAfter(now)).map(Silence::id))
            .collect(Collectors.toSet());
    boolean begun = !lasting.containsAll(these);
    lasting = these;
    next =
        Stream.concat(
                all.stream().map(each -> each.nextChange(now)),
                silences.stream().map(Beginnings::starts).filter(start -> start.isAfter(now)))
            .min(Instant::compareTo)
            .orElse(Instant.MAX);
    return begun;
  }

  private static Instant starts(Silence silence) {
    return silence.draft().starts();
  }

  /** There may be another one: the next look is a new one. By any thread. */
  void more() {
    next = Instant.MIN;
  }

  /** What followed from the last look was rolled back: the next is as the first. */
  void forget() {
    lasting = Set.of();
    next = Instant.MIN;
  }

  /** When to look again. */
  Instant next() {
    return next;
  }
}
