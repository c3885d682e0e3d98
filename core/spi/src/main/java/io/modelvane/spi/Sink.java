package io.modelvane.spi;

import java.time.Instant;
import java.util.concurrent.CompletionStage;

/**
 * Where points go. Shared by all pipelines that name it: {@link #write} may be called by several
 * threads at once.
 */
public interface Sink extends Component {
  /**
   * Makes one attempt to store a batch. Writing the same rows again must be harmless.
   *
   * <p>Must not block for long; waiting belongs in the stage. The batch stays valid until the stage
   * completes and must not be kept after it. A stage that completes exceptionally, a thrown
   * exception, or null for the stage or its outcome counts as {@code RETRYABLE} the first times and
   * as {@code FATAL} when it goes on.
   *
   * @return completes with what came of it, by any thread
   */
  CompletionStage<Outcome> write(PointBatch batch);

  /**
   * As {@link #write(PointBatch)}, for sinks that take in the rows long before they are safe: the
   * engine calls this one. Whoever runs {@code taken} says that it looks at the batch no more; the
   * memory of the batch is used for others at once, and the batch counts as in flight no longer.
   * Its position is acknowledged only when the stage completes with {@code DONE} all the same.
   * Since the rows cannot be offered again, any other answer then stops the pipeline, which reads
   * from the last acknowledged position when it is started again. The default never says so.
   *
   * @param taken run once at the most, by any thread, before the stage completes
   * @return completes with what came of it, by any thread
   */
  default CompletionStage<Outcome> write(PointBatch batch, Runnable taken) {
    return write(batch);
  }

  /**
   * Tells that everything {@code pipeline}'s source had got before {@code time} has been written
   * here and answered or taken. Comes between writes, by the pipeline's thread, a few times a
   * second while there is progress to tell, and always later than before for the same pipeline;
   * stands still while the source is behind or cut off. Before any of them begins, it comes once
   * for each pipeline that feeds this sink, with {@link Instant#EPOCH}. Must not block. For those
   * who notice silence; the default does nothing.
   */
  default void completeUntil(String pipeline, Instant time) {}

  /** How this sink likes its work. Constant over its life. */
  default SinkTraits traits() {
    return SinkTraits.DEFAULT;
  }
}
