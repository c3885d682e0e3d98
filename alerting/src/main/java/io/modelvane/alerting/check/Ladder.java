package io.modelvane.alerting.check;

import io.modelvane.spi.Level;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The levels of a check, the worst first: when each is reached and when it is left again. */
final class Ladder {
  private static final List<Level> WORST_FIRST = List.of(Level.CRIT, Level.WARN, Level.INFO);

  private final Level[] levels;
  private final Condition[] reached;
  private final @Nullable Condition[] recovered;
  private final long pendingNanos;

  /**
   * A ladder.
   *
   * @param levels conditions by level; at least one
   * @param recover conditions that end a level, by level
   * @param pendingNanos how long a level has to last before it counts
   */
  Ladder(Map<Level, Condition> levels, Map<Level, Condition> recover, long pendingNanos) {
    List<Level> used = new ArrayList<>(WORST_FIRST);
    used.retainAll(levels.keySet());
    this.levels = used.toArray(new Level[0]);
    this.reached = used.stream().map(levels::get).toArray(Condition[]::new);
    this.recovered = used.stream().map(recover::get).toArray(Condition[]::new);
    this.pendingNanos = pendingNanos;
  }

  /** The number of rungs. */
  int size() {
    return levels.length;
  }

  /**
   * Moves a standing by a value.
   *
   * @param time when the value was true
   */
  void judge(Standing standing, double value, long time) {
    int now = rung(standing.level());
    int next = candidate(now, value);
    int settled = pendingNanos == 0 ? next : settled(standing, now, next, time);
    standing.move(settled == size() ? Level.OK : levels[settled]);
    if (settled < size()) {
      standing.worsen(reached[settled], value);
    }
  }

  private int rung(Level level) {
    int rung = 0;
    while (rung < levels.length && levels[rung] != level) {
      rung++;
    }
    return rung;
  }

  /** The worst rung whose condition holds, or that was reached before and is not left yet. */
  private int candidate(int now, double value) {
    for (int i = 0; i < levels.length; i++) {
      if (reached[i].test(value)) {
        return i;
      }
      Condition left = recovered[i];
      if (i >= now && left != null && !left.test(value)) {
        return i;
      }
    }
    return levels.length;
  }

  /** The worst rung that has lasted long enough; one can always go down at once. */
  private int settled(Standing standing, int now, int next, long time) {
    Arrays.fill(standing.since, 0, next, Standing.NOT);
    int settled = size();
    for (int i = size() - 1; i >= next; i--) {
      long since = standing.since[i];
      standing.since[i] = since == Standing.NOT ? time : Math.min(since, time);
      if (i >= now || time - standing.since[i] >= pendingNanos) {
        settled = i;
      }
    }
    return settled;
  }

  /** The condition of a level, where it has one. */
  Optional<Condition> condition(Level level) {
    int rung = rung(level);
    return rung < size() ? Optional.of(reached[rung]) : Optional.empty();
  }

  /** The condition that ends a level, where it has one. */
  Optional<Condition> recovery(Level level) {
    int rung = rung(level);
    return rung < size() ? Optional.ofNullable(recovered[rung]) : Optional.empty();
  }

  /** The same text for the same ladder. */
  String definition() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < levels.length; i++) {
      text.append(levels[i].text()).append(' ').append(reached[i]);
      text.append(" until ").append(recovered[i]).append("; ");
    }
    return text.append("for ").append(pendingNanos).toString();
  }
}
