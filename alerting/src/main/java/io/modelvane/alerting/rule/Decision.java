package io.modelvane.alerting.rule;

import java.time.Duration;
import java.util.List;

/**
 * What the rules say to one step of an incident.
 *
 * @param told who shall be told, each endpoint once
 * @param reminders which reminders begin to run, or run anew
 * @param ended rules whose reminders of this incident end
 */
public record Decision(List<Told> told, List<Reminder> reminders, List<String> ended) {
  /** Copies the lists. */
  public Decision {
    told = List.copyOf(told);
    reminders = List.copyOf(reminders);
    ended = List.copyOf(ended);
  }

  /**
   * One endpoint to be told.
   *
   * @param endpoint the notifier's name
   * @param rule the first rule that asks for it; empty when it is told only because it was told of
   *     the incident before
   */
  public record Told(String endpoint, String rule) {}

  /**
   * A reminder to be given later.
   *
   * @param rule the rule that asks for it
   * @param endpoint the notifier's name
   * @param every how often
   */
  public record Reminder(String rule, String endpoint, Duration every) {}
}
