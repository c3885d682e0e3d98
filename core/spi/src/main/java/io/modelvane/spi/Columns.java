package io.modelvane.spi;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The arrays behind a {@link PointBatch}. A row's fields are text, one after the other as line
 * protocol wants them, with an index of where each value begins and ends: a sink copies a row's
 * text as it is, and a check reads the one value it asks for.
 */
final class Columns {
  int rows;
  int fields;
  int bytes;
  @Nullable Series[] series = new Series[256];
  int[] seriesHashes = new int[256];
  long[] times = new long[256];
  int[] origins = new int[256];
  int[] firstField = new int[257];
  int[] textStart = new int[257];
  FieldKey[] keys = new FieldKey[1024];
  FieldType[] types = new FieldType[1024];
  int[] valueStart = new int[1024];
  int[] valueEnd = new int[1024];
  byte[] text = new byte[32 * 1024];

  void clear() {
    Arrays.fill(series, 0, rows, null);
    rows = 0;
    fields = 0;
    bytes = 0;
  }

  /** The series of a row, which has been told. */
  Series series(int row) {
    return Objects.requireNonNull(series[row]);
  }

  /**
   * Takes the hashes of all rows' series. Of many series few are in the processor's cache: here one
   * is fetched beside the other, where row by row each would be waited for.
   */
  void hashSeries() {
    for (int row = 0; row < rows; row++) {
      Series told = series[row];
      if (told == null) {
        throw new IllegalStateException("the series of row " + row + " was not told");
      }
      seriesHashes[row] = told.hashCode();
    }
  }

  void needRow() {
    if (rows == series.length) {
      int size = rows * 2;
      series = Arrays.copyOf(series, size);
      seriesHashes = Arrays.copyOf(seriesHashes, size);
      times = Arrays.copyOf(times, size);
      origins = Arrays.copyOf(origins, size);
      firstField = Arrays.copyOf(firstField, size + 1);
      textStart = Arrays.copyOf(textStart, size + 1);
    }
  }

  void needField() {
    if (fields == keys.length) {
      int size = fields * 2;
      keys = Arrays.copyOf(keys, size);
      types = Arrays.copyOf(types, size);
      valueStart = Arrays.copyOf(valueStart, size);
      valueEnd = Arrays.copyOf(valueEnd, size);
    }
  }

  void needBytes(int more) {
    int needed = Math.addExact(bytes, more);
    if (needed > text.length) {
      text = Arrays.copyOf(text, Math.max(needed, (int) Math.min(text.length * 2L, 1L << 30)));
    }
  }

  /** A field's value begins here. */
  void begin(FieldKey key, FieldType type) {
    int field = fields;
    keys[field] = key;
    types[field] = type;
    valueStart[field] = bytes;
  }

  void put(byte[] source, int from, int length) {
    System.arraycopy(source, from, text, bytes, length);
    bytes += length;
  }

  void put(int b) {
    text[bytes++] = (byte) b;
  }
}
