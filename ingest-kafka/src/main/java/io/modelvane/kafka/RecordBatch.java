package io.modelvane.kafka;

import io.modelvane.spi.EventBatch;
import io.modelvane.spi.Split;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** The records of one partition, read by index. */
record RecordBatch(Split split, List<ConsumerRecord<byte[], byte[]>> records, long nextOffset)
    implements EventBatch {
  @Override
  public int size() {
    return records.size();
  }

  @Override
  public long offset(int index) {
    return records.get(index).offset();
  }

  @Override
  public long timeMillis(int index) {
    long time = records.get(index).timestamp();
    return time < 0 ? NO_TIME : time;
  }

  @Override
  public byte @Nullable [] key(int index) {
    return records.get(index).key();
  }

  @Override
  public byte @Nullable [] value(int index) {
    return records.get(index).value();
  }

  @Override
  public List<io.modelvane.spi.Header> headers(int index) {
    List<io.modelvane.spi.Header> headers = new ArrayList<>();
    for (Header header : records.get(index).headers()) {
      headers.add(new io.modelvane.spi.Header(header.key(), header.value()));
    }
    return headers;
  }
}
