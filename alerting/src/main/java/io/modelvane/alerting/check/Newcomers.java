package io.modelvane.alerting.check;

import io.modelvane.alerting.codec.ByteReader;
import io.modelvane.alerting.codec.ByteWriter;
import io.modelvane.spi.Series;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * When the first call of a series came, or that of each of its model versions, in the time of
 * arrival. The least of what has been read counts, so that the order of reading does not matter to
 * what is judged once everything up to then has been read.
 */
final class Newcomers {
  private static final int MOST = 1000;

  /** Keeps nothing, and so can be shared. */
  private static final Newcomers NONE = new Newcomers(Grace.NONE);

  private final Grace grace;
  private final Map<String, Long> firsts = new TreeMap<>();
  private @Nullable Series last;
  private long lastFirst;

  private Newcomers(Grace grace) {
    this.grace = grace;
  }

  static Newcomers of(Grace grace) {
    return grace.isGiven() ? new Newcomers(grace) : NONE;
  }

  /**
   * A call has come.
   *
   * @return whether that is to be kept
   */
  @SuppressWarnings("ReferenceEquality") // decoders hand out the same object: no need to compare
  boolean see(Row row) {
    if (!grace.isGiven() || (row.series() == last && row.arrived() >= lastFirst)) {
      return false;
    }
    String version = grace.versionTag().map(row.series()::tag).orElse("");
    Long known = firsts.get(version);
    last = row.series();
    lastFirst = known == null ? row.arrived() : Math.min(known, row.arrived());
    if (known != null && known == lastFirst) {
      return false;
    }
    firsts.put(version, lastFirst);
    if (firsts.size() > MOST) { // hostile cardinality: the oldest is new again if it returns
      firsts.values().remove(Collections.min(firsts.values()));
    }
    return true;
  }

  /**
   * Whether something is new still.
   *
   * @param from where a window begins; the time itself for a call
   */
  boolean isNew(long from, long time) {
    if (firsts.isEmpty()) {
      return false;
    }
    return time < until() || (grace.fullWindow() && from < Collections.min(firsts.values()));
  }

  private long until() {
    return grace.nanos() == 0 ? Long.MIN_VALUE : Collections.max(firsts.values()) + grace.nanos();
  }

  boolean isEmpty() {
    return firsts.isEmpty();
  }

  void encode(ByteWriter out) {
    if (grace.isGiven()) {
      out.putLong(firsts.size());
      firsts.forEach((version, first) -> out.putText(version).putLong(first));
    }
  }

  void decode(ByteReader in) {
    if (grace.isGiven()) {
      for (int i = in.nextCount(); i > 0; i--) {
        firsts.put(in.nextText(), in.nextLong());
      }
    }
  }
}
