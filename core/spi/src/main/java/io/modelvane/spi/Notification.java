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
