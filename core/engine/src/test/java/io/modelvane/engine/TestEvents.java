package io.modelvane.engine;

import io.modelvane.spi.EventBatch;
import io.modelvane.spi.Header;
import io.modelvane.spi.Split;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Events of one split, offsets without gaps. */
public final class TestEvents implements EventBatch {
  private final Split split;
  private final long first;
  private final List<byte @Nullable []> values = new ArrayList<>();
  private byte @Nullable [] key;
  private List<Header> headers = List.of();
  private long time = NO_TIME;

  public TestEvents(Split split, long first) {
    this.split = split;
    this.first = first;
  }

  public static TestEvents batch(Split split, long first, String... values) {
    TestEvents events = new TestEvents(split, first);
    for (String value : values) {
      events.add(value.getBytes(StandardCharsets.UTF_8));
    }
    return events;
  }

  /** {@code count} events with the same value. */
  public static TestEvents repeat(Split split, long first, int count, String value) {
    TestEvents events = new TestEvents(split, first);
    for (int i = 0; i < count; i++) {
      events.add(value.getBytes(StandardCharsets.UTF_8));
    }
    return events;
  }

  public TestEvents add(byte @Nullable [] value) {
    values.add(value);
    return this;
  }

  public TestEvents at(long millis) {
    time = millis;
    return this;
  }

  public TestEvents key(byte[] bytes) {
    key = bytes;
    return this;
  }

  public TestEvents headers(Header... given) {
    headers = List.of(given);
    return this;
  }

  @Override
  public Split split() {
    return split;
  }

  @Override
  public int size() {
    return values.size();
  }

  @Override
  public long offset(int index) {
    return first + index;
  }

  @Override
  public long nextOffset() {
    return first + values.size();
  }

  @Override
  public long timeMillis(int index) {
    return time;
  }

  @Override
  public byte @Nullable [] key(int index) {
    return key;
  }

  @Override
  public byte @Nullable [] value(int index) {
    return values.get(index);
  }

  @Override
  public List<Header> headers(int index) {
    return headers;
  }
}
