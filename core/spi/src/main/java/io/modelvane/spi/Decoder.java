package io.modelvane.spi;

/**
 * Turns the bytes of events into points. One instance belongs to one pipeline and is called by one
 * thread at a time; it may keep caches.
 */
public interface Decoder extends Component {
  /**
   * Decodes a batch: for each event, in order, {@link PointBatchBuilder#event(int)}, then any
   * number of rows, or {@link PointBatchBuilder#reject(String)}. The same event must give the same
   * rows whenever it is decoded again.
   *
   * <p>What it throws is taken for a defect: the engine decodes the batch again event by event and
   * dead-letters those for which it throws.
   */
  void decode(EventBatch events, PointBatchBuilder out);
}
