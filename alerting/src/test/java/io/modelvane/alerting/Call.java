package io.modelvane.alerting;

import io.modelvane.spi.EventBatch;
import io.modelvane.spi.FieldKey;
import io.modelvane.spi.Header;
import io.modelvane.spi.PointBatch;
import io.modelvane.spi.PointBatchBuilder;
import io.modelvane.spi.Series;
import io.modelvane.spi.Split;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A model call as it comes to the sink.
 *
 * @param offset in its split
 * @param series where its point belongs
 * @param time of the point
 * @param arrived when the source got it
 * @param fields numbers, truths and texts
 */
record Call(long offset, Series series, Instant time, Instant arrived, Map<String, Object> fields) {
  static final Split SPLIT = new Split("calls", 0, "first");

  /** A batch of calls of one split. */
  static PointBatch batch(List<Call> calls) {
    return batch(SPLIT, calls);
  }

  static PointBatch batch(Split split, List<Call> calls) {
    PointBatchBuilder builder = new PointBatchBuilder();
    builder.events(new Events(split, List.copyOf(calls)));
    for (int i = 0; i < calls.size(); i++) {
      builder.event(i);
      builder.beginRow();
      calls.get(i).fields.forEach((name, value) -> put(builder, FieldKey.of(name), value));
      builder.endRow(calls.get(i).series, Nanos.of(calls.get(i).time));
    }
    return builder.build();
  }

  private static void put(PointBatchBuilder builder, FieldKey key, Object value) {
    if (value instanceof String text) {
      builder.string(key, text);
    } else if (value instanceof Boolean truth) {
      builder.bool(key, truth);
    } else {
      builder.number(key, ((Number) value).doubleValue());
    }
  }

  private record Events(Split split, List<Call> calls) implements EventBatch {
    @Override
    public int size() {
      return calls.size();
    }

    @Override
    public long offset(int index) {
      return calls.get(index).offset;
    }

    @Override
    public long nextOffset() {
      return calls.get(calls.size() - 1).offset + 1;
    }

    @Override
    public long timeMillis(int index) {
      return calls.get(index).arrived.toEpochMilli();
    }

    @Override
    public byte @Nullable [] key(int index) {
      return null;
    }

    @Override
    public byte @Nullable [] value(int index) {
      return null;
    }

    @Override
    public List<Header> headers(int index) {
      return List.of();
    }
  }
}
