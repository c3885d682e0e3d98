package io.modelvane.spi;

/**
 * Changes points on their way: batch in, batch out. One instance belongs to one pipeline and is
 * called by one thread at a time.
 */
public interface Transform extends Component {
  /**
   * Writes to {@code out} what shall go on: copies ({@link PointBatchBuilder#copyRow}), changed
   * rows or new ones. A row that is not written is dropped on purpose and counted. Every row
   * belongs to the event of the row it was made from: call {@link PointBatchBuilder#originOf}
   * first.
   */
  void apply(PointBatch in, PointBatchBuilder out);
}
