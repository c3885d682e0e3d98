package io.modelvane.spi;

import java.util.Map;
import java.util.OptionalInt;

/**
 * What came of one attempt to deliver a notification.
 *
 * @param outcome the classification the outbox acts on; {@code REJECTED} is never tried again
 * @param statusCode the HTTP or SMTP code, if one arrived
 * @param answer at most the first 1,024 characters of the answer, secrets masked
 * @param receipt what later notifications of the same incident shall get back
 */
public record Delivery(
    Outcome outcome, OptionalInt statusCode, String answer, Map<String, String> receipt) {
  /** Copies the map and cuts the answer. */
  public Delivery {
    receipt = Map.copyOf(receipt);
    answer = answer.length() > 1024 ? answer.substring(0, 1024) : answer;
  }

  /** A failure before any answer arrived. */
  public static Delivery failed(Outcome outcome) {
    return new Delivery(outcome, OptionalInt.empty(), "", Map.of());
  }
}
