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

  /** Its name is one that InfluxDB keeps for itself. */
  final boolean reserved;

  /** Another key may be stored under the same name. */
  final boolean renamed;

  /** The store knows the field by another name: another key may come to have the same. */
  final boolean altered;

  /** The row it was last seen in, to find keys that occur twice. */
  long seen = -1;

  private Slot(Role role, Use use, @Nullable FieldKey field, boolean renamed) {
    this.path = role.path;
    this.use = use;
    this.field = field;
    this.tag = role.tag;
    this.time = role.time;
    this.identity = role.identity;
    this.reserved = role.reserved;
    this.renamed = renamed;
    this.altered = field != null && field.isAltered();
  }

  /** What a key is besides a field. */
  record Role(String path, int tag, int time, boolean identity, boolean reserved) {
    Slot field(Use use, FieldKey key, boolean renamed) {
      return new Slot(this, use, key, renamed);
    }

    Slot noField() {
      return new Slot(this, Use.NONE, null, false);
    }
  }

  /** Whether it is at most a field, and neither tag, time nor identity. */
  boolean isPlain() {
    return tag < 0 && time < 0 && !identity;
  }
}
