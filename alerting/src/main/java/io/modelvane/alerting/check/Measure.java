package io.modelvane.alerting.check;

import io.modelvane.alerting.codec.ByteReader;
import io.modelvane.alerting.codec.ByteWriter;
import io.modelvane.spi.FieldKey;
import java.util.Map;
import java.util.Optional;

/**
 * What the windows of one series are asked for. Belongs to one evaluator, and may keep a state of
 * its own.
 */
interface Measure {
  /** The field it looks at, if any. */
  Optional<FieldKey> field();

  /**
   * What a row adds to its window, or NaN for nothing.
   *
   * @param out hears why there is nothing, where that is worth counting
   */
  double read(Row row, Verdicts out);

  /**
   * What a window with enough samples says; its value is NaN where it says nothing. Asked once per
   * window, in their order.
   */
  Estimate conclude(Pane window, long end);

  /** The estimate of the last window again, from its value and the number of its samples. */
  Estimate again(double value, long samples);

  /** A window's value in words. */
  String sentence(Estimate value, long samples, Map<String, String> details);

  /** From when on what it remembers does not matter any more, or {@link Evaluator#NEVER}. */
  default long staleAt() {
    return Evaluator.NEVER;
  }

  /** Forgets that. */
  default void forget() {}

  /** Whether it remembers nothing that matters. */
  default boolean isFresh() {
    return true;
  }

  /** Writes what it remembers. */
  default void encode(ByteWriter out) {}

  /** Reads it back. */
  default void decode(ByteReader in) {}
}
