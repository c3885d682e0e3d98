package io.modelvane.influx;

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

  /** Some are bad, and only trying tells which. */
  record Suspect(String reason) implements Verdict {}

  /** Too many bytes at once. */
  record TooLarge(String reason) implements Verdict {}

  /** The compressed body was not understood; sent plainly it may be. */
  record NotInflated(String reason) implements Verdict {}

  /** Nothing can be said of single rows. */
  record Failed(io.modelvane.spi.Outcome outcome) implements Verdict {}

  /** The outcome of a failure, for callers that stop there. */
  default Optional<io.modelvane.spi.Outcome> failure() {
    return this instanceof Failed failed ? Optional.of(failed.outcome()) : Optional.empty();
  }
}
