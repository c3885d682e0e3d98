package io.modelvane.spi;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Events of one split, in order, read by index so that no object need exist per event.
 *
 * <p>Immutable, and valid until everything made from it has been acknowledged. Arrays are shared:
 * do not change them. A batch may be empty and still move {@link #nextOffset()} (transaction
 * markers, compacted gaps).
 */
public interface EventBatch {
  /** What {@link #timeMillis} answers when the source gave no time. */
  long NO_TIME = Long.MIN_VALUE;

  /** The split all events belong to. */
  Split split();

  /** The number of events. */
  int size();

  /** The offset of event {@code index}; strictly growing. */
  long offset(int index);

  /** The offset at which reading goes on after this batch; greater than every offset in it. */
  long nextOffset();

  /** Milliseconds since 1970 at which the source got the event, or {@link #NO_TIME}. */
  long timeMillis(int index);

  /** The key, or null. */
  byte @Nullable [] key(int index);

  /** The body, or null (a Kafka tombstone). */
  byte @Nullable [] value(int index);

  /** The headers, in the source's order. */
  List<Header> headers(int index);

  /** One event as an object. */
  default Event event(int index) {
    long time = timeMillis(index);
    return new Event(
        new Position(split(), offset(index)),
        time == NO_TIME ? Optional.empty() : Optional.of(Instant.ofEpochMilli(time)),
        key(index),
        value(index),
        headers(index));
  }
}
