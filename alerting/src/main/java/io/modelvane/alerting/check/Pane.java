package io.modelvane.alerting.check;

import io.modelvane.alerting.codec.ByteReader;
import io.modelvane.alerting.codec.ByteWriter;

/**
 * A stretch of time that windows are made of, and what a measure needs to know of it. Panes of one
 * window are merged; but for the last digits of a sum, the order does not matter.
 */
interface Pane {
  /** The number of rows in it. */
  long count();

  /** Takes in what a measure has read of a row. */
  void add(double[] values, long time);

  /** Takes in a pane of the same kind that is not used any more. */
  void merge(Pane other);

  void encode(ByteWriter out);

  void decode(ByteReader in);
}
