package io.modelvane.spi;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One message about one incident step to one endpoint.
 *
 * <p>It may be about several incidents at once. Then {@link #incident()} and {@link #status()}
 * stand for all of them: an incident with an id and a key of its own, the worst of their levels,
 * the tags they share, and a message that counts them and names the first. A notifier that knows
 * nothing of {@link #members()} therefore tells the essential.
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
 * @param members the incidents it is about, the worst first, where it is about several; empty where
 *     it is about one
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
    Map<String, String> receipt,
    List<Member> members) {
  /** Copies the collections. */
  public Notification {
    receipt = Map.copyOf(receipt);
    members = List.copyOf(members);
  }

  /** A notification about one incident. */
  public Notification(
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
    this(
        id,
        rule,
        incident,
        step,
        previous,
        status,
        at,
        attempt,
        possibleRepeat,
        link,
        receipt,
        List.of());
  }

  /**
   * One of several incidents that a notification is about.
   *
   * @param incident as it stands now
   * @param status the verdict behind it
   */
  public record Member(Incident incident, Status status) {}
}
