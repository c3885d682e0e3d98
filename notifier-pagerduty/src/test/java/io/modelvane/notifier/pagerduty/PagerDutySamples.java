package io.modelvane.notifier.pagerduty;

import io.modelvane.spi.Secret;
import io.modelvane.toolkit.MessageValues;
import java.net.URI;
import java.time.Duration;

/** Options as the engine would bind them. */
final class PagerDutySamples {
  private PagerDutySamples() {}

  static PagerDutyOptions options(URI url, Duration timeout) {
    return new PagerDutyOptions(
        Secret.of(EventsApi.KEY),
        url,
        MessageValues.TITLE + " - {{message}}",
        "{{series}}",
        timeout);
  }

  static PagerDutyOptions withTemplates(String summary, String source) {
    return new PagerDutyOptions(
        Secret.of(EventsApi.KEY),
        URI.create("https://events.pagerduty.com/v2/enqueue"),
        summary,
        source,
        Duration.ofSeconds(10));
  }
}
