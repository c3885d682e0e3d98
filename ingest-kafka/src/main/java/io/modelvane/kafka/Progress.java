package io.modelvane.kafka;

import io.modelvane.spi.ComponentContext;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/**
 * How far the partitions of this instance have been read and stored. Written by the pipeline's
 * thread, read by those who collect metrics as well.
 */
final class Progress {
  private record Returned(long next, long time) {}

  private static final class Reading {
    private final long since;
    private final Front read = new Front();
    private final Front stored = new Front();
    private final Deque<Returned> open = new ArrayDeque<>();
    private long end = -1;

    private Reading(long since) {
      this.since = since;
    }

    private boolean isKnown() {
      return stored.isPlaced() && end >= 0;
    }

    private long behind() {
      return Math.max(0, end - stored.offset());
    }
  }

  private final ComponentContext context;
  private final Map<TopicPartition, Reading> partitions = new HashMap<>();
  private boolean assigned;

  Progress(ComponentContext context) {
    this.context = context;
    context
        .meters()
        .gauge("lag", "Messages not yet stored; NaN until that is known.", Map.of(), this::lag);
    context
        .meters()
        .gauge(
            "lag_seconds",
            "How long ago the last moment was before which everything is stored; 0 while nothing"
                + " waits, NaN until that is known.",
            Map.of(),
            this::lagSeconds);
  }

  synchronized void take(Collection<TopicPartition> taken) {
    assigned = true; // perhaps to nothing: then nothing waits for this instance
    long now = context.clock().millis();
    taken.forEach(partition -> partitions.put(partition, new Reading(now)));
  }

  synchronized void forget(Collection<TopicPartition> gone) {
    partitions.keySet().removeAll(Set.copyOf(gone));
    assigned &= !partitions.isEmpty();
  }

  /** Those of which nothing says yet where reading begins. */
  synchronized Set<TopicPartition> unplaced() {
    Set<TopicPartition> unplaced = new HashSet<>();
    partitions.forEach(
        (partition, reading) -> {
          if (!reading.read.isPlaced()) {
            unplaced.add(partition);
          }
        });
    return unplaced;
  }

  /** Reading goes on at an offset that is no continuation of what was read. */
  synchronized void move(TopicPartition partition, long position) {
    Reading reading = partitions.get(partition);
    if (reading != null) {
      reading.read.place(position);
      reading.stored.place(position);
      reading.open.clear();
    }
  }

  /** Reading begins at an offset, unless it has begun. */
  synchronized void place(TopicPartition partition, long position) {
    Reading reading = partitions.get(partition);
    if (reading != null && !reading.read.isPlaced()) {
      move(partition, position);
    }
  }

  synchronized void read(TopicPartition partition, RecordBatch batch) {
    Reading reading = partitions.get(partition);
    if (reading == null) {
      return;
    }
    place(partition, batch.size() == 0 ? batch.nextOffset() : batch.offset(0));
    long time = batch.size() == 0 ? -1 : batch.timeMillis(batch.size() - 1);
    reading.read.pass(batch.nextOffset(), time, context.clock().millis());
    reading.open.add(new Returned(batch.nextOffset(), time));
    reading.end = Math.max(reading.end, batch.nextOffset());
  }

  synchronized void stored(TopicPartition partition, long offset) {
    Reading reading = partitions.get(partition);
    if (reading == null) {
      return;
    }
    long time = -1;
    for (Returned next = reading.open.peek();
        next != null && next.next() <= offset;
        next = reading.open.peek()) {
      time = next.time();
      reading.open.remove();
    }
    reading.stored.pass(offset, time, context.clock().millis());
  }

  synchronized void ends(Map<TopicPartition, Long> ends, long askedAt) {
    ends.forEach(
        (partition, end) -> {
          Reading reading = partitions.get(partition);
          if (reading != null && askedAt >= reading.since) {
            reading.end = end;
            reading.read.end(end, askedAt);
            reading.stored.end(end, askedAt);
          }
        });
  }

  /** See {@link io.modelvane.spi.Source#completeUntil()}. */
  synchronized Optional<Instant> completeUntil() {
    return partitions.values().stream()
        .map(reading -> Math.max(0, reading.read.complete()))
        .min(Long::compare)
        .map(Instant::ofEpochMilli);
  }

  private boolean isKnown() {
    return assigned && partitions.values().stream().allMatch(Reading::isKnown);
  }

  private synchronized double lag() {
    return !isKnown() ? Double.NaN : partitions.values().stream().mapToLong(Reading::behind).sum();
  }

  private synchronized double lagSeconds() {
    if (!isKnown()) {
      return Double.NaN;
    }
    long now = context.clock().millis();
    return partitions.values().stream()
            .filter(reading -> reading.behind() > 0)
            .mapToLong(reading -> now - oldest(reading))
            .map(age -> Math.max(0, age))
            .max()
            .orElse(0)
        / 1000.0;
  }

  private static long oldest(Reading reading) {
    long complete = reading.stored.complete();
    return complete == Front.UNKNOWN ? reading.since : complete;
  }
}
