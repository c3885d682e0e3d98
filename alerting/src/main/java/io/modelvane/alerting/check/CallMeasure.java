package io.modelvane.alerting.check;

import io.modelvane.alerting.codec.ByteReader;
import io.modelvane.alerting.codec.ByteWriter;
import io.modelvane.spi.FieldKey;
import io.modelvane.spi.Level;
import java.util.Map;
import java.util.Optional;

/** What single calls are asked for. Belongs to one evaluator, unless it remembers nothing. */
interface CallMeasure {
  /** The field it looks at, if it is one. */
  Optional<FieldKey> field();

  /**
   * What a call says; nothing where it lacks what is asked for, or where there was an error.
   *
   * @param out hears why it says nothing, where that is worth counting
   */
  Estimate read(Row row, Verdicts out);

  /** What the last call that said something had, in words. */
  String sentence(Estimate found, Map<String, String> details);

  /** Why the last call could not be judged, where that is an error; empty otherwise. */
  default String trouble() {
    return "";
  }

  /** What becomes of the level then; empty where it stays. */
  default Optional<Level> onTrouble() {
    return Optional.empty();
  }

  /** Writes what it remembers. */
  default void encode(ByteWriter out) {}

  /** Reads it back. */
  default void decode(ByteReader in) {}
}
