package io.modelvane.engine.pipeline;

import io.modelvane.spi.Decoder;
import io.modelvane.spi.EventBatch;
import io.modelvane.spi.PointBatch;
import io.modelvane.spi.PointBatchBuilder;
import io.modelvane.spi.Transform;
import java.util.List;

/**
 * Decodes and transforms. A decoder that throws is asked again event by event, so that only the
 * events for which it throws are rejected; a transform that throws is asked again row by row.
 */
final class DecodeStage {
  private final Decoder decoder;
  private final List<Transform> transforms;
  private final System.Logger logger;
  private PointBatchBuilder builder = new PointBatchBuilder();
  private final PointBatchBuilder transformed = new PointBatchBuilder();
  private long defects;

  DecodeStage(Decoder decoder, List<Transform> transforms, System.Logger logger) {
    this.decoder = decoder;
    this.transforms = transforms;
    this.logger = logger;
  }

  int rows() {
    return builder.size();
  }

  int bytes() {
    return builder.bytes();
  }

  /** Decodes a batch on top of what there is. */
  void decode(EventBatch events) {
    int rows = builder.size();
    builder.events(events);
    try {
      decoder.decode(events, builder);
    } catch (RuntimeException | StackOverflowError defect) {
      note(defect);
      builder.retract(rows);
      decodeOneByOne(events);
    }
  }

  private void decodeOneByOne(EventBatch events) {
    for (int i = 0; i < events.size(); i++) {
      EventBatch one = new EventSlice(events, i, i + 1);
      int rows = builder.size();
      builder.events(one);
      try {
        decoder.decode(one, builder);
      } catch (RuntimeException | StackOverflowError defect) {
        builder.retract(rows);
        builder.events(one);
        builder.event(0);
        builder.reject("the decoder failed on this event: " + defect);
      }
    }
  }

  private void note(Throwable defect) {
    if (defects++ % 1000 == 0) {
      logger.log(System.Logger.Level.ERROR, "the decoder has a defect", defect);
    }
  }

  /** What was decoded so far, transformed. */
  PointBatch take() {
    PointBatch batch = builder.build();
    for (Transform transform : transforms) {
      PointBatch next = apply(transform, batch);
      builder.recycle(batch);
      batch = next;
    }
    return batch;
  }

  private PointBatch apply(Transform transform, PointBatch in) {
    transformed.eventsOf(in);
    try {
      transform.apply(in, transformed);
      return transformed.build();
    } catch (RuntimeException | StackOverflowError defect) {
      note(defect);
      transformed.build();
      return applyOneByOne(transform, in);
    }
  }

  private PointBatch applyOneByOne(Transform transform, PointBatch in) {
    PointBatchBuilder out = new PointBatchBuilder();
    out.eventsOf(in);
    for (int row = 0; row < in.size(); row++) {
      PointBatchBuilder single = new PointBatchBuilder();
      single.eventsOf(in);
      single.copyRow(in, row);
      PointBatch one = single.build();
      PointBatchBuilder scratch = new PointBatchBuilder();
      scratch.eventsOf(one);
      try {
        transform.apply(one, scratch);
        PointBatch result = scratch.build();
        for (int r = 0; r < result.size(); r++) {
          out.copyRow(result, r);
        }
      } catch (RuntimeException | StackOverflowError defect) {
        out.originOf(in, row);
        out.reject("a transform failed on this event: " + defect);
      }
    }
    return out.build();
  }

  /** Takes back the arrays of a batch that nobody reads any more. */
  void recycle(PointBatch batch) {
    builder.recycle(batch);
  }
}
