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
  private final Criterion[] reached;
  private final @Nullable Criterion[] recovered;
  private final Damping damping;

  /**
   * A ladder.
   *
   * @param levels what reaches a level; at least one
   * @param recover what ends a level
   * @param damping what keeps it from following every value
   */
  Ladder(
      Map<Level, ? extends Criterion> levels,
      Map<Level, ? extends Criterion> recover,
      Damping damping) {
    List<Level> used = new ArrayList<>(WORST_FIRST);
    used.retainAll(levels.keySet());
    this.levels = used.toArray(new Level[0]);
    this.reached = used.stream().map(levels::get).toArray(Criterion[]::new);
    this.recovered = used.stream().map(recover::get).toArray(Criterion[]::new);
    this.damping = damping;
  }

  /** The number of rungs. */
  int size() {
    return levels.length;
  }

  Damping damping() {
    return damping;
  }

  /** Moves a standing by a value. */
  void judge(Standing standing, Estimate value, Moment at) {
    int now = rung(standing);
    int found = candidate(now, value);
    int candidate = at.quiet() ? Math.max(found, now) : found;
    int next = damping.require().looksBack() ? required(standing, candidate) : candidate;
    int settled = damping.pendingNanos() == 0 ? next : settled(standing, now, next, at);
    int kept = damping.keeps() ? kept(standing, now, settled, at) : settled;
    standing.move(level(kept));
    if (settled < size() && candidate < size()) {
      standing.worsen(reached[settled], value.value());
    }
  }

  /** The level of a rung. */
  Level level(int rung) {
    return rung == size() ? Level.OK : levels[rung];
  }

  /** The rung of a standing; none while its level comes from a lack of data or an error. */
  private int rung(Standing standing) {
    return standing.isLost() || standing.isFailed() ? size() : rung(standing.level());
  }

  /** The rung of a level; none where it is no level of this ladder. */
  int rung(Level level) {
    int rung = 0;
    while (rung < levels.length && levels[rung] != level) {
      rung++;
    }
    return rung;
  }

  /** The worst rung whose condition holds, or that was reached before and is not left yet. */
  private int candidate(int now, Estimate value) {
    for (int i = 0; i < levels.length; i++) {
      if (reached[i].test(value)) {
        return i;
      }
      Criterion left = recovered[i];
      if (i >= now && left != null && !left.test(value)) {
        return i;
      }
    }
    return levels.length;
  }

  /** Whether a value reaches no level from none. */
  boolean isOutOfReach(Estimate value) {
    return candidate(size(), value) == size();
  }

  /** The worst rung that enough of the last values have reached or passed. */
  private int required(Standing standing, int candidate) {
    return required(shift(standing.recent, candidate));
  }

  private static byte[] shift(byte[] recent, int candidate) {
    System.arraycopy(recent, 1, recent, 0, recent.length - 1);
    recent[recent.length - 1] = (byte) candidate;
    return recent;
  }

  private int required(byte[] recent) {
    for (int rung = 0; rung < size(); rung++) {
      int bad = 0;
      for (byte one : recent) {
        bad += one <= rung ? 1 : 0;
      }
      if (bad >= damping.require().least()) {
        return rung;
      }
    }
    return size();
  }

  /** The worst rung that has lasted long enough; one can always go down at once. */
  private int settled(Standing standing, int now, int next, Moment at) {
    int settled = size();
    for (int i = size() - 1; i >= 0; i--) {
      long before = standing.since[i];
      long since = since(before, i >= next, at);
      standing.since[i] = since;
      boolean goesOn = i >= now && (i >= next || since == before);
      if (since != Standing.NOT && (goesOn || at.newest() - since >= damping.pendingNanos())) {
        settled = i;
      }
    }
    return settled;
  }

  /**
   * Since when a rung has lasted. What is late makes it no longer, and ends what had begun before
   * it, but not what came after it.
   */
  private static long since(long before, boolean reached, Moment at) {
    if (at.isLate()) {
      return reached || before == Standing.NOT ? before : Math.max(before, at.time());
    } else if (!reached) {
      return Standing.NOT;
    }
    return before == Standing.NOT || before > at.time() ? at.time() : before;
  }

  /**
   * The worst rung that was reached, or that is kept still. Where something earlier may come, what
   * is kept ends by {@link #expire} only, and what comes last says where that leads.
   */
  private int kept(Standing standing, int now, int settled, Moment at) {
    boolean wasKept = now < standing.target;
    if (at.order() != Moment.Order.OUTRUN) {
      standing.target = settled;
    }
    for (int i = settled; i < size(); i++) {
      standing.until[i] = Math.max(standing.until[i], at.known() + damping.keepNanos());
    }
    int kept = now;
    if (at.order() == Moment.Order.SETTLED) {
      while (kept < settled && standing.until[kept] <= at.known()) {
        kept++;
      }
    } else if (at.order() == Moment.Order.LATEST && !wasKept) {
      for (int i = now; i < settled; i++) {
        standing.until[i] = Math.max(standing.until[i], at.known());
      }
    }
    kept = Math.min(kept, settled);
    Arrays.fill(standing.until, 0, kept, Standing.NOT);
    return kept;
  }

  /** Whether a value leads to no level, as the last one did: it ends nothing and keeps nothing. */
  boolean isCalm(Standing standing, Estimate value) {
    return standing.target == size()
        && !standing.isPending()
        && candidate(rung(standing), value) == size()
        && (!damping.require().looksBack()
            || required(shift(standing.recent.clone(), size())) == size());
  }

  /** When a level that is only kept ends, or {@link Evaluator#NEVER}. */
  long expiresAt(Standing standing) {
    return isKept(standing) ? standing.until[rung(standing)] : Evaluator.NEVER;
  }

  /** When all is over that is only kept, or {@link Evaluator#NEVER}. */
  long endsAt(Standing standing) {
    return isKept(standing) ? standing.until[size() - 1] : Evaluator.NEVER;
  }

  /** Whether the last value alone would give a milder level. */
  boolean isKept(Standing standing) {
    return damping.keeps() && rung(standing) < standing.target;
  }

  /** Ends what was kept until {@link #expiresAt}. */
  void expire(Standing standing) {
    long time = expiresAt(standing);
    int kept = rung(standing);
    while (kept < standing.target && standing.until[kept] <= time) {
      standing.until[kept++] = Standing.NOT;
    }
    standing.move(level(kept));
  }

  /** What reaches a level, where something does. */
  Optional<Criterion> criterion(Level level) {
    int rung = rung(level);
    return rung < size() ? Optional.of(reached[rung]) : Optional.empty();
  }

  /** What ends a level, where that is said. */
  Optional<Criterion> recovery(Level level) {
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
    return text.append(damping.definition()).toString();
  }
}
