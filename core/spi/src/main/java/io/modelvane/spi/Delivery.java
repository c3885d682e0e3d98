package io.modelvane.spi;

import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * What came of one attempt to deliver a notification.
 *
 * <p>After a failure the outbox has to know whether the notification may have arrived all the same.
 * One that failed with a {@code RETRYABLE} outcome and without an answer may have: the next attempt
 * is marked as a {@linkplain Notification#possibleRepeat() possible repeat}, and the end of the
 * incident is told whatever happens. Where it is certain that nothing was sent (the connection was
 * refused, the host is unknown, TLS failed), answer with {@link #notSent}: the next attempt is as
 * good as the first, and an incident that is over by then is not told at all.
 *
 * <p>Where one notification goes to several receivers and some cannot take it now, answer with
 * {@link #partly}: the incident counts as told, only this notification waits, and the next attempt
 * gets the receipt back, which says who has to get it still.
 *
 * @param outcome the classification the outbox acts on; {@code REJECTED} is never tried again
 * @param statusCode the HTTP or SMTP code, if one arrived
 * @param answer at most the first 1,024 characters of the answer, secrets masked
 * @param receipt what later notifications of the same incident shall get back
 * @param sent whether any part of the notification may have left; false only when it is certain
 *     that none did, and never with {@code DONE}
 * @param partly whether some of several receivers have got it, and the others may later
 */
public record Delivery(
    Outcome outcome,
    OptionalInt statusCode,
    String answer,
    Map<String, String> receipt,
    boolean sent,
    boolean partly) {
  /** Copies the map and cuts the answer; refuses null. */
  public Delivery {
    Objects.requireNonNull(outcome, "a delivery needs an outcome");
    Objects.requireNonNull(statusCode, "a delivery needs a statusCode, which may be empty");
    Objects.requireNonNull(answer, "a delivery needs an answer, which may be empty");
    receipt = Map.copyOf(Objects.requireNonNull(receipt, "a delivery needs a receipt"));
    answer = answer.length() > 1024 ? answer.substring(0, 1024) : answer;
    if (!sent && outcome.kind() == Outcome.Kind.DONE) {
      throw new IllegalArgumentException("what was not sent cannot be done");
    }
    boolean again =
        outcome.kind() == Outcome.Kind.RETRYABLE || outcome.kind() == Outcome.Kind.THROTTLED;
    if (partly && !(sent && again)) {
      throw new IllegalArgumentException("what is done in part is tried again");
    }
  }

  /** An attempt that succeeded or failed as a whole. */
  public Delivery(
      Outcome outcome,
      OptionalInt statusCode,
      String answer,
      Map<String, String> receipt,
      boolean sent) {
    this(outcome, statusCode, answer, receipt, sent, false);
  }

  /** An attempt that was sent, or may have been. */
  public Delivery(
      Outcome outcome, OptionalInt statusCode, String answer, Map<String, String> receipt) {
    this(outcome, statusCode, answer, receipt, true);
  }

  /**
   * Some of several receivers have got it, and the others may later.
   *
   * @param outcome when it may be tried again: {@code RETRYABLE} or {@code THROTTLED}
   * @param statusCode the code of those who have not got it
   * @param answer of those who have not got it
   * @param receipt who has to get it still, for the next attempt
   */
  public static Delivery partly(
      Outcome outcome, OptionalInt statusCode, String answer, Map<String, String> receipt) {
    return new Delivery(outcome, statusCode, answer, receipt, true, true);
  }

  /** A failure before any answer arrived; the notification may have arrived all the same. */
  public static Delivery failed(Outcome outcome) {
    return new Delivery(outcome, OptionalInt.empty(), "", Map.of());
  }

  /** A failure before anything was sent: the notification has certainly not arrived. */
  public static Delivery notSent(Outcome outcome) {
    return new Delivery(outcome, OptionalInt.empty(), "", Map.of(), false);
  }
}
