package io.modelvane.alerting.check;

import java.util.Optional;

/**
 * What an expression names.
 *
 * @param kind what is behind it
 * @param of the name of a field or a tag; empty where calls are counted
 * @param aggregate what a window's values are made into, for that kind
 */
record Variable(Kind kind, String of, Optional<Aggregate> aggregate) {
  /** What is behind a name. */
  enum Kind {
    /** A field as a number. */
    NUMBER,
    /** A field as text. */
    TEXT,
    /** A tag. */
    TAG,
    /** An aggregate over a window. */
    AGGREGATE
  }

  /** As one writes it. */
  @Override
  public String toString() {
    return aggregate.map(a -> Words.of(a) + "(" + of + ")").orElse(of);
  }

  boolean isText() {
    return kind == Kind.TEXT || kind == Kind.TAG;
  }
}
