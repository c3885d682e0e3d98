package io.modelvane.notifier.pagerduty;

import io.modelvane.spi.Option;
import io.modelvane.spi.Secret;
import io.modelvane.toolkit.MessageValues;
import java.net.URI;
import java.time.Duration;

/** Options of the notifier {@code pagerduty}. */
record PagerDutyOptions(
    @Option(
            description = "Integration key of a service with Events API v2.",
            example = "${env:PAGERDUTY_KEY}")
        Secret routingKey,
    @Option(
            description = "Where events go; accounts in the EU have a host of their own.",
            defaultValue = "https://events.pagerduty.com/v2/enqueue",
            example = "https://events.eu.pagerduty.com/v2/enqueue")
        URI url,
    @Option(
            description = "Template of the summary, which is what the phone says.",
            defaultValue = MessageValues.TITLE + " - {{message}}")
        String summary,
    @Option(description = "Template of the source.", defaultValue = "{{series}}") String source,
    @Option(
            description = "Longest time for a call.",
            defaultValue = "10s",
            min = "100ms",
            max = "60s")
        Duration timeout) {}
