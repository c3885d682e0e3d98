package io.modelvane.engine.pipeline;

import io.modelvane.spi.EventBatch;
import io.modelvane.spi.PointBatch;
import io.modelvane.spi.SinkTraits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

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
  private long bytes;

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

  /** Decodes a slice on top of what there is; returns the bytes of its keys and bodies. */
  long add(EventBatch slice, AckTracker.Segment segment) throws InterruptedException {
    long read = bytes(slice);
    bytes += read;
    if (segments.isEmpty()) {
      since = System.nanoTime();
    }
    segments.add(segment);
    events += slice.size();
    stage.decode(slice);
    return read;
  }

  private static long bytes(EventBatch events) {
    long bytes = 0;
    for (int i = 0; i < events.size(); i++) {
      bytes += length(events.key(i)) + length(events.value(i));
    }
    return bytes;
  }

  private static int length(byte @Nullable [] bytes) {
    return bytes == null ? 0 : bytes.length;
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
    Flight flight = new Flight(taken.batch(), bytes, segments, stretch);
    segments = new ArrayList<>();
    events = 0;
    bytes = 0;
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
