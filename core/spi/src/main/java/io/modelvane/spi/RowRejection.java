package io.modelvane.spi;

import java.util.Objects;

/**
 * One row of a {@link PointBatch} that can never be stored.
 *
 * @param row index into the batch that was written
 * @param reason the other side's own words, free of secrets
 */
public record RowRejection(int row, String reason) {
  /** Rejects a negative row, and null. */
  public RowRejection {
    Objects.requireNonNull(reason, "a rejected row needs a reason");
    if (row < 0) {
      throw new IllegalArgumentException("row " + row);
    }
  }
}
