package io.modelvane.alerting.api;

import io.modelvane.alerting.history.Digest;
import io.modelvane.spi.Incident;
import io.modelvane.spi.IncidentStep;
import io.modelvane.spi.Level;
import io.modelvane.spi.Notification;
import io.modelvane.spi.Series;
import io.modelvane.spi.Status;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** A notification that says of itself that it is a test and that nothing is wrong. */
final class TestMessage {
  static final String CHECK = "test";
  private static final String WORDS =
      "This is a test of the endpoint %s, asked for by somebody. Nothing is wrong.";

  private TestMessage() {}

  /** A test; two tests of one endpoint are of one incident. */
  static Notification of(String endpoint, Instant now, Optional<URI> link) {
    Series series = Series.of("modelvane_test", List.of());
    String key = Digest.of("test", endpoint).hex(32);
    Incident incident =
        new Incident(
            key + "-" + now.toEpochMilli(), key, CHECK, series, Level.INFO, Level.INFO, now, 1);
    Status status =
        new Status(
            CHECK,
            CHECK,
            series,
            Level.INFO,
            now,
            now,
            Optional.empty(),
            OptionalDouble.empty(),
            WORDS.formatted(endpoint),
            Map.of());
    return new Notification(
        Digest.of("test", endpoint, now.toString()).hex(32),
        CHECK,
        incident,
        IncidentStep.OPENED,
        Level.OK,
        status,
        now,
        1,
        false,
        link,
        Map.of());
  }
}
