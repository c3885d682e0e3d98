package io.modelvane.engine.pipeline;

import io.modelvane.spi.EventBatch;
import io.modelvane.spi.PointBatch;
import io.modelvane.spi.SinkTraits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The batch that is being filled: decodes what is added, and knows when it is full or has waited
 * long enough for company. Used by the pipeline's thread.
 */
final class Filling {
  private final DecodeStage stage;
  private final SinkTraits traits;
  private final PipelineMeters meters;
  private final Letters letters;
  private final Collisions collisions;
  private List<AckTracker.Segment> segments = new ArrayList<>();
  private long since;
  private int events;

  Filling(
      PipelineParts parts, PipelineServices services, PipelineMeters meters, SinkTraits traits) {
    this.stage = new DecodeStage(parts.decoder(), parts.transforms(), services.logger());
    this.traits = traits;
    this.meters = meters;
    this.letters = new Letters(parts.name(), services.clock());
    this.collisions = new Collisions(services.logger(), services.clock());
  }

  boolean isEmpty() {
    return segments.isEmpty();
  }

  /** Whether so many events can be added to it, or it has no row yet. */
  boolean hasRoomFor(int more) {
    return stage.rows() == 0 || stage.rows() + more <= traits.maxRows();
  }

  /** Decodes a slice on top of what there is. */
  void add(EventBatch slice, AckTracker.Segment segment) throws InterruptedException {
    if (segments.isEmpty()) {
      since = System.nanoTime();
    }
    segments.add(segment);
    events += slice.size();
    stage.decode(slice);
  }

  boolean isFull() {
    return stage.rows() >= traits.maxRows()
        || stage.bytes() >= traits.maxBytes().bytes()
        || events >= traits.maxRows();
  }

  /** Whether its first row has waited as long as the sinks let it. */
  boolean hasLingered() {
    return !segments.isEmpty() && rest().isZero();
  }

  /** How much longer its first row may wait. */
  Duration rest() {
    return Duration.ofNanos(Math.max(0, traits.linger().toNanos() - (System.nanoTime() - since)));
  }

  /** What was filled, with the letters for what could not be decoded; the next one begins empty. */
  Flight take(CompleteMarks.Stretch stretch) throws InterruptedException {
    DecodeStage.Taken taken = stage.take();
    Flight flight = new Flight(taken.batch(), segments, stretch);
    segments = new ArrayList<>();
    events = 0;
    flight.letters.addAll(letters.rejectedEvents(taken));
    meters.rejected.add(taken.undecoded());
    meters.collisions.add(collisions.count(taken.batch()));
    return flight;
  }

  /** Takes back the arrays of a batch that nobody reads any more. */
  void recycle(PointBatch batch) {
    stage.recycle(batch);
  }
}
