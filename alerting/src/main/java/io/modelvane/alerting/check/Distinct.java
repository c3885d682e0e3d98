package io.modelvane.alerting.check;

import io.modelvane.alerting.codec.ByteReader;
import io.modelvane.alerting.codec.ByteWriter;
import java.util.Arrays;

/**
 * A set of numbers: exact up to {@link #MOST}, after which it grows no more. An open table of bit
 * patterns, in which an empty place is zero.
 */
final class Distinct {
  static final int MOST = 4096;

  private static final long FOR_ZERO = 0x7ff8_0000_0000_0001L; // a NaN, which is never added

  private long[] table = new long[0];
  private int size;

  int size() {
    return size;
  }

  void add(double value) {
    long bits = Double.doubleToRawLongBits(value + 0.0); // one zero of the two
    put(bits == 0 ? FOR_ZERO : bits);
  }

  private void put(long bits) {
    if (size == MOST) {
      return;
    }
    if (size * 2 >= table.length) {
      grow();
    }
    int place = place(table, bits);
    if (table[place] == 0) {
      table[place] = bits;
      size++;
    }
  }

  private void grow() {
    long[] larger = new long[Math.max(8, table.length * 2)];
    for (long bits : table) {
      if (bits != 0) {
        larger[place(larger, bits)] = bits;
      }
    }
    table = larger;
  }

  private static int place(long[] table, long bits) {
    int mask = table.length - 1;
    int place = (int) ((bits * 0x9e37_79b9_7f4a_7c15L) >>> 40) & mask;
    while (table[place] != 0 && table[place] != bits) {
      place = (place + 1) & mask;
    }
    return place;
  }

  void merge(Distinct other) {
    for (long bits : other.table) {
      if (bits != 0) {
        put(bits);
      }
    }
  }

  void encode(ByteWriter out) {
    long[] sorted = Arrays.stream(table).filter(bits -> bits != 0).sorted().toArray();
    out.putLong(sorted.length);
    for (long bits : sorted) {
      out.putDouble(Double.longBitsToDouble(bits));
    }
  }

  void decode(ByteReader in) {
    for (int i = in.nextCount(); i > 0; i--) {
      put(Double.doubleToRawLongBits(in.nextDouble()));
    }
  }
}
