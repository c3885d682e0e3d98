package io.modelvane.engine.pipeline;

import io.modelvane.spi.Split;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Knows how far each split is done without a gap. Batches may complete in any order; an offset is
 * acknowledged only when everything before it is done. A split that was given up and comes back
 * begins anew: completions of its earlier life change nothing. Used by one thread.
 */
final class AckTracker {
  /** A run of events of one split that is done at once. */
  static final class Segment {
    private final Progress progress;
    private final long nextOffset;
    private final int events;
    private boolean done;

    private Segment(Progress progress, long nextOffset, int events) {
      this.progress = progress;
      this.nextOffset = nextOffset;
      this.events = events;
    }
  }

  private static final class Progress {
    private final Deque<Segment> open = new ArrayDeque<>();
    private long events;
    private long acknowledged = -1;
    private boolean changed;

    private void advance() {
      while (!open.isEmpty() && open.peek().done) {
        Segment first = open.remove();
        events -= first.events;
        acknowledged = first.nextOffset;
        changed = true;
      }
    }
  }

  private final Map<Split, Progress> splits = new HashMap<>();

  /** Notes a run of events that was read, in the order of the split. */
  Segment add(Split split, long nextOffset, int events) {
    Progress progress = splits.computeIfAbsent(split, s -> new Progress());
    Segment segment = new Segment(progress, nextOffset, events);
    progress.open.add(segment);
    progress.events += events;
    return segment;
  }

  /** How many events have been read from the first on that is not done, done or not. */
  long open() {
    long events = 0;
    for (Progress progress : splits.values()) {
      events += progress.events;
    }
    return events;
  }

  /** A run is where it belongs, stored or dead-lettered. */
  void done(Segment segment) {
    segment.done = true;
    segment.progress.advance();
  }

  /** The offsets that have moved since the last call. */
  Map<Split, Long> takeAcknowledged() {
    Map<Split, Long> moved = new LinkedHashMap<>();
    splits.forEach(
        (split, progress) -> {
          if (progress.changed) {
            progress.changed = false;
            moved.put(split, progress.acknowledged);
          }
        });
    return moved;
  }

  /** Whether everything read of these splits is done. */
  boolean isDrained(Collection<Split> which) {
    return which.stream()
        .allMatch(
            split -> {
              Progress progress = splits.get(split);
              return progress == null || progress.open.isEmpty();
            });
  }

  /** Forgets splits. */
  void forget(Collection<Split> which) {
    which.forEach(splits::remove);
  }

  /** Forgets every split. */
  void forgetAll() {
    splits.clear();
  }
}
