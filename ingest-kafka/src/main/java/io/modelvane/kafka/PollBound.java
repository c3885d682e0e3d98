package io.modelvane.kafka;

import java.nio.ByteBuffer;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * Takes values as they are, and ends a poll that has brought many bytes. Kafka bounds a poll by a
 * count of messages and by their bytes as they are sent, compressed: hundreds of 900 kB may be a
 * few kilobytes there. They are unpacked one by one, and whoever refuses one gets those before it
 * from this poll, and the same one again from the next.
 *
 * <p>Used by the thread that polls.
 */
final class PollBound implements Deserializer<byte[]> {
  static final long MOST_BYTES = 8L << 20;

  private long bytes;

  /** A poll begins. */
  void begin() {
    bytes = 0;
  }

  /** The first value of a poll is taken, however long it is. */
  @Override
  public byte @Nullable [] deserialize(String topic, Headers headers, @Nullable ByteBuffer data) {
    int size = data == null ? 0 : data.remaining();
    if (bytes > 0 && bytes + size > MOST_BYTES) {
      throw new SerializationException("this poll is full; the next one goes on here");
    }
    bytes += size;
    byte[] own = own(data);
    return own == null ? Deserializer.super.deserialize(topic, headers, data) : own;
  }

  /** What was packed has been unpacked into an array of its own, which need not be copied. */
  private static byte @Nullable [] own(@Nullable ByteBuffer data) {
    if (data == null || !data.hasArray() || data.arrayOffset() != 0 || data.position() != 0) {
      return null;
    }
    return data.remaining() == data.array().length ? data.array() : null;
  }

  @Override
  public byte @Nullable [] deserialize(String topic, byte @Nullable [] data) {
    return data;
  }

  /** Kafka's log shows it with the words "with error". */
  @Override
  public String toString() {
    return "none: the poll is full, and the next one goes on";
  }
}
