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
   * completes and must not be kept after it. A stage that completes exceptionally, or a thrown
   * exception, counts as {@code RETRYABLE} the first times and as {@code FATAL} when it goes on.
   *
   * @return completes with what came of it, by any thread
   */
  CompletionStage<Outcome> write(PointBatch batch);

  /**
   * Tells that everything {@code pipeline}'s source had got before {@code time} has been written
   * here and answered. Comes between writes, by the pipeline's thread, a few times a second while
   * there is progress to tell, and always later than before for the same pipeline; stands still
   * while the source is behind or cut off. Before any of them begins, it comes once for each
   * pipeline that feeds this sink, with {@link Instant#EPOCH}. Must not block. For those who notice
   * silence; the default does nothing.
   */
  default void completeUntil(String pipeline, Instant time) {}

  /** How this sink likes its work. Constant over its life. */
  default SinkTraits traits() {
    return SinkTraits.DEFAULT;
  }
}
