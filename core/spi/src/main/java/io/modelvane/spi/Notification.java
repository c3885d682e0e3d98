package io.modelvane.spi;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

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

  /**
   * A message that says of itself that it is a test and that nothing is wrong, for whoever wants to
   * know whether an endpoint works. All tests of an endpoint are of one series, so that a receiver
   * that keeps incidents keeps one; nothing ends it but the receiver.
   *
   * @param endpoint the notifier's name
   */
  public static Notification test(String endpoint, Instant now) {
    Series series = Series.of("modelvane_test", List.of(new Tag("endpoint", endpoint)));
    String key = HexFormat.of().formatHex(("test " + endpoint).getBytes(StandardCharsets.UTF_8));
    String shortKey = key.substring(0, Math.min(key.length(), 64));
    String id = shortKey + "-" + Long.toHexString(now.toEpochMilli());
    String words =
        "This is a test of the endpoint %s, asked for by somebody. Nothing is wrong."
            .formatted(endpoint);
    Status status =
        new Status(
            "test",
            "test",
            series,
            Level.INFO,
            now,
            now,
            Optional.empty(),
            OptionalDouble.empty(),
            words,
            Map.of());
    return new Notification(
        id,
        "test",
        new Incident(id, shortKey, "test", series, Level.INFO, Level.INFO, now, 1),
        IncidentStep.OPENED,
        Level.OK,
        status,
        now,
        1,
        false,
        Optional.empty(),
        Map.of());
  }
}
