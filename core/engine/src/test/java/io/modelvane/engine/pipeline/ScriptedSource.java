package io.modelvane.engine.pipeline;

import io.modelvane.spi.ComponentException;
import io.modelvane.spi.EventBatch;
import io.modelvane.spi.Source;
import io.modelvane.spi.Split;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A source that does what a test tells it, on the thread that polls. */
final class ScriptedSource implements Source {
  /** What one poll does. */
  interface Poll {
    List<EventBatch> run(SplitListener listener) throws ComponentException;
  }

  final Map<Split, Long> acknowledged = new ConcurrentHashMap<>();
  final List<Map<Split, Long>> acknowledgements = new CopyOnWriteArrayList<>();
  volatile Optional<Instant> complete = Optional.empty();
  final AtomicInteger polls = new AtomicInteger();
  final AtomicInteger wakeups = new AtomicInteger();
  final AtomicInteger stops = new AtomicInteger();
  final AtomicInteger starts = new AtomicInteger();
  final Deque<Throwable> startFailures = new ConcurrentLinkedDeque<>();
  volatile Runnable acknowledging = () -> {};
  volatile Runnable stopping = () -> {};
  volatile Runnable waking = () -> {};
  volatile Duration revokeLimit = Duration.ofSeconds(5);

  /** Paused splits hold back what brings events, and nothing else. */
  private record Step(Poll poll, boolean events) {}

  private final Deque<Step> script = new ArrayDeque<>();
  private final Set<Split> assigned = new HashSet<>();
  private final Set<Split> paused = new HashSet<>();
  private @Nullable SplitListener listener;
  private boolean woken;
  private boolean waiting;

  /** The next poll brings these. */
  void bring(EventBatch... batches) {
    add(
        new Step(
            l -> {
              for (EventBatch batch : batches) {
                assign(l, Set.of(batch.split()));
              }
              return List.of(batches);
            },
            true));
  }

  void then(Poll poll) {
    add(new Step(poll, false));
  }

  private synchronized void add(Step step) {
    script.add(step);
    notifyAll();
  }

  private boolean canGoOn() {
    Step next = script.peek();
    return next != null && (paused.isEmpty() || !next.events);
  }

  void fail(ComponentException failure) {
    then(
        l -> {
          throw failure;
        });
  }

  void assign(SplitListener hears, Set<Split> splits) {
    Set<Split> fresh = new HashSet<>(splits);
    fresh.removeAll(assigned);
    if (!fresh.isEmpty()) {
      assigned.addAll(fresh);
      hears.assigned(fresh);
    }
  }

  /** The next poll gives splits up. */
  void revoke(Split... splits) {
    then(
        l -> {
          giveUp(l, Set.of(splits), revokeLimit);
          return List.of();
        });
  }

  /** The next poll finds splits lost. */
  void lose(Split... splits) {
    then(
        l -> {
          forget(Set.of(splits));
          l.lost(Set.of(splits));
          return List.of();
        });
  }

  private void giveUp(SplitListener hears, Set<Split> splits, Duration limit) {
    hears.revoked(splits, limit);
    forget(splits);
  }

  private synchronized void forget(Set<Split> splits) {
    assigned.removeAll(splits);
    paused.removeAll(splits);
  }

  synchronized boolean isPaused() {
    return !paused.isEmpty();
  }

  synchronized Set<Split> pausedSplits() {
    return Set.copyOf(paused);
  }

  synchronized boolean isWaiting() {
    return waiting;
  }

  @Override
  public void subscribe(SplitListener given) {
    listener = given;
  }

  @Override
  public List<EventBatch> poll(Duration timeout) throws ComponentException, InterruptedException {
    polls.incrementAndGet();
    Poll next = next(timeout);
    return next == null ? List.of() : next.run(hearer());
  }

  private SplitListener hearer() {
    return java.util.Objects.requireNonNull(listener);
  }

  private synchronized @Nullable Poll next(Duration timeout) throws InterruptedException {
    long end = System.nanoTime() + timeout.toNanos();
    while (!woken && !canGoOn()) {
      long rest = (end - System.nanoTime()) / 1_000_000;
      if (rest <= 0) {
        return null;
      }
      waiting = true;
      wait(rest);
      waiting = false;
    }
    if (woken) {
      woken = false;
      return null;
    }
    Step step = script.poll();
    return step == null ? null : step.poll;
  }

  @Override
  public Optional<Instant> completeUntil() {
    return complete;
  }

  @Override
  public void acknowledge(Map<Split, Long> nextOffsets) {
    Runnable first = acknowledging;
    acknowledging = () -> {};
    first.run();
    nextOffsets.forEach(
        (split, offset) -> {
          Long before = acknowledged.put(split, offset);
          if (before != null && before > offset) {
            throw new AssertionError(split + " went from " + before + " back to " + offset);
          }
        });
    acknowledgements.add(Map.copyOf(nextOffsets));
  }

  @Override
  public synchronized void pause(Set<Split> splits) {
    paused.addAll(splits);
  }

  @Override
  public synchronized void resume(Set<Split> splits) {
    paused.removeAll(splits);
    notifyAll();
  }

  @Override
  public synchronized void wakeup() {
    wakeups.incrementAndGet();
    woken = true;
    notifyAll();
    waking.run();
  }

  @Override
  public void start() throws ComponentException {
    starts.incrementAndGet();
    Throwable failure = startFailures.poll();
    if (failure instanceof ComponentException known) {
      throw known;
    } else if (failure instanceof RuntimeException defect) {
      throw defect;
    } else if (failure instanceof Error defect) {
      throw defect;
    }
  }

  @Override
  public void stop() {
    stops.incrementAndGet();
    Set<Split> all = Set.copyOf(new ArrayList<>(assigned));
    if (!all.isEmpty()) {
      giveUp(hearer(), all, revokeLimit);
    }
    stopping.run();
  }
}
