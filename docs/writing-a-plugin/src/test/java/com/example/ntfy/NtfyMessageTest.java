package com.example.ntfy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.modelvane.spi.Incident;
import io.modelvane.spi.IncidentStep;
import io.modelvane.spi.Level;
import io.modelvane.spi.Notification;
import io.modelvane.spi.Series;
import io.modelvane.spi.Status;
import io.modelvane.spi.Tag;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class NtfyMessageTest {
  private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");
  private static final Series SERIES =
      Series.of("algorithmia", List.of(new Tag("algorithm_name", "credit_card_approval")));

  private final NtfyMessage message =
      new NtfyMessage(
          new NtfyOptions(URI.create("https://ntfy.sh"), "ml-alerts", Optional.empty(), 5));

  private static Notification notification(Level level, IncidentStep step, String words) {
    Status status =
        new Status(
            "risky",
            "threshold",
            SERIES,
            level,
            NOW,
            NOW,
            Optional.of("risk_score"),
            OptionalDouble.of(0.91),
            words,
            Map.of());
    return new Notification(
        "n-1",
        "page",
        new Incident("i-1", "k-1", "risky", SERIES, level, Level.CRIT, NOW, 3),
        step,
        Level.OK,
        status,
        NOW,
        1,
        false,
        Optional.of(URI.create("https://grafana.example/d/1")),
        Map.of());
  }

  @Test
  void aCritIsUrgentAndLinksToWhereToLook() {
    assertEquals(
        "{\"topic\":\"ml-alerts\",\"title\":\"CRIT risky\",\"message\":\"risk_score is 0.91\","
            + "\"priority\":5,\"click\":\"https://grafana.example/d/1\"}",
        message.json(notification(Level.CRIT, IncidentStep.OPENED, "risk_score is 0.91")));
  }

  @Test
  void whatWouldBreakTheJsonIsEscaped() {
    assertEquals(
        "{\"topic\":\"ml-alerts\",\"title\":\"RESOLVED risky\",\"message\":\"\\\"a\\\\b\\u000a\","
            + "\"priority\":3,\"click\":\"https://grafana.example/d/1\"}",
        message.json(notification(Level.OK, IncidentStep.RESOLVED, "\"a\\b\n")));
  }
}
