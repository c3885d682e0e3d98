package io.modelvane.engine.pipeline;

import io.modelvane.engine.words.Defect;
import io.modelvane.spi.Decoder;
import io.modelvane.spi.EventBatch;
import io.modelvane.spi.EventRejection;
import io.modelvane.spi.PointBatch;
import io.modelvane.spi.PointBatchBuilder;
import java.util.List;

/**
 * Decodes and transforms. A decoder that throws is asked again event by event, so that only the
 * events for which it throws are rejected; a transform that throws is asked again row by row.
 */
final class DecodeStage {
  /**
   * What has been decoded and transformed.
   *
   * @param batch the rows that go on, and everything that was rejected
   * @param undecoded how many of its rejections, from the first, are the decoder's
   */
  record Taken(PointBatch batch, int undecoded) {}

  private final Decoder decoder;
  private final List<NamedTransform> transforms;
  private final System.Logger logger;
  private final PointBatchBuilder builder = new PointBatchBuilder();
  private final PointBatchBuilder transformed = new PointBatchBuilder();
  private long defects;

  DecodeStage(Decoder decoder, List<NamedTransform> transforms, System.Logger logger) {
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
  void decode(EventBatch events) throws InterruptedException {
    int rows = builder.size();
    builder.events(events);
    try {
      decoder.decode(events, builder);
    } catch (Throwable defect) {
      passWhatNoEventCauses(defect);
      note("the decoder", decoder, defect);
      builder.retract(rows);
      decodeOneByOne(events);
    }
  }

  private void decodeOneByOne(EventBatch events) throws InterruptedException {
    for (int i = 0; i < events.size(); i++) {
      EventBatch one = new EventSlice(events, i, i + 1);
      int rows = builder.size();
      builder.events(one);
      try {
        decoder.decode(one, builder);
      } catch (Throwable defect) {
        passWhatNoEventCauses(defect);
        builder.retract(rows);
        builder.events(one);
        builder.event(0);
        builder.reject("the decoder failed on this event: " + defect);
      }
    }
  }

  /** A class that is missing is missing for every event: the pipeline ends, and loses nothing. */
  private static void passWhatNoEventCauses(Throwable defect) throws InterruptedException {
    Defect.passFatal(defect);
    Defect.passInterrupt(defect);
    if (defect instanceof LinkageError broken) {
      throw broken;
    }
  }

  private void note(String title, Object part, Throwable defect) {
    if (defects++ % 1000 == 0) {
      String words = title + Defect.origin(part) + " has a defect";
      logger.log(System.Logger.Level.ERROR, words, defect);
    }
  }

  /** What was decoded so far, transformed. */
  Taken take() throws InterruptedException {
    PointBatch batch = builder.build();
    int undecoded = batch.rejections().size();
    for (NamedTransform transform : transforms) {
      PointBatch next = apply(transform, batch);
      builder.recycle(batch);
      batch = next;
    }
    return new Taken(batch, undecoded);
  }

  private PointBatch apply(NamedTransform transform, PointBatch in) throws InterruptedException {
    transformed.eventsOf(in);
    try {
      transform.transform().apply(in, transformed);
      return transformed.build();
    } catch (Throwable defect) {
      passWhatNoEventCauses(defect);
      note(transform.title(), transform.transform(), defect);
      transformed.recycle(transformed.build());
      return applyOneByOne(transform, in);
    }
  }

  private PointBatch applyOneByOne(NamedTransform transform, PointBatch in)
      throws InterruptedException {
    PointBatchBuilder out = new PointBatchBuilder();
    PointBatchBuilder single = new PointBatchBuilder();
    PointBatchBuilder scratch = new PointBatchBuilder();
    out.eventsOf(in);
    for (int row = 0; row < in.size(); row++) {
      single.eventsOf(in);
      single.copyRow(in, row);
      PointBatch one = single.build();
      scratch.eventsOf(one);
      String failure = "";
      try {
        transform.transform().apply(one, scratch);
      } catch (Throwable defect) {
        passWhatNoEventCauses(defect);
        failure = transform.title() + " failed on a point of this event: " + defect;
      }
      PointBatch result = scratch.build();
      if (failure.isEmpty()) {
        adopt(in, result, out);
      } else {
        out.originOf(in, row);
        out.reject(failure);
      }
      single.recycle(one);
      scratch.recycle(result);
    }
    return out.build();
  }

  /** Takes over what a transform made of one row: rows, and rejections beyond those before it. */
  private static void adopt(PointBatch in, PointBatch result, PointBatchBuilder out) {
    for (int row = 0; row < result.size(); row++) {
      out.copyRow(result, row);
    }
    List<EventRejection> rejections = result.rejections();
    for (EventRejection own : rejections.subList(in.rejections().size(), rejections.size())) {
      out.reject(own);
    }
  }

  /** Takes back the arrays of a batch that nobody reads any more. */
  void recycle(PointBatch batch) {
    builder.recycle(batch);
  }
}
