package io.modelvane.influx;

import io.modelvane.spi.PointBatch;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;

/**
 * Some rows of a batch.
 *
 * @param batch the batch
 * @param indexes of the rows, growing
 */
@SuppressWarnings("ArrayRecordComponent") // made and read within the sink
record Rows(PointBatch batch, int[] indexes) {
  private static final int TOGETHER = 64;

  static Rows all(PointBatch batch) {
    int[] indexes = new int[batch.size()];
    Arrays.setAll(indexes, i -> i);
    return new Rows(batch, indexes);
  }

  int size() {
    return indexes.length;
  }

  Rows half(boolean first) {
    int middle = indexes.length / 2;
    return new Rows(
        batch,
        first
            ? Arrays.copyOfRange(indexes, 0, middle)
            : Arrays.copyOfRange(indexes, middle, indexes.length));
  }

  /** The rows for whose position {@code keep} is true. */
  Rows only(boolean[] keep) {
    int[] kept = new int[indexes.length];
    int count = 0;
    for (int i = 0; i < indexes.length; i++) {
      if (keep[i]) {
        kept[count++] = indexes[i];
      }
    }
    return new Rows(batch, Arrays.copyOf(kept, count));
  }

  /** Which of the rows have that trait. */
  boolean[] having(Verdict.Trait trait) {
    boolean[] having = new boolean[indexes.length];
    for (int i = 0; i < indexes.length; i++) {
      having[i] =
          trait instanceof Verdict.Conflict conflict
              ? has(indexes[i], conflict)
              : trait instanceof Verdict.Expired expired
                  && batch.time(indexes[i]) < expired.bound();
    }
    return having;
  }

  private boolean has(int row, Verdict.Conflict conflict) {
    if (!batch.series(row).measurement().equals(conflict.measurement())) {
      return false;
    }
    for (int field = batch.firstField(row); field < batch.endField(row); field++) {
      if (batch.fieldType(field) == conflict.type()
          && batch.fieldKey(field).name().equals(conflict.field())) {
        return true;
      }
    }
    return false;
  }

  int bytesBound() {
    return bytesBound(0, indexes.length);
  }

  private int bytesBound(int from, int to) {
    int bytes = 0;
    for (int i = from; i < to; i++) {
      bytes = Math.addExact(bytes, batch.lineLength(indexes[i]));
    }
    return bytes;
  }

  /**
   * Writes all lines to {@code target}, which has room for {@link #bytesBound}; returns their
   * length. Some rows' lengths are asked for before they are written: of many series few are in the
   * processor's cache, and so they are fetched together.
   */
  int write(byte[] target) {
    int at = 0;
    for (int from = 0; from < indexes.length; from += TOGETHER) {
      int to = Math.min(from + TOGETHER, indexes.length);
      Objects.checkFromIndexSize(at, bytesBound(from, to), target.length);
      for (int i = from; i < to; i++) {
        at = batch.writeLine(indexes[i], target, at);
      }
    }
    return at;
  }

  /** A row's line as the server sees it, for finding it in what the server quotes. */
  String line(int position) {
    byte[] bytes = new byte[batch.lineLength(indexes[position])];
    int end = batch.writeLine(indexes[position], bytes, 0);
    return new String(bytes, 0, end - 1, StandardCharsets.UTF_8);
  }
}
