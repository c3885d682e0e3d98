package io.modelvane.engine.pipeline;

import io.modelvane.engine.words.Defect;
import io.modelvane.spi.ComponentException;
import io.modelvane.spi.EventBatch;
import io.modelvane.spi.Health;
import io.modelvane.spi.Outcome;
import io.modelvane.spi.PointBatch;
import io.modelvane.spi.SinkTraits;
import io.modelvane.spi.Source;
import io.modelvane.spi.Split;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One pipeline. {@link #run} is the life of its thread, which alone touches the source, the decoder
 * and all state here. Memory is bounded: what has been read and is not done never exceeds the
 * batches in flight, one being filled, and one poll; beyond that the source is paused, and polled
 * on so that its membership lives.
 */
public final class Pipeline implements SinkLane.Owner, Source.SplitListener {
  private static final Duration IDLE_POLL = Duration.ofMillis(250);
  private static final Duration LONGEST_SOURCE_PAUSE = Duration.ofSeconds(5);
  private static final int LARGEST_SLICE = 1_000; // an event may become many rows
  static final long MOST_HELD_BYTES = 16L << 20;

  private final PipelineParts parts;
  private final PipelineServices services;
  private final PipelineMeters meters;
  private final SinkTraits traits;
  private final List<SinkLane> lanes;
  private final LetterLane letterLane;
  private final Filling filling;
  private final AckTracker tracker = new AckTracker();
  private final CompleteMarks marks = new CompleteMarks();
  private final Pace pace = new Pace();
  private final BlockingQueue<Runnable> mailbox = new LinkedBlockingQueue<>();
  private final Deque<Flight> ready = new ArrayDeque<>();
  private final Set<Split> assigned = new HashSet<>();
  private final String part;

  private int inFlight;
  private int unsettled;
  private long heldBytes;
  private boolean paused;
  private int sourceFailures;
  private Optional<Instant> complete = Optional.empty();
  private boolean over;
  private volatile boolean polling;
  private volatile boolean woken;
  private volatile boolean stopping;
  private volatile @Nullable String failure;

  /** A pipeline; nothing runs yet. */
  public Pipeline(PipelineParts parts, PipelineServices services) {
    this.parts = parts;
    this.services = services;
    this.meters = new PipelineMeters(services.meters());
    this.traits = Traits.of(parts);
    this.lanes = new ArrayList<>();
    for (NamedSink sink : parts.sinks()) {
      lanes.add(new SinkLane(parts, sink, services, meters, this));
    }
    this.filling = new Filling(parts, services, meters, traits);
    this.letterLane = new LetterLane(parts, services, meters, this::post);
    this.part = "pipeline " + parts.name();
    services.meters().gauge("in_flight", "Batches on their way.", Map.of(), () -> inFlight);
    services.meters().gauge("held_bytes", "Bytes read and not done.", Map.of(), () -> heldBytes);
  }

  /** Asks the pipeline to end; returns at once. */
  public void stop() {
    stopping = true;
    post(() -> {});
  }

  /**
   * Runs until {@link #stop}, then drains.
   *
   * @param drain how long what is in flight may take at the end
   */
  public void run(Duration drain) {
    services.health().set(part, Health.UP);
    try {
      while (!stopping && failure == null) {
        step();
      }
      if (failure == null) {
        flush(true);
        drain(assigned, drain);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } catch (ComponentException broken) {
      fail("its source gave up: " + broken.getMessage());
    } catch (RuntimeException | Error defect) { // nobody above could say why the thread ended
      services
          .logger()
          .log(System.Logger.Level.ERROR, "pipeline " + parts.name() + " has a defect", defect);
      fail("it has a defect: " + defect);
    } finally {
      over = true;
      closeSource();
    }
  }

  private void closeSource() {
    try {
      acknowledge();
      parts.source().stop();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException | LinkageError defect) {
      services
          .logger()
          .log(
              System.Logger.Level.WARNING,
              "the source of pipeline {0} does not stop: {1}",
              parts.name(),
              defect);
    }
  }

  /** Why the pipeline ended by itself, if it did. */
  public Optional<String> failure() {
    return Optional.ofNullable(failure);
  }

  private void fail(String reason) {
    failure = reason;
    services
        .health()
        .set(
            part,
            new Health(
                Health.State.DOWN, "stopped, what is not done will be read again; " + reason));
  }

  private void step() throws ComponentException, InterruptedException {
    work();
    acknowledge();
    tellComplete();
    boolean room = hasRoom();
    pause(!room);
    complete = Optional.empty();
    int brought = 0;
    for (EventBatch batch : poll(room)) {
      brought += batch.size();
      read(batch);
    }
    pace.polled(brought, System.nanoTime());
    complete.ifPresent(marks::mark);
    flush(filling.hasLingered());
    launch();
    await(pace.rest(System.nanoTime()));
  }

  private List<EventBatch> poll(boolean room) throws ComponentException, InterruptedException {
    Instant before = services.clock().instant();
    boolean disturbed = woken; // a wakeup that came too late for one poll ends the next
    try {
      woken = false;
      polling = true;
      Duration time = pollTime(room);
      List<EventBatch> events = ask(time);
      boolean waited = room && !disturbed && !woken && !time.isZero();
      if (complete.isEmpty() && events.isEmpty() && waited) {
        complete = Optional.of(before); // it cannot tell, but had time to wait and brought nothing
      }
      recovered();
      return events;
    } catch (ComponentException failed) {
      if (failed.kind() == Outcome.Kind.FATAL) {
        throw failed;
      }
      polling = false;
      sourceFailed(failed);
      return List.of();
    } finally {
      polling = false;
    }
  }

  /** What a source had read when it failed so may be lost to it: it is not asked again. */
  private List<EventBatch> ask(Duration time) throws ComponentException, InterruptedException {
    Source source = parts.source();
    String title = "source '" + parts.options().source() + "'";
    try {
      List<EventBatch> events = source.poll(time);
      if (events == null || events.stream().anyMatch(Objects::isNull)) {
        throw new ComponentException(Outcome.Kind.FATAL, Defect.nothingFrom(title, source));
      }
      complete = source.completeUntil();
      return events;
    } catch (RuntimeException | LinkageError | StackOverflowError defect) {
      services.logger().log(System.Logger.Level.ERROR, title + " has a defect", defect);
      throw new ComponentException(
          Outcome.Kind.FATAL, Defect.thrownBy(title, source, defect), defect);
    }
  }

  /** Whoever posts sees that a poll goes on, or is seen here: no mail waits for a whole poll. */
  private Duration pollTime(boolean room) {
    if (!mailbox.isEmpty()) {
      return Duration.ZERO;
    }
    return room && !filling.isEmpty() ? filling.rest() : IDLE_POLL;
  }

  private void recovered() {
    if (sourceFailures > 0) {
      sourceFailures = 0;
      services.health().set(part, Health.UP);
    }
  }

  private void sourceFailed(ComponentException failed) throws InterruptedException {
    sourceFailures++;
    services.health().set(part, new Health(Health.State.DOWN, String.valueOf(failed.getMessage())));
    Duration pause =
        parts
            .options()
            .retry()
            .delay(sourceFailures, failed.toOutcome(), ThreadLocalRandom.current());
    boolean told = failed.kind() == Outcome.Kind.THROTTLED;
    await(told || pause.compareTo(LONGEST_SOURCE_PAUSE) < 0 ? pause : LONGEST_SOURCE_PAUSE);
  }

  private void tellComplete() {
    marks
        .take(System.nanoTime())
        .ifPresent(time -> lanes.forEach(lane -> lane.completeUntil(time)));
  }

  private boolean hasRoom() {
    return ready.isEmpty() && inFlight < traits.maxInFlight() && heldBytes < MOST_HELD_BYTES;
  }

  private void pause(boolean wanted) {
    if (wanted && !paused) {
      parts.source().pause(Set.copyOf(assigned));
    } else if (!wanted && paused) {
      parts.source().resume(Set.copyOf(assigned));
    }
    paused = wanted;
  }

  private void read(EventBatch events) {
    meters.events.add(events.size());
    for (EventBatch slice : EventSlice.cut(events, Math.min(traits.maxRows(), LARGEST_SLICE))) {
      flush(!filling.hasRoomFor(slice.size()));
      heldBytes += Flight.bytes(slice);
      marks.read();
      filling.add(slice, tracker.add(slice.split(), slice.nextOffset()));
      flush(filling.isFull() || heldBytes >= MOST_HELD_BYTES);
    }
  }

  private void flush(boolean now) {
    if (now && !filling.isEmpty()) {
      ready.add(filling.take(marks.stretch()));
    }
  }

  private void launch() {
    while (!ready.isEmpty() && inFlight < traits.maxInFlight() && failure == null) {
      Flight flight = ready.remove();
      inFlight++;
      unsettled++;
      flight.startedNanos = System.nanoTime();
      meters.batches.add(1);
      meters.rows.add(flight.batch().size());
      if (flight.batch().size() == 0) {
        meters.withoutRows.add(1);
      }
      flight.openSinks = lanes.size();
      flight.readers = lanes.size();
      // A batch without rows goes to the sinks too: alerting keeps its positions with its state.
      lanes.forEach(lane -> lane.send(flight));
    }
  }

  @Override
  public void sinkTook(Flight flight) {
    if (--flight.readers == 0) {
      letterLane.bury(flight, () -> land(flight));
    }
  }

  @Override
  public void sinkStored(Flight flight) {
    flight.openSinks--;
    settle(flight);
  }

  @Override
  public void sinkFailed(String reason) {
    fail("a sink gave up: " + reason);
  }

  private void land(Flight flight) {
    inFlight--;
    heldBytes -= flight.bytes;
    PointBatch rows = flight.land();
    if (!flight.abandoned) {
      filling.recycle(rows);
    }
    marks.done(flight.stretch);
    settle(flight);
  }

  /** Done is what has landed and is stored; with sinks that keep no rows the two are one. */
  private void settle(Flight flight) {
    if (flight.landed && flight.openSinks == 0) {
      flight.segments.forEach(tracker::done);
      unsettled--;
      meters.batchTime.record(Duration.ofNanos(System.nanoTime() - flight.startedNanos));
    }
  }

  private void acknowledge() {
    Map<Split, Long> moved = tracker.takeAcknowledged();
    if (!moved.isEmpty()) {
      meters.acknowledgements.add(1);
      parts.source().acknowledge(moved);
    }
  }

  @Override
  public void post(Runnable task) {
    mailbox.add(task);
    if (polling) {
      woken = true;
      parts.source().wakeup();
    }
  }

  private void work() {
    for (Runnable task = mailbox.poll(); task != null; task = mailbox.poll()) {
      task.run();
    }
    launch();
  }

  /** Works on mail for so long, or until the pipeline ends. */
  private void await(Duration time) throws InterruptedException {
    long end = System.nanoTime() + time.toNanos();
    for (long rest = end - System.nanoTime();
        rest > 0 && !stopping && failure == null;
        rest = end - System.nanoTime()) {
      awaitMail(rest);
    }
  }

  private void awaitMail(long nanos) throws InterruptedException {
    Runnable task = mailbox.poll(nanos, TimeUnit.NANOSECONDS);
    if (task != null) {
      task.run();
      work();
    }
  }

  private void drain(Collection<Split> splits, Duration limit) throws InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    launch();
    while (!tracker.isDrained(splits) && failure == null) {
      long rest = end - System.nanoTime();
      if (rest <= 0) {
        services
            .logger()
            .log(
                System.Logger.Level.WARNING,
                "pipeline {0}: {1} batches were not done within {2}; they will be read again",
                parts.name(),
                unsettled + ready.size(),
                limit);
        return;
      }
      awaitMail(rest);
    }
  }

  @Override
  public void assigned(Set<Split> splits) {
    assigned.addAll(splits);
    if (paused) {
      parts.source().pause(splits);
    }
  }

  @Override
  public void revoked(Set<Split> splits, Duration limit) {
    polling = false; // a wakeup now would hit the source while it commits
    try {
      if (!over) {
        flush(true);
        drain(splits, limit);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    acknowledge();
    lost(splits);
  }

  @Override
  public void lost(Set<Split> splits) {
    assigned.removeAll(splits);
    tracker.forget(splits);
  }
}
