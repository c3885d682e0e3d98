package io.modelvane.alerting.outbox;

import io.modelvane.alerting.outbox.OutboxRows.Backlog;
import io.modelvane.spi.ComponentContext;
import io.modelvane.spi.Meters;
import io.modelvane.spi.Outcome;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;

/** What one endpoint counts. */
final class EndpointMeters {
  private final Meters meters;
  private final String endpoint;
  private final Meters.Timer delivery;
  private volatile Backlog backlog = Backlog.NONE;

  EndpointMeters(ComponentContext context, String endpoint) {
    this.meters = context.meters();
    this.endpoint = endpoint;
    Map<String, String> tags = Map.of("endpoint", endpoint);
    this.delivery = meters.timer("delivery_seconds", "How long an attempt to notify takes.", tags);
    meters.gauge("outbox_size", "Notifications waiting to be sent.", tags, () -> backlog.size());
    meters.gauge(
        "outbox_oldest_seconds",
        "How long the oldest notification has been waiting.",
        tags,
        () -> age(context.clock().millis()));
  }

  private double age(long now) {
    Backlog current = backlog;
    return current.size() == 0 ? 0 : Math.max(0, now - current.oldest()) / 1000.0;
  }

  String endpoint() {
    return endpoint;
  }

  /** Counts an attempt and what came of it. */
  void attempted(Outcome.Kind outcome, Duration took) {
    delivery.record(took);
    meters
        .counter(
            "notifications",
            "Attempts to notify, by what came of them.",
            Map.of("endpoint", endpoint, "outcome", outcome.name().toLowerCase(Locale.ROOT)))
        .add(1);
  }

  void backlog(Backlog current) {
    backlog = current;
  }
}
