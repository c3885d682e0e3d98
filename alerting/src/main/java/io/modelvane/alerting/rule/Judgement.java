package io.modelvane.alerting.rule;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Whether something is told now.
 *
 * @param speaking the rules that may tell it now, in order; none when it is kept back
 * @param suppression what keeps it back; empty when something may tell it
 */
public record Judgement(List<String> speaking, Optional<Suppression> suppression) {
  /** Copies the list. */
  public Judgement {
    speaking = List.copyOf(speaking);
  }

  /**
   * Judges.
   *
   * @param rules those that ask for it, at least one
   * @param all what keeps back the incident as a whole
   * @param hours what keeps back single rules
   */
  static Judgement of(
      List<String> rules, Optional<Suppression> all, List<Optional<Suppression>> hours) {
    if (all.isPresent()) {
      return new Judgement(List.of(), all);
    }
    List<String> speaking = new ArrayList<>();
    Optional<Suppression> first = Optional.empty();
    for (int i = 0; i < rules.size(); i++) {
      Optional<Suppression> suppressed = hours.get(i);
      if (suppressed.isEmpty()) {
        speaking.add(rules.get(i));
      } else if (first.isEmpty() || until(suppressed).isBefore(until(first))) {
        first = suppressed;
      }
    }
    return new Judgement(speaking, speaking.isEmpty() ? first : Optional.empty());
  }

  private static Instant until(Optional<Suppression> suppression) {
    return suppression.map(Suppression::until).orElse(Instant.MAX);
  }
}
