package io.modelvane.engine.pipeline;

import io.modelvane.spi.EventBatch;
import io.modelvane.spi.Header;
import io.modelvane.spi.Split;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A run of events of a larger batch. */
record EventSlice(EventBatch whole, int from, int to) implements EventBatch {
  /** Cuts a batch into runs of at most {@code size} events. */
  static List<EventBatch> cut(EventBatch whole, int size) {
    if (whole.size() <= size) {
      return List.of(whole);
    }
    List<EventBatch> slices = new java.util.ArrayList<>();
    for (int from = 0; from < whole.size(); from += size) {
      slices.add(new EventSlice(whole, from, Math.min(from + size, whole.size())));
    }
    return slices;
  }

  @Override
  public Split split() {
    return whole.split();
  }

  @Override
  public int size() {
    return to - from;
  }

  @Override
  public long offset(int index) {
    return whole.offset(from + index);
  }

  @Override
  public long nextOffset() {
    return to == whole.size() ? whole.nextOffset() : whole.offset(to);
  }

  @Override
  public long timeMillis(int index) {
    return whole.timeMillis(from + index);
  }

  @Override
  public byte @Nullable [] key(int index) {
    return whole.key(from + index);
  }

  @Override
  public byte @Nullable [] value(int index) {
    return whole.value(from + index);
  }

  @Override
  public List<Header> headers(int index) {
    return whole.headers(from + index);
  }
}
