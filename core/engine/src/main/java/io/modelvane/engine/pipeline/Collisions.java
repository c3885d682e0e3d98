package io.modelvane.engine.pipeline;

import io.modelvane.spi.PointBatch;
import io.modelvane.spi.Split;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Finds points of different events that share series and nanosecond: the store keeps the last one
 * only. Remembers about the last 65,000 points, by hashes, in half a megabyte: a point that
 * overwrites one from before that, from before a restart, or one that another process has written,
 * is not seen. An event that is read again overwrites its own points, and that is no collision.
 *
 * <p>The table is set-associative as a processor's cache is: a point has its place in one of two
 * slots, and pushes out the older one. It is larger than what the processor keeps near, so the
 * places of some rows are worked out first, and then looked at together. Used by one thread.
 */
final class Collisions {
  private static final int SETS = 1 << 15;
  private static final int PLACES = 2; // in each set
  private static final long OWNER = 0xffff; // of a place; the rest of it is of the point
  private static final int TOGETHER = 64;
  private static final int NO_SET = -1;
  private static final Duration SILENCE = Duration.ofMinutes(1);

  private final long[] table = new long[SETS * PLACES];
  private final int[] sets = new int[TOGETHER]; // of some rows
  private final long[] points = new long[TOGETHER];
  private final System.Logger logger;
  private final Clock clock;
  private Instant quietUntil = Instant.MIN;
  private @Nullable Split split;
  private long splitHash;
  private int origin;
  private int ordinal;

  Collisions(System.Logger logger, Clock clock) {
    this.logger = logger;
    this.clock = clock;
  }

  /** How many rows of a batch overwrite a point of another event, or another point of theirs. */
  int count(PointBatch batch) {
    int collisions = 0;
    origin = -1;
    for (int row = 0; row < batch.size(); row += TOGETHER) {
      int rows = Math.min(TOGETHER, batch.size() - row);
      for (int i = 0; i < rows; i++) {
        locate(batch, row + i, i);
      }
      for (int i = 0; i < rows; i++) {
        if (sets[i] != NO_SET && collides(sets[i], points[i])) {
          collisions++;
          tell(batch, row + i);
        }
      }
    }
    return collisions;
  }

  private void locate(PointBatch batch, int row, int i) {
    int own = batch.origin(row);
    if (own < 0) {
      sets[i] = NO_SET;
      return;
    }
    ordinal = own == origin ? ordinal + 1 : 0;
    origin = own;
    long key = mix((long) batch.seriesHash(row) << 32 ^ batch.time(row));
    long owner = mix(hash(batch.split(own)) + 31 * batch.offset(own) + ordinal);
    sets[i] = (int) key & (SETS - 1);
    points[i] = (key & ~OWNER) | (owner & OWNER);
  }

  @SuppressWarnings("ReferenceEquality") // only a shortcut for the split of the row before
  private long hash(Split of) {
    if (of != split && !of.equals(split)) {
      split = of;
      splitHash = mix(of.hashCode());
    }
    return splitHash;
  }

  private boolean collides(int set, long point) {
    int at = set * PLACES;
    long newer = table[at];
    long older = table[at + 1];
    if (newer == point || older == point) {
      return false;
    }
    table[at] = point;
    table[at + 1] = newer;
    return isSame(newer, point) || isSame(older, point);
  }

  private static boolean isSame(long one, long other) {
    return ((one ^ other) & ~OWNER) == 0;
  }

  /** Spreads a hash evenly (the finaliser of SplitMix64, Steele, Lea and Flood, 2014). */
  private static long mix(long value) {
    long z = value + 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  private void tell(PointBatch batch, int row) {
    Instant now = clock.instant();
    if (now.isBefore(quietUntil)) {
      return;
    }
    quietUntil = now.plus(SILENCE);
    logger.log(
        System.Logger.Level.WARNING,
        "two events are one point, the store keeps the later: {0} at {1} ns, again from {2}@{3};"
            + " give them times with fewer decimals, an id, or a tag that tells them apart",
        batch.series(row),
        Long.toString(batch.time(row)),
        batch.split(batch.origin(row)),
        Long.toString(batch.offset(batch.origin(row))));
  }
}
