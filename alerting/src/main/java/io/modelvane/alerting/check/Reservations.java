package io.modelvane.alerting.check;

import io.modelvane.spi.Level;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What keeps a standing from another rung of its ladder, in sentences. */
final class Reservations {
  static final String NEW = "it is new still, and may not get worse before its grace is over";

  private static final long SECOND = 1_000_000_000L;

  private Reservations() {}

  static List<String> of(Ladder ladder, Standing standing) {
    List<String> all = new ArrayList<>();
    for (int rung = 0; rung < ladder.size(); rung++) {
      Level level = ladder.level(rung);
      if (level.worseThan(standing.level()) && standing.since[rung] != Standing.NOT) {
        all.add(
            "%s is pending since %s: it has to last for %s"
                .formatted(
                    level.text(),
                    time(standing.since[rung]),
                    Figures.duration(ladder.damping().pendingNanos())));
      }
    }
    if (ladder.damping().require().looksBack()) {
      all.add(recent(ladder, standing));
    }
    if (ladder.isKept(standing)) {
      all.add(
          "%s is kept until %s by keep_firing_for"
              .formatted(standing.level().text(), time(ladder.expiresAt(standing))));
    }
    return all;
  }

  private static String recent(Ladder ladder, Standing standing) {
    int bad = 0;
    for (byte rung : standing.recent) {
      bad += rung < ladder.size() ? 1 : 0;
    }
    return "%d of the last %d values were bad; %d have to be"
        .formatted(bad, standing.recent.length, ladder.damping().require().least());
  }

  static String time(long nanos) {
    return Instant.ofEpochSecond(Math.floorDiv(nanos, SECOND), Math.floorMod(nanos, SECOND))
        .toString();
  }
}
