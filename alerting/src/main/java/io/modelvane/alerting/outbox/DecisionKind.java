package io.modelvane.alerting.outbox;

import java.util.Locale;

/** What was decided about telling somebody. The names are in the database: never change one. */
public enum DecisionKind {
  /** It is told. */
  TOLD,
  /** It is kept back, and told when nothing keeps it back any more. */
  HELD,
  /** It is not told, for good. */
  DROPPED,
  /** It was kept back or waited, and is not told any more. */
  CANCELLED,
  /** No rule wants anybody to be told. */
  UNWANTED,
  /** Nobody has acknowledged: somebody else is told. */
  ESCALATED,
  /** Somebody sees to it: reminders and escalation end. */
  ACKNOWLEDGED,
  /** Nobody sees to it after all: reminders and escalation begin anew. */
  UNACKNOWLEDGED,
  /** Somebody wants quiet, or no more quiet. */
  SNOOZED,
  /** Somebody has ended the incident by hand. */
  CLOSED,
  /** It is told to another endpoint as well, since this one cannot be reached. */
  FALLEN_BACK,
  /** It is told together with others. */
  COLLECTED;

  /** As in answers: {@code told}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
