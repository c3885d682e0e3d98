package io.modelvane.spi;

/**
 * Where an event stands in its source.
 *
 * @param split the part of the source
 * @param offset grows along the split; gaps are possible
 */
public record Position(Split split, long offset) {
  /** {@code topic-3@42}. */
  @Override
  public String toString() {
    return split + "@" + offset;
  }
}
