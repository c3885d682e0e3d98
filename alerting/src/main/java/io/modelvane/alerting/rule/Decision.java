package io.modelvane.alerting.rule;

import java.util.List;

/**
 * What the rules say to one step of an incident.
 *
 * @param told who shall be told, each endpoint once
 * @param ended rules that are not about the incident as it stands now
 */
public record Decision(List<Told> told, List<String> ended) {
  /** Copies the lists. */
  public Decision {
    told = List.copyOf(told);
    ended = List.copyOf(ended);
  }

  /**
   * One endpoint to be told.
   *
   * @param endpoint the notifier's name
   * @param rules the rules that ask for it, in order; none when it is told only because it was told
   *     of the incident before
   */
  public record Told(String endpoint, List<String> rules) {
    /** Copies the list. */
    public Told {
      rules = List.copyOf(rules);
    }
  }
}
