package io.modelvane.alerting;

import io.modelvane.spi.EventBatch;
import io.modelvane.spi.PointBatch;
import java.util.List;

/** Walks along the events that the rows of a batch came from. */
final class Origins {
  private static final long MILLI = 1_000_000L;

  private final List<EventBatch> sources;
  private final long[] floors;
  private int source;
  private int base;
  private int index = -1;

  /** At the beginning of a batch. */
  Origins(PointBatch batch, Positions positions) {
    this.sources = batch.sources();
    this.floors = new long[sources.size()];
    for (int i = 0; i < floors.length; i++) {
      floors[i] = positions.next(sources.get(i).split());
    }
  }

  /** Goes to an event; -1 stands for none. */
  void move(int origin) {
    if (origin < base) {
      source = 0;
      base = 0;
    }
    while (origin >= 0 && origin - base >= sources.get(source).size()) {
      base += sources.get(source++).size();
    }
    index = origin < 0 ? -1 : origin - base;
  }

  /** Whether the row came from an event. */
  boolean isKnown() {
    return index >= 0;
  }

  /** Whether the event was evaluated before. */
  boolean isRepeated() {
    return isKnown() && offset() < floors[source];
  }

  long offset() {
    return sources.get(source).offset(index);
  }

  int partition() {
    return sources.get(source).split().partition();
  }

  /** When the source got the event, or {@code unknown}. */
  long arrived(long unknown) {
    if (!isKnown()) {
      return unknown;
    }
    long millis = sources.get(source).timeMillis(index);
    return millis == EventBatch.NO_TIME ? unknown : millis * MILLI;
  }
}
