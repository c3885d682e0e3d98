package io.modelvane.engine.pipeline;

import io.modelvane.spi.ComponentException;
import io.modelvane.spi.DeadLetter;
import io.modelvane.spi.EventBatch;
import io.modelvane.spi.EventRejection;
import io.modelvane.spi.Health;
import io.modelvane.spi.Outcome;
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
  private static final Duration IDLE_POLL = Duration.ofMillis(500);
  private static final long MOST_HELD_BYTES = 32L << 20;
  private static final System.Logger LOGGER = System.getLogger(Pipeline.class.getName());

  private final PipelineParts parts;
  private final PipelineServices services;
  private final PipelineMeters meters;
  private final DecodeStage stage;
  private final SinkTraits traits;
  private final List<SinkLane> lanes;
  private final AckTracker tracker = new AckTracker();
  private final BlockingQueue<Runnable> mailbox = new LinkedBlockingQueue<>();
  private final Deque<Flight> ready = new ArrayDeque<>();
  private final Set<Split> assigned = new HashSet<>();
  private final String part;

  private List<AckTracker.Segment> filling = new ArrayList<>();
  private long fillingSince;
  private int inFlight;
  private long heldBytes;
  private boolean paused;
  private int sourceFailures;
  private volatile boolean stopping;
  private volatile @Nullable String failure;

  /** A pipeline; nothing runs yet. */
  public Pipeline(PipelineParts parts, PipelineServices services) {
    this.parts = parts;
    this.services = services;
    this.meters = new PipelineMeters(services.meters());
    this.stage =
        new DecodeStage(
            parts.decoder(),
            parts.transforms(),
            System.getLogger("io.modelvane.pipeline." + parts.name()));
    this.traits = Traits.of(parts);
    this.lanes = new ArrayList<>();
    for (NamedSink sink : parts.sinks()) {
      lanes.add(new SinkLane(parts, sink, services, meters, this));
    }
    this.part = "pipeline " + parts.name();
    services.meters().gauge("in_flight", "Batches on their way.", Map.of(), () -> inFlight);
    services.meters().gauge("held_bytes", "Bytes read and not done.", Map.of(), () -> heldBytes);
  }

  /** Asks the pipeline to end; returns at once. */
  public void stop() {
    stopping = true;
    parts.source().wakeup();
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
    } catch (RuntimeException | LinkageError defect) {
      LOGGER.log(System.Logger.Level.ERROR, "pipeline " + parts.name() + " has a defect", defect);
      fail("it has a defect: " + defect);
    } finally {
      closeSource();
    }
  }

  private void closeSource() {
    try {
      if (failure == null) {
        acknowledge();
      }
      parts.source().stop();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException | LinkageError defect) {
      LOGGER.log(
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
        .set(part, new Health(Health.State.DOWN, "stopped, nothing is acknowledged; " + reason));
  }

  private void step() throws ComponentException, InterruptedException {
    work();
    acknowledge();
    boolean room = hasRoom();
    pause(!room);
    List<EventBatch> events = poll(room ? pollTime() : IDLE_POLL);
    for (EventBatch batch : events) {
      read(batch);
    }
    flush(lingered());
    launch();
  }

  private List<EventBatch> poll(Duration time) throws ComponentException, InterruptedException {
    try {
      List<EventBatch> events = parts.source().poll(time);
      if (sourceFailures > 0) {
        sourceFailures = 0;
        services.health().set(part, Health.UP);
      }
      return events;
    } catch (ComponentException failed) {
      if (failed.kind() == Outcome.Kind.FATAL) {
        throw failed;
      }
      sourceFailures++;
      services
          .health()
          .set(part, new Health(Health.State.DOWN, String.valueOf(failed.getMessage())));
      Duration pause =
          parts
              .options()
              .retry()
              .delay(sourceFailures, failed.toOutcome(), ThreadLocalRandom.current());
      await(pause.compareTo(Duration.ofSeconds(5)) > 0 ? Duration.ofSeconds(5) : pause);
      return List.of();
    }
  }

  private Duration pollTime() {
    if (filling.isEmpty()) {
      return IDLE_POLL;
    }
    long rest = traits.linger().toNanos() - (System.nanoTime() - fillingSince);
    return Duration.ofNanos(Math.max(0, rest));
  }

  private boolean lingered() {
    return !filling.isEmpty() && System.nanoTime() - fillingSince >= traits.linger().toNanos();
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
    for (EventBatch slice : EventSlice.cut(events, traits.maxRows())) {
      if (stage.rows() > 0 && stage.rows() + slice.size() > traits.maxRows()) {
        flush(true);
      }
      if (filling.isEmpty()) {
        fillingSince = System.nanoTime();
      }
      filling.add(tracker.add(slice.split(), slice.nextOffset()));
      heldBytes += Flight.bytes(slice);
      stage.decode(slice);
      flush(stage.rows() >= traits.maxRows() || stage.bytes() >= traits.maxBytes().bytes());
    }
  }

  private void flush(boolean now) {
    if (!now || filling.isEmpty()) {
      return;
    }
    Flight flight = new Flight(stage.take(), filling);
    filling = new ArrayList<>();
    for (EventRejection rejection : flight.batch.rejections()) {
      flight.letters.add(letter(flight.batch, rejection));
    }
    meters.rejected.add(flight.batch.rejections().size());
    ready.add(flight);
  }

  private DeadLetter letter(PointBatch batch, EventRejection rejection) {
    return new DeadLetter(
        services.clock().instant(),
        parts.name(),
        "decode",
        rejection.reason(),
        batch.event(rejection.origin()),
        Optional.empty());
  }

  private void launch() {
    while (!ready.isEmpty() && inFlight < traits.maxInFlight() && failure == null) {
      Flight flight = ready.remove();
      inFlight++;
      flight.startedNanos = System.nanoTime();
      meters.batches.add(1);
      meters.rows.add(flight.batch.size());
      if (flight.batch.size() == 0) {
        meters.withoutRows.add(1);
      }
      flight.openSinks = lanes.size();
      // A batch without rows goes to the sinks too: alerting keeps its positions with its state.
      lanes.forEach(lane -> lane.send(flight));
    }
  }

  @Override
  public void sinkDone(Flight flight) {
    if (--flight.openSinks == 0) {
      bury(flight);
    }
  }

  @Override
  public void sinkFailed(String reason) {
    fail("a sink gave up: " + reason);
  }

  private void bury(Flight flight) {
    if (flight.letters.isEmpty()) {
      complete(flight);
      return;
    }
    services
        .executor()
        .execute(
            () -> {
              Outcome outcome = parts.deadLetters().write(flight.letters);
              post(() -> buried(flight, outcome));
            });
  }

  private void buried(Flight flight, Outcome outcome) {
    if (outcome.kind() == Outcome.Kind.DONE) {
      meters.deadLetters.add(flight.letters.size());
      services.health().set(part + " -> dead letters", Health.UP);
      complete(flight);
      return;
    }
    flight.letterFailures++;
    services
        .health()
        .set(
            part + " -> dead letters",
            new Health(Health.State.DOWN, "holding, nothing is lost; " + outcome.reason()));
    Duration pause =
        parts.options().retry().delay(flight.letterFailures, outcome, ThreadLocalRandom.current());
    services.later(pause, () -> post(() -> bury(flight)));
  }

  private void complete(Flight flight) {
    inFlight--;
    heldBytes -= flight.bytes;
    flight.segments.forEach(tracker::done);
    meters.batchTime.record(Duration.ofNanos(System.nanoTime() - flight.startedNanos));
    if (!flight.abandoned) {
      stage.recycle(flight.batch);
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
    parts.source().wakeup();
  }

  private void work() {
    for (Runnable task = mailbox.poll(); task != null; task = mailbox.poll()) {
      task.run();
    }
    launch();
  }

  /** Waits for mail, at most so long. */
  private void await(Duration time) throws InterruptedException {
    Runnable task = mailbox.poll(time.toNanos(), TimeUnit.NANOSECONDS);
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
        LOGGER.log(
            System.Logger.Level.WARNING,
            "pipeline {0}: {1} batches were not done within {2}; they will be read again",
            parts.name(),
            inFlight,
            limit);
        return;
      }
      await(Duration.ofNanos(rest));
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
    try {
      flush(true);
      drain(splits, limit);
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
