package io.modelvane.alerting;

import io.modelvane.spi.Split;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Up to where each split has been evaluated. A split that comes back as another incarnation (a
 * topic deleted and made anew) starts again.
 */
final class Positions {
  /** The place of a split whatever its incarnation. */
  private record Place(String stream, int partition) {}

  private record Reached(Split split, long next) {}

  private final Map<Place, Reached> reached = new HashMap<>();
  private final Map<Split, Long> moved = new HashMap<>();

  /** Restores a position. */
  void restore(Split split, long next) {
    reached.put(place(split), new Reached(split, next));
  }

  private static Place place(Split split) {
    return new Place(split.stream(), split.partition());
  }

  /** The first offset that has not been evaluated. */
  long next(Split split) {
    Reached known = reached.get(place(split));
    return known != null && known.split.equals(split) ? known.next : Long.MIN_VALUE;
  }

  /** Everything below these offsets is evaluated. */
  void advance(Map<Split, Long> nextOffsets) {
    nextOffsets.forEach(
        (split, next) -> {
          if (next > next(split)) {
            restore(split, next);
            moved.put(split, next);
          }
        });
  }

  /** Positions that moved since they were kept last. */
  List<Map.Entry<Split, Long>> moved() {
    return new ArrayList<>(moved.entrySet());
  }

  /** They are kept. */
  void kept() {
    moved.clear();
  }
}
