package io.modelvane.alerting.check;

import io.modelvane.alerting.codec.ByteReader;
import io.modelvane.alerting.codec.ByteWriter;
import io.modelvane.spi.Level;
import java.util.Arrays;

/** Where a series stands on a {@link Ladder}, and the worst since it left {@code ok}. */
final class Standing {
  static final long NOT = Long.MIN_VALUE;

  /** Since when each rung or a worse one has been reached without a break. */
  final long[] since;

  private Level level = Level.OK;
  private double worst = Double.NaN;
  private String requestId = "";

  Standing(int rungs) {
    this.since = new long[rungs];
    Arrays.fill(since, NOT);
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
  }

  void worsen(Condition condition, double value) {
    worst = Double.isNaN(worst) ? value : condition.worse(worst, value);
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

  /** Whether nothing is pending and nothing is wrong. */
  boolean isFresh() {
    if (level != Level.OK) {
      return false;
    }
    for (long time : since) {
      if (time != NOT) {
        return false;
      }
    }
    return true;
  }

  void encode(ByteWriter out) {
    out.put(level.severity()).putDouble(worst).putText(requestId);
    for (long time : since) {
      out.putLong(time);
    }
  }

  private static Level level(int severity) {
    for (Level level : Level.values()) {
      if (level.severity() == severity) {
        return level;
      }
    }
    throw new IllegalStateException("it is damaged: there is no level " + severity);
  }

  void decode(ByteReader in) {
    level = level(in.next());
    worst = in.nextDouble();
    requestId = in.nextText();
    for (int i = 0; i < since.length; i++) {
      since[i] = in.nextLong();
    }
  }
}
