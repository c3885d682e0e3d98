package io.modelvane.engine.pipeline;

import io.modelvane.spi.DeadLetter;
import io.modelvane.spi.EventBatch;
import io.modelvane.spi.PointBatch;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A batch on its way to the sinks. Touched by the pipeline's thread only. */
final class Flight {
  final PointBatch batch;
  final List<AckTracker.Segment> segments;
  final CompleteMarks.Stretch stretch;
  final List<DeadLetter> letters = new ArrayList<>();
  final long bytes;
  long startedNanos;
  int openSinks;

  /** A sink that never answered may still read the arrays: they are not used again. */
  boolean abandoned;

  Flight(PointBatch batch, List<AckTracker.Segment> segments, CompleteMarks.Stretch stretch) {
    this.batch = batch;
    this.segments = List.copyOf(segments);
    this.stretch = stretch;
    this.bytes = bytes(batch);
  }

  private static long bytes(PointBatch batch) {
    long bytes = 0;
    for (EventBatch source : batch.sources()) {
      bytes += bytes(source);
    }
    return bytes;
  }

  /** The bytes of the keys and bodies of a batch. */
  static long bytes(EventBatch events) {
    long bytes = 0;
    for (int i = 0; i < events.size(); i++) {
      bytes += length(events.key(i)) + length(events.value(i));
    }
    return bytes;
  }

  private static int length(byte @Nullable [] bytes) {
    return bytes == null ? 0 : bytes.length;
  }
}
