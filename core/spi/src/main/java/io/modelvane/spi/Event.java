package io.modelvane.spi;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One message from a source, as an object of its own. The hot path uses {@link EventBatch} by index
 * instead; this is for dead letters and tests. The bytes are shared: do not change them.
 *
 * @param position where it stands
 * @param time when the source got it, if it says
 * @param key its key, or null
 * @param value its body, or null (a Kafka tombstone)
 * @param headers in the source's order
 */
@SuppressWarnings("ArrayRecordComponent") // bytes as they came; compared by nobody
public record Event(
    Position position,
    Optional<Instant> time,
    byte @Nullable [] key,
    byte @Nullable [] value,
    List<Header> headers) {
  /** Copies the list of headers. */
  public Event {
    headers = List.copyOf(headers);
  }
}
