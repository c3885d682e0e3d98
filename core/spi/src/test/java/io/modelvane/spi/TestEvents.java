package io.modelvane.spi;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Events of one split with texts as bodies, offsets from {@code first}. */
record TestEvents(Split split, long first, List<String> bodies) implements EventBatch {
  @Override
  public int size() {
    return bodies.size();
  }

  @Override
  public long offset(int index) {
    return first + index;
  }

  @Override
  public long nextOffset() {
    return first + bodies.size();
  }

  @Override
  public long timeMillis(int index) {
    return NO_TIME;
  }

  @Override
  public byte @Nullable [] key(int index) {
    return null;
  }

  @Override
  public byte[] value(int index) {
    return bodies.get(index).getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public List<Header> headers(int index) {
    return List.of();
  }
}
