package io.modelvane.alerting.silence;

import io.modelvane.spi.Incident;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * Keeps notifications back from its start until its end. Whoever was told of an incident before is
 * still told of its end.
 *
 * @param id given by {@link Silences#create}
 * @param draft what was asked for
 * @param created when it was made
 * @param ended when and by whom it was ended before its time
 */
public record Silence(String id, Draft draft, Instant created, Optional<Ending> ended) {
  private static final int LONGEST_TEXT = 2_000;

  /**
   * A silence to be made.
   *
   * @param matchers which incidents it is about
   * @param starts from when on, inclusive
   * @param ends until when, exclusive
   * @param author who asks for it
   * @param comment why; may be empty
   */
  public record Draft(
      Matchers matchers, Instant starts, Instant ends, String author, String comment) {
    /**
     * Checks what can be checked without a clock.
     *
     * @throws IllegalArgumentException with words for the user
     */
    public Draft {
      if (!ends.isAfter(starts)) {
        throw new IllegalArgumentException(
            "it ends before it starts: starts %s, ends %s".formatted(starts, ends));
      }
      author = text("author", author);
      comment = text("comment", comment);
      if (author.isEmpty()) {
        throw new IllegalArgumentException("say who makes it: the author is missing");
      }
    }

    private static String text(String what, String text) {
      String stripped = text.strip();
      if (stripped.length() > LONGEST_TEXT) {
        throw new IllegalArgumentException(
            "the %s is longer than %d characters".formatted(what, LONGEST_TEXT));
      }
      return stripped;
    }
  }

  /**
   * An end before the time.
   *
   * @param at when
   * @param by who ended it
   */
  public record Ending(Instant at, String by) {}

  /** Where it stands in time. */
  public enum State {
    /** It has yet to start. */
    PENDING,
    /** It keeps notifications back. */
    ACTIVE,
    /** It is over. */
    ENDED;

    /** As in configuration and in answers: {@code active}. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** When it is over, or was. */
  public Instant until() {
    return ended.map(Ending::at).orElse(draft.ends());
  }

  /** Where it stands. */
  public State state(Instant now) {
    if (!now.isBefore(until())) {
      return State.ENDED;
    }
    return now.isBefore(draft.starts()) ? State.PENDING : State.ACTIVE;
  }

  /** Whether it keeps back what there is to tell of an incident now. */
  public boolean covers(Incident incident, Instant now) {
    return state(now) == State.ACTIVE && draft.matchers().test(incident);
  }
}
