package io.modelvane.alerting.check;

import io.modelvane.alerting.codec.ByteReader;
import io.modelvane.alerting.codec.ByteWriter;
import java.util.Arrays;

/** How often each of some whole numbers was counted, in their order. */
final class Buckets {
  private static final int FIRST = 16;

  private int[] keys = new int[0];
  private long[] counts = new long[0];
  private int size;
  private long total;

  /** How often anything was counted. */
  long total() {
    return total;
  }

  void count(int key, long more) {
    int at = Arrays.binarySearch(keys, 0, size, key);
    if (at < 0) {
      at = -at - 1;
      insert(at, key);
    }
    counts[at] += more;
    total += more;
  }

  private void insert(int at, int key) {
    if (size == keys.length) {
      keys = Arrays.copyOf(keys, Math.max(FIRST, size * 2));
      counts = Arrays.copyOf(counts, keys.length);
    }
    System.arraycopy(keys, at, keys, at + 1, size - at);
    System.arraycopy(counts, at, counts, at + 1, size - at);
    keys[at] = key;
    counts[at] = 0;
    size++;
  }

  void addAll(Buckets other) {
    for (int i = 0; i < other.size; i++) {
      count(other.keys[i], other.counts[i]);
    }
  }

  /** The number that stands at a rank, were all of them put in a row; 0 where there is none. */
  int at(double rank) {
    long seen = 0;
    for (int i = 0; i < size; i++) {
      seen += counts[i];
      if (seen > rank) {
        return keys[i];
      }
    }
    return size == 0 ? 0 : keys[size - 1];
  }

  void encode(ByteWriter out) {
    out.putLong(size);
    int last = 0;
    for (int i = 0; i < size; i++) {
      out.putLong(keys[i] - (long) last).putLong(counts[i]);
      last = keys[i];
    }
  }

  void decode(ByteReader in) {
    int last = 0;
    for (int i = in.nextCount(); i > 0; i--) {
      last += (int) in.nextLong();
      count(last, in.nextLong());
    }
  }
}
