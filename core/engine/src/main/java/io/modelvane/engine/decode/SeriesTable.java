package io.modelvane.engine.decode;

import io.modelvane.spi.Series;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Finds series by the bytes of their tags' values as they stand in a message, for one measurement.
 * Where they stand is told by a row's bounds: where a value begins and ends, tag by tag. What is
 * not here yet comes from {@link SeriesCache}.
 *
 * <p>Of many series none is in the processor's cache, and each line of it that has to come is a
 * wait. So nothing is an object of its own here: a slot has a part of a hash, the number of a
 * series, and the place of its values, which stand one series after the other.
 */
final class SeriesTable {
  /** The number of no series. */
  static final int NONE = -1;

  private static final int FIRST_SLOTS = 256;
  private static final int PLACE_BITS = 24;
  private static final int NUMBER_BITS = 16;
  private static final int MOST = SeriesCache.MOST; // numbers
  private static final int MOST_BYTES = 8 << 20; // places
  private static final byte END = '\n'; // of a value; control characters stand in none

  private final SeriesCache cache;
  private final String measurement;
  private final int width; // of a row's bounds

  private long[] slots = {}; // from the top a part of a hash, a number, a place; or 0
  private byte[] text = {}; // from 1
  private Series[] known = {}; // by number
  private int used;
  private int count;
  private int strangers;

  SeriesTable(SeriesCache cache, String measurement, int tags) {
    this.cache = cache;
    this.measurement = measurement;
    this.width = 2 * tags;
    forget();
  }

  private void forget() {
    slots = new long[FIRST_SLOTS];
    known = new Series[FIRST_SLOTS];
    text = new byte[FIRST_SLOTS * 32];
    used = 1;
    count = 0;
    strangers = 0;
  }

  /** The hash of a row's values. */
  long hash(byte[] json, int[] bounds, int at) {
    long hash = 0;
    for (int i = at; i < at + width; i += 2) {
      hash = ByteHash.of(json, bounds[i], bounds[i + 1], hash);
    }
    return hash;
  }

  /** What stands where the search for a hash begins. */
  long slot(long hash) {
    return slots[home(hash)];
  }

  private int home(long hash) {
    return (int) (hash >>> (PLACE_BITS + NUMBER_BITS)) & (slots.length - 1);
  }

  /** The first byte of a slot's values; any other one when there is none. */
  byte firstByte(long slot) {
    return text[place(slot)];
  }

  private static int place(long slot) {
    return (int) slot & ((1 << PLACE_BITS) - 1);
  }

  private static int number(long slot) {
    return (int) (slot >>> PLACE_BITS) & ((1 << NUMBER_BITS) - 1);
  }

  /** The number of the series with a row's values, or {@link #NONE}. */
  int find(long hash, byte[] json, int[] bounds, int at) {
    int i = home(hash);
    for (long slot = slots[i]; slot != 0; slot = slots[i]) {
      if ((slot ^ hash) >>> (PLACE_BITS + NUMBER_BITS) == 0
          && matches(place(slot), json, bounds, at)) {
        return number(slot);
      }
      i = (i + 1) & (slots.length - 1);
    }
    return NONE;
  }

  private boolean matches(int place, byte[] json, int[] bounds, int at) {
    int next = place;
    for (int i = at; i < at + width; i += 2) {
      int from = bounds[i];
      int length = bounds[i + 1] - from;
      int end = next + length;
      if (end >= used || text[end] != END || !EightBytes.same(text, next, json, from, length)) {
        return false;
      }
      next = end + 1;
    }
    return true;
  }

  /** The series of a number. */
  Series known(int number) {
    return known[number];
  }

  /** The series of a row's values, which need not be here. */
  Series make(byte[] json, int[] bounds, int at) throws Rejection {
    cache.clear();
    for (int i = 0; i < width; i += 2) {
      int from = bounds[at + i];
      int length = bounds[at + i + 1] - from;
      cache.tag(i / 2, new String(json, from, length, StandardCharsets.ISO_8859_1));
    }
    return cache.series(measurement);
  }

  /**
   * Takes in a series that was not found. With too many of them only speed is lost: those that are
   * here stay, others are made each time they come. When very many have come so, those here may be
   * of the past: all are forgotten, and numbers start anew.
   */
  void add(Series series, long hash, byte[] json, int[] bounds, int at) {
    int needed = 0;
    for (int i = at; i < at + width; i += 2) {
      needed += bounds[i + 1] - bounds[i] + 1;
    }
    if (count >= MOST || used + needed > MOST_BYTES) {
      if (++strangers < SeriesCache.MOST_STRANGERS) {
        return;
      }
      forget();
    } else if (4 * count >= 3 * slots.length) {
      grow();
    }
    if (count == known.length) {
      known = Arrays.copyOf(known, 2 * count);
    }
    if (used + needed > text.length) {
      text = Arrays.copyOf(text, Math.max(used + needed, text.length * 2));
    }
    long part = hash >>> (PLACE_BITS + NUMBER_BITS);
    put((part << NUMBER_BITS | count) << PLACE_BITS | used);
    for (int i = at; i < at + width; i += 2) {
      int length = bounds[i + 1] - bounds[i];
      System.arraycopy(json, bounds[i], text, used, length);
      used += length;
      text[used++] = END;
    }
    known[count++] = series;
  }

  private void grow() {
    long[] old = slots;
    slots = new long[old.length * 2];
    for (long slot : old) {
      if (slot != 0) {
        put(slot);
      }
    }
  }

  private void put(long slot) {
    int i = home(slot);
    while (slots[i] != 0) {
      i = (i + 1) & (slots.length - 1);
    }
    slots[i] = slot;
  }
}
