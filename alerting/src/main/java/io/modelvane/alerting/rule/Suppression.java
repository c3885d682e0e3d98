package io.modelvane.alerting.rule;

import java.time.Instant;
import java.util.Locale;

/**
 * Why something is not told now.
 *
 * @param kind what keeps it back
 * @param by which one of them: a silence's id, a name in the configuration, an incident's id
 * @param reason in one sentence for the user
 * @param until when to look again; {@link Instant#MAX} when no time is known
 */
public record Suppression(Kind kind, String by, String reason, Instant until) {
  /** What keeps something back. The names are in the database: never change one. */
  public enum Kind {
    /** Somebody wants quiet for this incident. */
    SNOOZE,
    /** A silence that somebody made. */
    SILENCE,
    /** A configured maintenance. */
    MAINTENANCE,
    /** Another incident explains it. */
    INHIBITION,
    /** It is outside the hours of the rule, and told when they begin. */
    HOURS,
    /** It is outside the hours of the rule, and not told for good. */
    HOURS_DROPPED;

    /** As in answers: {@code silence}. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Whether it is not told later either. */
  public boolean isForGood() {
    return kind == Kind.HOURS_DROPPED;
  }
}
