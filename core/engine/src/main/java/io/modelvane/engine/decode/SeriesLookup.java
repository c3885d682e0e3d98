package io.modelvane.engine.decode;

import io.modelvane.spi.PointBatchBuilder;
import io.modelvane.spi.Series;
import io.modelvane.spi.Tag;
import java.util.Arrays;
import java.util.List;

/**
 * Gives rows their series, some rows at once. Of many series each has to come from memory: those of
 * several rows come beside each other, where row by row each would be waited for.
 */
final class SeriesLookup {
  private static final int TOGETHER = 64;

  private final SeriesTable table;
  private final int width; // of a row's bounds
  private final int longest;

  private final byte[][] messages = new byte[TOGETHER][];
  private final int[] rows = new int[TOGETHER];
  private final long[] hashes = new long[TOGETHER];
  private final long[] slots = new long[TOGETHER];
  private final byte[] firstBytes = new byte[TOGETHER]; // kept, so that none is left unread
  private final int[] numbers = new int[TOGETHER];
  private final int[] bounds;
  private int waiting;

  SeriesLookup(SeriesCache cache, String measurement, List<String> tags) {
    this.table = new SeriesTable(cache, measurement, tags.size());
    this.width = 2 * tags.size();
    this.bounds = new int[TOGETHER * width];
    this.longest = longest(measurement, tags);
  }

  /**
   * Values of so many bytes in all make a series for certain: each byte becomes two at the most.
   */
  private static int longest(String measurement, List<String> tags) {
    try {
      List<Tag> shortest = tags.stream().map(tag -> new Tag(tag, "x")).toList();
      return (Series.MAX_HEAD_BYTES - Series.of(measurement, shortest).headLength()) / 2;
    } catch (IllegalArgumentException refused) {
      return -1;
    }
  }

  /** Forgets the rows that wait: they are in no batch any more. */
  void forget() {
    Arrays.fill(messages, 0, waiting, null); // they may be long
    waiting = 0;
  }

  /** Starts to collect a row's values. */
  void clear() {
    int at = waiting * width;
    Arrays.fill(bounds, at, at + width, 0);
  }

  /** The value of a tag stands here, in ASCII. */
  void tag(int tag, int start, int end) {
    int at = waiting * width + 2 * tag;
    bounds[at] = start;
    bounds[at + 1] = end;
  }

  /** Rejects a row, before it ends, whose values make no series. */
  void check(byte[] json) throws Rejection {
    int at = waiting * width;
    int length = 0;
    for (int i = at; i < at + width; i += 2) {
      length += bounds[i + 1] - bounds[i];
    }
    if (length > longest) {
      var unused = table.make(json, bounds, at);
    }
  }

  /** A row has ended, and waits for the series of the values collected. */
  void add(byte[] json, int row, PointBatchBuilder out) {
    messages[waiting] = json;
    hashes[waiting] = table.hash(json, bounds, waiting * width);
    rows[waiting] = row;
    waiting++;
    if (waiting == TOGETHER) {
      settle(out);
    }
  }

  /** Gives the rows that wait their series. */
  void settle(PointBatchBuilder out) {
    fetch();
    for (int i = 0; i < waiting; i++) {
      numbers[i] = table.find(hashes[i], messages[i], bounds, i * width);
    }
    for (int i = 0; i < waiting; i++) {
      if (numbers[i] != SeriesTable.NONE) {
        out.series(rows[i], table.known(numbers[i]));
      }
    }
    for (int i = 0; i < waiting; i++) { // last, as each may change the numbers
      if (numbers[i] == SeriesTable.NONE) {
        out.series(rows[i], findOrAdd(i));
      }
    }
    forget();
  }

  /** Looks at what a search looks at first, one row beside the other. */
  private void fetch() {
    for (int i = 0; i < waiting; i++) {
      slots[i] = table.slot(hashes[i]);
    }
    for (int i = 0; i < waiting; i++) {
      firstBytes[i] = table.firstByte(slots[i]);
    }
  }

  private Series findOrAdd(int i) {
    int at = i * width;
    int number = table.find(hashes[i], messages[i], bounds, at);
    if (number != SeriesTable.NONE) {
      return table.known(number); // it was new in a row before
    }
    try {
      Series series = table.make(messages[i], bounds, at);
      table.add(series, hashes[i], messages[i], bounds, at);
      return series;
    } catch (Rejection refused) {
      throw new IllegalStateException("refused after it was checked", refused);
    }
  }
}
