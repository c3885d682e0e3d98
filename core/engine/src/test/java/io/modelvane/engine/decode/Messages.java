package io.modelvane.engine.decode;

import io.modelvane.spi.EventBatch;
import io.modelvane.spi.Header;
import io.modelvane.spi.Split;
import java.util.List;

/** Messages of one split with offsets from 0, each a second after the last. */
record Messages(List<byte[]> values) implements EventBatch {
  private static final Split SPLIT = new Split("insights", 3);

  @Override
  public Split split() {
    return SPLIT;
  }

  @Override
  public int size() {
    return values.size();
  }

  @Override
  public long offset(int index) {
    return index;
  }

  @Override
  public long nextOffset() {
    return values.size();
  }

  @Override
  public long timeMillis(int index) {
    return 1_790_000_000_000L + index * 1000L;
  }

  @Override
  public byte[] key(int index) {
    return new byte[] {'k'};
  }

  @Override
  public byte[] value(int index) {
    return values.get(index);
  }

  @Override
  public List<Header> headers(int index) {
    return List.of();
  }
}
