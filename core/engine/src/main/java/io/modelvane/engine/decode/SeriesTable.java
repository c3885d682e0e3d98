package io.modelvane.engine.decode;

import io.modelvane.spi.Series;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Finds series by the bytes of their tags' values as they stand in a message, for one measurement.
 * What is not here yet comes from {@link SeriesCache}.
 *
 * <p>The values of a series lie in one array: of many series none is in the processor's cache, and
 * each object on the way to them is a wait.
 */
final class SeriesTable {
  private static final int MOST = 60_000;
  private static final int MOST_BYTES = 8 << 20;
  private static final byte END = '\n'; // of a value; control characters stand in none

  private final SeriesCache cache;
  private final String measurement;
  private final int[] from;
  private final int[] to;
  private @Nullable Entry[] entries = new Entry[256];
  private int count;
  private int bytes;

  private static final class Entry {
    private final long hash;
    private final byte[] key;
    private final Series series;

    private Entry(long hash, byte[] key, Series series) {
      this.hash = hash;
      this.key = key;
      this.series = series;
    }
  }

  SeriesTable(SeriesCache cache, String measurement, int tags) {
    this.cache = cache;
    this.measurement = measurement;
    this.from = new int[tags];
    this.to = new int[tags];
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
    int index = (int) hash & (entries.length - 1);
    Entry entry = entries[index];
    while (entry != null) {
      if (entry.hash == hash && matches(entry.key, json)) {
        return entry.series;
      }
      index = (index + 1) & (entries.length - 1);
      entry = entries[index];
    }
    return add(json, hash);
  }

  private boolean matches(byte[] key, byte[] json) {
    int at = 0;
    for (int tag = 0; tag < from.length; tag++) {
      int end = at + to[tag] - from[tag];
      if (end >= key.length
          || key[end] != END
          || !Arrays.equals(key, at, end, json, from[tag], to[tag])) {
        return false;
      }
      at = end + 1;
    }
    return true;
  }

  /** The values collected, each with its end. */
  private byte[] key(byte[] json) {
    int length = from.length;
    for (int tag = 0; tag < from.length; tag++) {
      length += to[tag] - from[tag];
    }
    byte[] key = new byte[length];
    int at = 0;
    for (int tag = 0; tag < from.length; tag++) {
      System.arraycopy(json, from[tag], key, at, to[tag] - from[tag]);
      at += to[tag] - from[tag];
      key[at++] = END;
    }
    return key;
  }

  private Series add(byte[] json, long hash) throws Rejection {
    cache.clear();
    for (int tag = 0; tag < from.length; tag++) {
      int length = to[tag] - from[tag];
      cache.tag(tag, new String(json, from[tag], length, StandardCharsets.ISO_8859_1));
    }
    Series series = cache.series(measurement);
    byte[] key = key(json);
    if (count >= MOST || bytes + key.length > MOST_BYTES) {
      entries = new Entry[256]; // hostile cardinality: only speed is lost
      count = 0;
      bytes = 0;
    } else if (count * 2 >= entries.length) {
      grow();
    }
    put(new Entry(hash, key, series));
    count++;
    bytes += key.length;
    return series;
  }

  private void grow() {
    @Nullable Entry[] old = entries;
    entries = new Entry[old.length * 2];
    for (Entry entry : old) {
      if (entry != null) {
        put(entry);
      }
    }
  }

  private void put(Entry entry) {
    int index = (int) entry.hash & (entries.length - 1);
    while (entries[index] != null) {
      index = (index + 1) & (entries.length - 1);
    }
    entries[index] = entry;
  }
}
