package io.modelvane.alerting.check;

import io.modelvane.spi.FieldKey;
import io.modelvane.spi.FieldType;
import io.modelvane.spi.PointBatch;
import io.modelvane.spi.Series;
import org.jspecify.annotations.Nullable;

/** A row of a batch, as an evaluator sees it. One object is moved from row to row. */
public final class Row {
  /**
   * By how much a time may be later than the arrival, in nanoseconds, where it may not be later.
   */
  public static final long AHEAD = 60_000_000_000L;

  private @Nullable PointBatch batch;
  private int index;
  private long time;
  private long arrived;
  private boolean early;
  private int parsed;
  private double number;

  /**
   * Moves to a row.
   *
   * @param arrived when the source got it; see {@link #arrived()}
   * @param latest a later time is not believed
   */
  public void move(PointBatch batch, int index, long arrived, long latest) {
    this.batch = batch;
    this.index = index;
    this.time = batch.time(index);
    this.arrived = arrived;
    this.parsed = -1;
    this.early = time > latest;
    if (early) {
      this.time = arrived;
    }
  }

  /** Whether the clock of who made the call was so far ahead that it is not believed. */
  public boolean isEarly() {
    return early;
  }

  private PointBatch batch() {
    return java.util.Objects.requireNonNull(batch);
  }

  /** The time of the point: when the call was made. When it arrived, where that is not believed. */
  public long time() {
    return time;
  }

  /**
   * When the source got it, or {@link #time()} where no source says. Never before the last tick;
   * silence and lateness are judged by it, since a tick speaks of arrivals.
   */
  public long arrived() {
    return arrived;
  }

  /** Its series. */
  public Series series() {
    return batch().series(index);
  }

  /**
   * The index of a field, or -1. Looks at {@code hint}, counted from the row's first field, first.
   */
  int find(FieldKey key, int hint) {
    int guess = batch().firstField(index) + hint;
    if (guess < batch().endField(index) && batch().fieldKey(guess).equals(key)) {
      return guess;
    }
    return batch().field(index, key);
  }

  /** What to give as a hint for a field that was found. */
  int hint(int field) {
    return field - batch().firstField(index);
  }

  /** The name of a field that was found: the object that the decoder uses for it. */
  FieldKey key(int field) {
    return batch().fieldKey(field);
  }

  /** A field as a number, read once however many checks ask. */
  double number(int field) {
    if (field != parsed) {
      number = batch().number(field);
      parsed = field;
    }
    return number;
  }

  /**
   * A number that stands for a field's value among others: the number itself, or 53 bits of a
   * text's hash (FNV-1a, http://www.isthe.com/chongo/tech/comp/fnv/) below zero.
   */
  double token(int field) {
    if (batch().fieldType(field) != FieldType.STRING) {
      return number(field);
    }
    String text = batch().text(field);
    long hash = 0xcbf2_9ce4_8422_2325L;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * 0x100_0000_01b3L;
    }
    hash =
        (hash ^ (hash >>> 32))
            * 0x9e37_79b9_7f4a_7c15L; // the upper bits of short texts differ little
    return -(double) (hash >>> 11) - 1;
  }

  /** A field as text; empty when the row has none of that name. */
  String text(FieldKey key) {
    int field = batch().field(index, key);
    return field < 0 ? "" : batch().text(field);
  }
}
