package io.modelvane.engine.pipeline;

import io.modelvane.spi.DeadLetter;
import io.modelvane.spi.PointBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A batch on its way to the sinks. Touched by the pipeline's thread only. */
final class Flight {
  private @Nullable PointBatch batch;
  final List<AckTracker.Segment> segments;
  final CompleteMarks.Stretch stretch;
  final List<DeadLetter> letters = new ArrayList<>();
  final long bytes;
  long startedNanos;

  /** Sinks that have not stored it yet. */
  int openSinks;

  /** Of these, the ones that may still look at its rows. */
  int readers;

  /** Nobody needs its rows, and its letters are kept. */
  boolean landed;

  /** A sink that never answered may still read the arrays: they are not used again. */
  boolean abandoned;

  Flight(
      PointBatch batch,
      long bytes,
      List<AckTracker.Segment> segments,
      CompleteMarks.Stretch stretch) {
    this.batch = batch;
    this.segments = List.copyOf(segments);
    this.stretch = stretch;
    this.bytes = bytes;
  }

  /** The rows, which somebody still needs. */
  PointBatch batch() {
    return Objects.requireNonNull(batch, "the batch has landed");
  }

  /** Lets go of the rows. */
  PointBatch land() {
    PointBatch rows = batch();
    batch = null;
    landed = true;
    return rows;
  }
}
