package io.modelvane.spi;

import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * One message about one incident step to one endpoint.
 *
 * @param id the same for every attempt and after every restart: the receiver's key to drop repeats
 * @param rule the rule that asked for it
 * @param incident as it stands now
 * @param step what happened
 * @param previous the level before the step
 * @param status the verdict behind it
 * @param at when it was decided
 * @param attempt 1 for the first
 * @param possibleRepeat whether an earlier attempt may have arrived without our knowing
 * @param link where to look, if the operator configured it
 * @param receipt what the notifier returned for an earlier notification of the same incident
 *     ({@link Delivery#receipt()}): a Slack thread, say; empty for the first
 */
public record Notification(
    String id,
    String rule,
    Incident incident,
    IncidentStep step,
    Level previous,
    Status status,
    Instant at,
    int attempt,
    boolean possibleRepeat,
    Optional<URI> link,
    Map<String, String> receipt) {
  /** Copies the map. */
  public Notification {
    receipt = Map.copyOf(receipt);
  }
}
