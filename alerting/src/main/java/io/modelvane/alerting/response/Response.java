package io.modelvane.alerting.response;

import java.time.Instant;
import java.util.Optional;

/**
 * What people said to one incident. It ends with the incident.
 *
 * @param incident the incident's id
 * @param acknowledged by whom somebody sees to it
 * @param snoozed until when there is to be quiet, over or not
 */
public record Response(
    String incident, Optional<Acknowledgement> acknowledged, Optional<Snooze> snoozed) {
  private static final int LONGEST_TEXT = 2_000;

  /**
   * Who says something, and why.
   *
   * @param author who
   * @param comment why; may be empty
   */
  public record Remark(String author, String comment) {
    /**
     * Strips both.
     *
     * @throws IllegalArgumentException with words for the user
     */
    public Remark {
      author = author.strip();
      comment = comment.strip();
      if (author.isEmpty()) {
        throw new IllegalArgumentException("say who you are: the author is missing");
      } else if (Math.max(author.length(), comment.length()) > LONGEST_TEXT) {
        throw new IllegalArgumentException(
            "author and comment may have %d characters each".formatted(LONGEST_TEXT));
      }
    }
  }

  /**
   * Somebody sees to it: no reminders and no escalation any more.
   *
   * @param remark by whom
   * @param at when
   */
  public record Acknowledgement(Remark remark, Instant at) {}

  /**
   * Quiet for this incident for a while.
   *
   * @param remark by whom
   * @param at when
   * @param until when what stands then is told
   */
  public record Snooze(Remark remark, Instant at, Instant until) {}

  /** Until when there is quiet; empty when there is none now. */
  public Optional<Instant> quietUntil(Instant now) {
    return snoozed.map(Snooze::until).filter(now::isBefore);
  }
}
