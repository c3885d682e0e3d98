package io.modelvane.engine.decode;

import io.modelvane.spi.FieldKey;
import org.jspecify.annotations.Nullable;

/** What one key of a message is used for; resolved when the key is first met. */
final class Slot {
  /** How a value becomes a field. */
  enum Use {
    FLOAT,
    INTEGER,
    STRING,
    BOOLEAN,
    NONE
  }

  final String path;
  final Use use;
  final @Nullable FieldKey field;

  /** Index of the tag it is, or -1. */
  final int tag;

  /** Rank among the keys for the time, or -1. */
  final int time;

  final boolean identity;

  /** The row it was last seen in, to find keys that occur twice. */
  long seen = -1;

  Slot(String path, Use use, @Nullable FieldKey field, int tag, int time, boolean identity) {
    this.path = path;
    this.use = use;
    this.field = field;
    this.tag = tag;
    this.time = time;
    this.identity = identity;
  }

  /** Whether it is at most a field, and neither tag, time nor identity. */
  boolean isPlain() {
    return tag < 0 && time < 0 && !identity;
  }
}
