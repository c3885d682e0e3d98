package io.modelvane.alerting;

import io.modelvane.alerting.check.CheckOptions;
import io.modelvane.alerting.rule.RuleOptions;
import io.modelvane.spi.Option;
import io.modelvane.spi.SinkRef;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Options of the sink {@code alerting}. */
record AlertingOptions(
    @Option(
            description =
                "Sink that stores statuses and notifications as points, in InfluxDB's own schema;"
                    + " they are not stored when not given.",
            example = "influx")
        Optional<SinkRef> recordTo,
    @Option(description = "What to watch for, by name.") Map<String, CheckOptions> checks,
    @Option(description = "Whom to tell of what, by name.") Map<String, RuleOptions> rules,
    @Option(
            description = "Where to look, told in every notification: a dashboard, a runbook.",
            example = "https://grafana.example.com/d/models")
        Optional<URI> link,
    @Option(
            description =
                "Tells somebody every so often that evaluation goes on, so that its end is"
                    + " noticed.",
            example = "{ notify: watchdog, every: 1m }")
        Optional<HeartbeatOptions> heartbeat,
    @Option(
            description =
                "A status is stored when its level changes, and otherwise at most this often per"
                    + " check and series.",
            defaultValue = "1m",
            min = "1ms")
        Duration recordEvery,
    @Option(
            description =
                "Longest time until what was evaluated is on the disk and acknowledged. A change of"
                    + " a level does not wait for it.",
            defaultValue = "200ms",
            min = "1ms",
            max = "10s")
        Duration commitEvery) {}
