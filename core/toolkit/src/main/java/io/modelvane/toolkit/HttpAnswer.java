package io.modelvane.toolkit;

import io.modelvane.spi.Delivery;
import io.modelvane.spi.Outcome;
import java.util.Map;
import java.util.OptionalInt;

/**
 * What came of a request.
 *
 * @param usual what the status code, or its absence, means with most services
 * @param status the HTTP status, if one arrived
 * @param body the beginning of the answer's body, secrets masked; what arrived, when it broke off
 * @param sent whether any part of the request may have left; false when there was no connection
 */
public record HttpAnswer(Outcome usual, OptionalInt status, String body, boolean sent) {
  static HttpAnswer none(Outcome failure, boolean sent) {
    return new HttpAnswer(failure, OptionalInt.empty(), "", sent);
  }

  /** Whether this status arrived. */
  public boolean is(int code) {
    return status.isPresent() && status.getAsInt() == code;
  }

  /** As a delivery that means what it usually means. */
  public Delivery asUsual() {
    return as(usual);
  }

  /** As a delivery that means something of its own with this service. */
  public Delivery as(Outcome outcome) {
    return as(outcome, Map.of());
  }

  /** As above, with a receipt for later notifications of the incident. */
  public Delivery as(Outcome outcome, Map<String, String> receipt) {
    return new Delivery(outcome, status, body, receipt, sent);
  }
}
