package io.modelvane.engine.pipeline;

import io.modelvane.spi.PointBatch;
import io.modelvane.spi.Split;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Finds points of different events that share series and nanosecond: the store keeps the last one
 * only. Remembers about the last 65,000 points, by hashes, in one megabyte: a point that overwrites
 * one from before that, from before a restart, or one that another process has written, is not
 * seen. An event that is read again overwrites its own points, and that is no collision.
 *
 * <p>The table is set-associative as a processor's cache is: a point has its place in one of two
 * slots, and pushes out the older one. Used by one thread.
 */
final class Collisions {
  private static final int SETS = 1 << 15;
  private static final int LONGS_PER_SET = 4; // key and owner, twice: half a line of the cache
  private static final Duration SILENCE = Duration.ofMinutes(1);

  private final long[] table = new long[SETS * LONGS_PER_SET];
  private final System.Logger logger;
  private final Clock clock;
  private Instant quietUntil = Instant.MIN;
  private @Nullable Split split;
  private long splitHash;

  Collisions(System.Logger logger, Clock clock) {
    this.logger = logger;
    this.clock = clock;
  }

  /** How many rows of a batch overwrite a point of another event, or another point of theirs. */
  int count(PointBatch batch) {
    int collisions = 0;
    int last = -1;
    int ordinal = 0;
    for (int row = 0, end = batch.size(); row < end; row++) {
      int origin = batch.origin(row);
      if (origin < 0) {
        continue;
      }
      ordinal = origin == last ? ordinal + 1 : 0;
      last = origin;
      long key = mix((long) batch.series(row).hashCode() << 32 ^ batch.time(row));
      long owner = mix(hash(batch.split(origin)) + 31 * batch.offset(origin) + ordinal);
      if (collides(key, owner)) {
        collisions++;
        tell(batch, row);
      }
    }
    return collisions;
  }

  @SuppressWarnings("ReferenceEquality") // only a shortcut for the split of the row before
  private long hash(Split of) {
    if (!of.equals(split)) {
      split = of;
      splitHash = mix(of.hashCode());
    }
    return splitHash;
  }

  private boolean collides(long key, long owner) {
    int at = ((int) key & (SETS - 1)) * LONGS_PER_SET;
    boolean first = table[at] == key;
    boolean second = table[at + 2] == key;
    if ((first && table[at + 1] == owner) || (second && table[at + 3] == owner)) {
      return false;
    }
    table[at + 2] = table[at];
    table[at + 3] = table[at + 1];
    table[at] = key;
    table[at + 1] = owner;
    return first || second;
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
