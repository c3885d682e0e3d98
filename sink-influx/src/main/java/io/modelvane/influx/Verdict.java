package io.modelvane.influx;

import io.modelvane.spi.FieldType;
import io.modelvane.spi.Outcome;
import java.util.List;
import java.util.Optional;

/** What a reply means for the rows that were sent. */
sealed interface Verdict {
  /** All of them are stored. */
  record Stored() implements Verdict {}

  /**
   * Some are bad and the server said which.
   *
   * @param texts the lines as the server quotes them, or empty when numbers are given
   * @param numbers line numbers from 1, or empty when texts are given
   * @param reasons one for each
   * @param othersStored whether the rest is stored already
   */
  record Named(
      List<String> texts, List<Integer> numbers, List<String> reasons, boolean othersStored)
      implements Verdict {
    public Named {
      texts = List.copyOf(texts);
      numbers = List.copyOf(numbers);
      reasons = List.copyOf(reasons);
    }
  }

  /**
   * Some are bad, and only trying tells which.
   *
   * @param dropped how many at least, where the server counts; else 0
   * @param trait what the bad ones have, where it says so
   */
  record Suspect(String reason, int dropped, Optional<Trait> trait) implements Verdict {}

  /** What rows can have that the server does not take. */
  sealed interface Trait {}

  /** A field that came as {@code type} where the server has it as another. */
  record Conflict(String measurement, String field, FieldType type) implements Trait {}

  /**
   * A time that the bucket no longer keeps.
   *
   * @param bound the earliest that it keeps, in nanoseconds since 1970
   */
  record Expired(long bound) implements Trait {}

  /** Too many bytes at once. */
  record TooLarge(String reason) implements Verdict {}

  /** The compressed body was not understood; sent plainly it may be. */
  record NotInflated() implements Verdict {}

  /**
   * Nothing can be said of single rows.
   *
   * @param inside whether the server itself broke over this request (500), which one row may cause
   */
  record Failed(Outcome outcome, boolean inside) implements Verdict {
    Failed(Outcome outcome) {
      this(outcome, false);
    }
  }
}
