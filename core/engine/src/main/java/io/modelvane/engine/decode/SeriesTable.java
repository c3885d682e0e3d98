package io.modelvane.engine.decode;

import io.modelvane.spi.Series;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Finds series by the bytes of their tags' values as they stand in a message, for one measurement.
 * What is not here yet comes from {@link SeriesCache}.
 *
 * <p>Of many series none is in the processor's cache, and each line of it that has to come is a
 * wait. So nothing is an object of its own here: a slot has a part of a hash and tells where the
 * values lie, those of all series one after the other.
 */
final class SeriesTable {
  private static final int MOST = 60_000;
  private static final int MOST_BYTES = 8 << 20;
  private static final int FIRST_SLOTS = 256;
  private static final long PLACE = 0xffff_ffffL; // of a slot; the upper half is of the hash
  private static final byte END = '\n'; // of a value; control characters stand in none

  private final SeriesCache cache;
  private final String measurement;
  private final int[] from;
  private final int[] to;

  private long[] slots = {}; // a part of a hash and a place in text; or 0
  private Series[] known = {}; // by slot
  private byte[] text = {}; // from 1
  private int used;
  private int count;

  SeriesTable(SeriesCache cache, String measurement, int tags) {
    this.cache = cache;
    this.measurement = measurement;
    this.from = new int[tags];
    this.to = new int[tags];
    forget();
  }

  private void forget() {
    slots = new long[FIRST_SLOTS];
    known = new Series[FIRST_SLOTS];
    text = new byte[FIRST_SLOTS * 32];
    used = 1;
    count = 0;
  }

  /** Starts to collect a row's values. */
  void clear() {
    Arrays.fill(from, 0);
    Arrays.fill(to, 0);
  }

  /** The value of a tag stands here, in ASCII. */
  void tag(int tag, int start, int end) {
    from[tag] = start;
    to[tag] = end;
  }

  /** The series of the values collected. */
  Series series(byte[] json) throws Rejection {
    long hash = 0;
    for (int tag = 0; tag < from.length; tag++) {
      hash = ByteHash.of(json, from[tag], to[tag], hash);
    }
    long sought = hash & ~PLACE;
    int at = home(sought);
    for (long slot = slots[at]; slot != 0; slot = slots[at]) {
      if ((slot & ~PLACE) == sought && matches((int) slot, json)) {
        return known[at];
      }
      at = (at + 1) & (slots.length - 1);
    }
    return add(json, sought);
  }

  private int home(long slot) {
    return (int) (slot >>> Integer.SIZE) & (slots.length - 1);
  }

  private boolean matches(int place, byte[] json) {
    int at = place;
    for (int tag = 0; tag < from.length; tag++) {
      int length = to[tag] - from[tag];
      int end = at + length;
      if (end >= used || text[end] != END || !EightBytes.same(text, at, json, from[tag], length)) {
        return false;
      }
      at = end + 1;
    }
    return true;
  }

  private Series add(byte[] json, long sought) throws Rejection {
    cache.clear();
    int needed = from.length;
    for (int tag = 0; tag < from.length; tag++) {
      int length = to[tag] - from[tag];
      cache.tag(tag, new String(json, from[tag], length, StandardCharsets.ISO_8859_1));
      needed += length;
    }
    Series series = cache.series(measurement);
    if (count >= MOST || used + needed > MOST_BYTES) {
      forget(); // hostile cardinality: only speed is lost
    } else if (4 * count >= 3 * slots.length) {
      grow();
    }
    if (used + needed > text.length) {
      text = Arrays.copyOf(text, Math.max(used + needed, text.length * 2));
    }
    count++;
    put(sought | used, series);
    for (int tag = 0; tag < from.length; tag++) {
      int length = to[tag] - from[tag];
      System.arraycopy(json, from[tag], text, used, length);
      used += length;
      text[used++] = END;
    }
    return series;
  }

  private void grow() {
    long[] oldSlots = slots;
    Series[] oldKnown = known;
    slots = new long[oldSlots.length * 2];
    known = new Series[slots.length];
    for (int i = 0; i < oldSlots.length; i++) {
      if (oldSlots[i] != 0) {
        put(oldSlots[i], oldKnown[i]);
      }
    }
  }

  private void put(long slot, Series series) {
    int at = home(slot);
    while (slots[at] != 0) {
      at = (at + 1) & (slots.length - 1);
    }
    slots[at] = slot;
    known[at] = series;
  }
}
