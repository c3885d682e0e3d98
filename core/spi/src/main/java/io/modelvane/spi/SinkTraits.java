package io.modelvane.spi;

import java.time.Duration;

/**
 * How a sink likes its work. A pipeline with several sinks takes the least of each.
 *
 * @param maxInFlight how many batches may be written at the same time by one pipeline; with 1 each
 *     batch is complete before the next begins, in the order of the source
 * @param maxRows most rows in a batch
 * @param maxBytes about how many bytes of field text in a batch
 * @param linger how long a row may wait for company
 * @param exclusive whether what it does rests on everything it has been given so far, in order, so
 *     that a second process with a part of the same stream would do wrong: the engine lets its
 *     pipelines read alone ({@link Source#readAlone()}) and never gives it dead letters again
 */
public record SinkTraits(
    int maxInFlight, int maxRows, DataSize maxBytes, Duration linger, boolean exclusive) {
  /** One at a time, 5,000 rows or 4 MiB, no waiting. */
  public static final SinkTraits DEFAULT =
      new SinkTraits(1, 5_000, DataSize.ofMebibytes(4), Duration.ZERO);

  /** Traits of a sink to which each batch is as good as any other. */
  public SinkTraits(int maxInFlight, int maxRows, DataSize maxBytes, Duration linger) {
    this(maxInFlight, maxRows, maxBytes, linger, false);
  }

  /** Rejects what makes no sense. */
  public SinkTraits {
    if (maxInFlight < 1 || maxRows < 1 || maxBytes.bytes() < 1 || linger.isNegative()) {
      throw new IllegalArgumentException(
          "traits must be positive: %d %d %s %s".formatted(maxInFlight, maxRows, maxBytes, linger));
    }
  }
}
