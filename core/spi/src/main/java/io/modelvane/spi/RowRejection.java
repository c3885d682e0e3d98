package io.modelvane.spi;

/**
 * One row of a {@link PointBatch} that can never be stored.
 *
 * @param row index into the batch that was written
 * @param reason the other side's own words, free of secrets
 */
public record RowRejection(int row, String reason) {
  /** Rejects a negative row. */
  public RowRejection {
    if (row < 0) {
      throw new IllegalArgumentException("row " + row);
    }
  }
}
