package io.modelvane.alerting.check;

import io.modelvane.alerting.codec.ByteReader;
import io.modelvane.alerting.codec.ByteWriter;
import io.modelvane.spi.Level;
import java.util.Arrays;

/** Where a series stands on a {@link Ladder}, and the worst since it left {@code ok}. */
final class Standing {
  static final long NOT = Long.MIN_VALUE;
  private static final int LOST = 16;
  private static final int FAILED = 32;

  /** Since when each rung or a worse one has been reached without a break. */
  final long[] since;

  /** Until when each rung is kept; empty where none is. The milder, the longer. */
  final long[] until;

  /** The rungs of the last values, the newest at the end; empty where only the last one counts. */
  final byte[] recent;

  /** The rung the last value leads to, were none kept. */
  int target;

  private final int rungs;
  private Level level = Level.OK;
  private boolean lost;
  private boolean failed;
  private double worst = Double.NaN;
  private String requestId = "";

  Standing(Ladder ladder) {
    rungs = ladder.size();
    since = new long[rungs];
    until = new long[ladder.damping().keeps() ? rungs : 0];
    recent = new byte[ladder.damping().require().looksBack() ? ladder.damping().require().of() : 0];
    forget();
  }

  private void forget() {
    Arrays.fill(since, NOT);
    Arrays.fill(until, NOT);
    Arrays.fill(recent, (byte) rungs);
    target = rungs;
  }

  Level level() {
    return level;
  }

  void move(Level next) {
    if (level == Level.OK) {
      worst = Double.NaN;
      requestId = "";
    }
    level = next;
    lost = false;
    failed = false;
  }

  /**
   * Stands at a level as if all before a time had been as bad.
   *
   * @param next may be none of the ladder's
   */
  void stand(Ladder ladder, Level next, long time) {
    move(next);
    int rung = ladder.rung(next);
    if (rung < rungs) {
      Arrays.fill(recent, (byte) rung);
      target = rung;
      for (int i = rung; i < until.length; i++) {
        until[i] = time + ladder.damping().keepNanos();
      }
    }
  }

  /** There is no data: what was seen before counts no more. */
  void lose(Level next) {
    forget();
    move(next);
    lost = true;
  }

  /** There is no telling from the data: what was seen before counts no more. */
  void fail(Level next) {
    forget();
    move(next);
    failed = true;
  }

  /** Whether the level is what was chosen for the lack of data. */
  boolean isLost() {
    return lost;
  }

  /** Whether the level is what was chosen for an error. */
  boolean isFailed() {
    return failed;
  }

  /** A standing that moves by itself from here. */
  Standing copy(Ladder ladder) {
    ByteWriter out = new ByteWriter();
    encode(out);
    Standing copy = new Standing(ladder);
    copy.decode(new ByteReader(out.toBytes()));
    return copy;
  }

  void worsen(Criterion criterion, double value) {
    worst = Double.isNaN(worst) ? value : criterion.worse(worst, value);
  }

  /** The worst value, NaN before the first. Kept for the message of the return to {@code ok}. */
  double worst() {
    return worst;
  }

  /** The request that was judged worse than {@code ok} last, or empty. */
  String requestId() {
    return requestId;
  }

  void requestId(String id) {
    requestId = id;
  }

  /** Whether a rung has been reached, for however short a time. */
  boolean isPending() {
    for (long time : since) {
      if (time != NOT) {
        return true;
      }
    }
    return false;
  }

  /** Whether nothing is pending and nothing is wrong. */
  boolean isFresh() {
    if (level != Level.OK || isPending()) {
      return false;
    }
    for (byte rung : recent) {
      if (rung != rungs) {
        return false;
      }
    }
    return true;
  }

  void encode(ByteWriter out) {
    out.put(level.severity() | (lost ? LOST : 0) | (failed ? FAILED : 0))
        .putDouble(worst)
        .putText(requestId);
    for (long time : since) {
      out.putLong(time);
    }
    if (until.length > 0) {
      out.put(target);
    }
    for (long time : until) {
      out.putLong(time);
    }
    for (byte rung : recent) {
      out.put(rung);
    }
  }

  /** The level of a severity that was written. */
  static Level level(int severity) {
    for (Level level : Level.values()) {
      if (level.severity() == severity) {
        return level;
      }
    }
    throw new IllegalStateException("it is damaged: there is no level " + severity);
  }

  void decode(ByteReader in) {
    int first = in.next();
    level = level(first & ~(LOST | FAILED));
    lost = (first & LOST) != 0;
    failed = (first & FAILED) != 0;
    worst = in.nextDouble();
    requestId = in.nextText();
    for (int i = 0; i < since.length; i++) {
      since[i] = in.nextLong();
    }
    if (until.length > 0) {
      target = in.next();
    }
    for (int i = 0; i < until.length; i++) {
      until[i] = in.nextLong();
    }
    for (int i = 0; i < recent.length; i++) {
      recent[i] = (byte) in.next();
    }
  }
}
