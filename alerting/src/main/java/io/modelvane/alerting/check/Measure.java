package io.modelvane.alerting.check;

import io.modelvane.alerting.codec.ByteReader;
import io.modelvane.alerting.codec.ByteWriter;
import io.modelvane.spi.FieldKey;
import io.modelvane.spi.Level;
import java.util.Map;
import java.util.Optional;

/**
 * What the windows of one series are asked for. Belongs to one evaluator, and may keep a state of
 * its own.
 */
interface Measure {
  /** The field it looks at, if it is one. */
  Optional<FieldKey> field();

  /** A pane without rows. */
  Pane pane();

  /**
   * What a row adds to its window, in {@link #values()}; false for nothing.
   *
   * @param out hears why there is nothing, where that is worth counting
   */
  boolean read(Row row, Verdicts out);

  /** What was read last; the same array each time. */
  double[] values();

  /**
   * What a window with enough samples says. Asked once per window, in their order; where windows
   * are amended, of some of them again.
   */
  Estimate conclude(Pane window, long end);

  /** A window's value in words. */
  String sentence(Estimate value, long samples, Map<String, String> details);

  /** Why the last window could not be judged, where that is an error; empty otherwise. */
  default String trouble() {
    return "";
  }

  /** What becomes of the level then; empty where it stays. */
  default Optional<Level> onTrouble() {
    return Optional.empty();
  }

  /**
   * How long after the end of a window another ends whose value rests on it as well, in
   * nanoseconds; 0 where none does.
   */
  default long echo() {
    return 0;
  }

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
