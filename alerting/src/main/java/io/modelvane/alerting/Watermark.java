package io.modelvane.alerting;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Up to when everything has arrived: the least of what the pipelines tell. A pipeline that fed this
 * sink before a restart counts from the start, with what it told last, so that one which connects
 * late is not taken for silent.
 */
final class Watermark {
  static final long NONE = Long.MIN_VALUE;

  private final Map<String, Long> completeUntil = new HashMap<>();
  private final Set<String> unheard = new HashSet<>();
  private boolean announced;
  private long time = NONE;

  /** Restores what a pipeline told before the restart. */
  void restore(String pipeline, long until) {
    completeUntil.put(pipeline, until);
    unheard.add(pipeline);
    time = least();
  }

  /**
   * A pipeline tells how far it is. The epoch tells no more than that it exists; who hears of one
   * in this way hears of all, so that earlier ones which are not among them have gone.
   *
   * @return whether the watermark rose
   */
  boolean tell(String pipeline, long until) {
    unheard.remove(pipeline);
    if (until <= 0) {
      announced = true;
      completeUntil.putIfAbsent(pipeline, until);
      return false;
    }
    if (announced) {
      completeUntil.keySet().removeAll(unheard); // they are no longer in the configuration
      unheard.clear();
    }
    completeUntil.merge(pipeline, until, Math::max);
    long least = least();
    boolean rose = least > Math.max(time, 0);
    time = rose ? least : time;
    return rose;
  }

  private long least() {
    return completeUntil.values().stream().mapToLong(Long::longValue).min().orElse(NONE);
  }

  /** Everything before it has arrived; {@link #NONE} while nothing is known. Never shrinks. */
  long time() {
    return time;
  }

  /** What each pipeline told last. */
  Map<String, Long> told() {
    return Map.copyOf(completeUntil);
  }
}
