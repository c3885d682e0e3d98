package io.modelvane.engine;

import io.modelvane.engine.observe.EngineThread;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/**
 * Names the components in which a thread still is after all were stopped: a component may have
 * stopped well, and a call of it by another hang all the same. That a thread is in one is told by
 * the classes on its stack, and in which of several of one class by what the thread knows.
 */
final class LeftBehind {
  private static final Duration LOOK_AGAIN = Duration.ofMillis(20);
  private static final Duration GRACE = Duration.ofMillis(500);

  private final Map<String, Set<String>> titles = new TreeMap<>();

  LeftBehind(List<ManagedComponent> components) {
    for (ManagedComponent component : components) {
      titles
          .computeIfAbsent(component.component().getClass().getName(), type -> new TreeSet<>())
          .add(component.title());
    }
  }

  /** Waits a moment for those who are on their way out; one line for each thread that is not. */
  Set<String> await(Duration limit) {
    long end = System.nanoTime() + Math.min(limit.toNanos(), GRACE.toNanos());
    Set<String> found = look();
    try {
      while (!found.isEmpty() && System.nanoTime() < end) {
        TimeUnit.NANOSECONDS.sleep(LOOK_AGAIN.toNanos());
        found = look();
      }
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
    }
    return found;
  }

  private Set<String> look() {
    Set<String> found = new TreeSet<>();
    Thread.getAllStackTraces()
        .forEach(
            (thread, stack) -> {
              if (!thread.equals(Thread.currentThread())) {
                look(EngineThread.inside(thread), stack, found);
              }
            });
    return found;
  }

  private void look(String inside, StackTraceElement[] stack, Set<String> found) {
    for (StackTraceElement frame : stack) {
      Set<String> those = titles.get(frame.getClassName());
      if (those != null) {
        found.add(
            "%s has not come back from %s() and is left behind"
                .formatted(
                    those.contains(inside) ? inside : String.join(" or ", those),
                    frame.getMethodName()));
        return;
      }
    }
  }
}
