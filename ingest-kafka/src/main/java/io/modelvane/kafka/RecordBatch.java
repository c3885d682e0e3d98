package io.modelvane.kafka;

import io.modelvane.spi.EventBatch;
import io.modelvane.spi.Split;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * The records of one partition, read by index. Holds what a record says and not the record: of
 * Kafka's five objects for each, one is left for as long as the batch is on its way.
 */
final class RecordBatch implements EventBatch {
  private final Split split;
  private final long nextOffset;
  private final long[] offsets;
  private final long[] times;
  private final byte[] @Nullable [] values;
  private byte @Nullable [] @Nullable [] keys;
  private @Nullable Headers @Nullable [] headers;

  RecordBatch(Split split, List<ConsumerRecord<byte[], byte[]>> records, long nextOffset) {
    this.split = split;
    this.nextOffset = nextOffset;
    int size = records.size();
    this.offsets = new long[size];
    this.times = new long[size];
    this.values = new byte[size][];
    for (int i = 0; i < size; i++) {
      put(i, records.get(i));
    }
  }

  private void put(int index, ConsumerRecord<byte[], byte[]> record) {
    offsets[index] = record.offset();
    times[index] = record.timestamp() < 0 ? NO_TIME : record.timestamp();
    values[index] = record.value();
    if (record.key() != null) {
      keys = keys == null ? new byte[offsets.length][] : keys;
      keys[index] = record.key();
    }
    if (record.headers().toArray().length > 0) {
      headers = headers == null ? new Headers[offsets.length] : headers;
      headers[index] = record.headers();
    }
  }

  @Override
  public Split split() {
    return split;
  }

  @Override
  public int size() {
    return offsets.length;
  }

  @Override
  public long offset(int index) {
    return offsets[index];
  }

  @Override
  public long nextOffset() {
    return nextOffset;
  }

  @Override
  public long timeMillis(int index) {
    return times[index];
  }

  @Override
  public byte @Nullable [] key(int index) {
    return keys == null ? null : keys[index];
  }

  @Override
  public byte @Nullable [] value(int index) {
    return values[index];
  }

  @Override
  public List<io.modelvane.spi.Header> headers(int index) {
    if (headers == null || headers[index] == null) {
      return List.of();
    }
    List<io.modelvane.spi.Header> list = new ArrayList<>();
    for (Header header : headers[index]) {
      list.add(new io.modelvane.spi.Header(header.key(), header.value()));
    }
    return list;
  }
}
