package io.modelvane.engine.pipeline;

import io.modelvane.spi.ComponentException;
import io.modelvane.spi.EventBatch;
import io.modelvane.spi.Health;
import io.modelvane.spi.PointBatch;
import io.modelvane.spi.SinkTraits;
import io.modelvane.spi.Source;
import io.modelvane.spi.Split;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One pipeline. {@link #run} is the life of its thread, which alone touches the source, the decoder
 * and all state here. Memory is bounded: what has been read and is not done never exceeds the
 * batches in flight, one being filled, and one poll, and what is done beyond a batch that is not is
 * counted; beyond that the source is paused, and polled on so that its membership lives.
 */
public final class Pipeline implements SinkLane.Owner, SourceLane.Owner, Source.SplitListener {
  private static final Duration IDLE_POLL = Duration.ofMillis(250);
  private static final int LARGEST_SLICE = 1_000; // an event may become many rows
  static final long MOST_HELD_BYTES = 16L << 20;

  /** Events read beyond one that is held: what a restart reads again, and tens of megabytes. */
  static final long MOST_AHEAD = 1_000_000;

  private final PipelineParts parts;
  private final PipelineServices services;
  private final PipelineMeters meters;
  private final SinkTraits traits;
  private final SourceLane source;
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
  private boolean over;
  private volatile boolean stopping;
  private volatile @Nullable String failure;

  /** A pipeline; nothing runs yet. */
  public Pipeline(PipelineParts parts, PipelineServices services) {
    this.parts = parts;
    this.services = services;
    this.meters = new PipelineMeters(services.meters());
    this.traits = Traits.of(parts);
    this.part = "pipeline " + parts.name();
    this.source = new SourceLane(parts, services, part, this);
    this.lanes = new ArrayList<>();
    for (NamedSink sink : parts.sinks()) {
      lanes.add(new SinkLane(parts, sink, services, meters, this));
    }
    this.filling = new Filling(parts, services, meters, traits);
    this.letterLane = new LetterLane(parts, services, meters, this::post);
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
        stepUndisturbed();
      }
      if (failure == null) {
        flush(true);
        drain(assigned, drain);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } catch (ComponentException broken) {
      fail("its source gave up: " + broken.getMessage());
    } catch (Throwable defect) { // nobody above could say why the thread ended
      services
          .logger()
          .log(System.Logger.Level.ERROR, "pipeline " + parts.name() + " has a defect", defect);
      fail("it has a defect: " + defect);
    } finally {
      over = true;
      acknowledge();
      source.stop();
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

  /** Only a stop may interrupt; a plugin that does it must not end the pipeline in silence. */
  private void stepUndisturbed() throws ComponentException, InterruptedException {
    try {
      step();
    } catch (InterruptedException disturbed) {
      if (stopping) {
        throw disturbed;
      }
      var unused = Thread.interrupted();
      source.disturbed();
    }
  }

  private void step() throws ComponentException, InterruptedException {
    work();
    acknowledge();
    tellComplete();
    boolean room = hasRoom();
    source.pause(!room, assigned);
    int brought = 0;
    for (EventBatch batch : source.read(room)) {
      brought += batch.size();
      read(batch);
    }
    pace.polled(brought, System.nanoTime());
    source.complete().ifPresent(marks::mark);
    flush(filling.hasLingered());
    launch();
    await(pace.rest(System.nanoTime()));
  }

  /** Whoever posts sees that a poll goes on, or is seen here: no mail waits for a whole poll. */
  @Override
  public Duration pollTime(boolean room) {
    if (!mailbox.isEmpty()) {
      return Duration.ZERO;
    }
    return room && !filling.isEmpty() ? filling.rest() : IDLE_POLL;
  }

  private void tellComplete() {
    marks
        .take(System.nanoTime())
        .ifPresent(time -> lanes.forEach(lane -> lane.completeUntil(time)));
  }

  private boolean hasRoom() {
    return ready.isEmpty()
        && inFlight < traits.maxInFlight()
        && heldBytes < MOST_HELD_BYTES
        && tracker.open() < MOST_AHEAD;
  }

  private void read(EventBatch events) throws InterruptedException {
    meters.events.add(events.size());
    for (EventBatch slice : EventSlice.cut(events, Math.min(traits.maxRows(), LARGEST_SLICE))) {
      flush(!filling.hasRoomFor(slice.size()));
      marks.read();
      heldBytes += filling.add(slice, tracker.add(slice.split(), slice.nextOffset(), slice.size()));
      flush(filling.isFull() || heldBytes >= MOST_HELD_BYTES);
    }
  }

  private void flush(boolean now) throws InterruptedException {
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
      source.acknowledge(moved);
    }
  }

  @Override
  public void post(Runnable task) {
    mailbox.add(task);
    source.wakeup();
  }

  private void work() {
    for (Runnable task = mailbox.poll(); task != null; task = mailbox.poll()) {
      task.run();
    }
    launch();
  }

  @Override
  public void await(Duration time) throws InterruptedException {
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
    source.assigned(splits);
  }

  @Override
  public void revoked(Set<Split> splits, Duration limit) {
    source.callsBack();
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
  public void forgetAll() {
    assigned.clear();
    tracker.forgetAll();
  }

  @Override
  public void lost(Set<Split> splits) {
    assigned.removeAll(splits);
    tracker.forget(splits);
  }
}
