package io.modelvane.alerting.rule;

import io.modelvane.spi.Option;
import java.time.Duration;

/** Options: how many messages an endpoint gets. */
public record LimitOptions(
    @Option(description = "So many messages.", min = "1", example = "20") int atMost,
    @Option(description = "Within so long.", min = "1s", example = "1m") Duration per) {}
