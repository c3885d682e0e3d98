package io.modelvane.alerting;

import io.modelvane.spi.NotifierRef;
import io.modelvane.spi.Option;
import java.time.Duration;

/** Options of {@code heartbeat}. */
record HeartbeatOptions(
    @Option(
            description =
                "Who is told: a notifier, of type `http` for instance with the URL of a dead man's"
                    + " switch.",
            example = "watchdog")
        NotifierRef notify_,
    @Option(
            description =
                "How often. The other side should raise the alarm when it has missed two or three.",
            defaultValue = "1m",
            min = "5s",
            max = "1d")
        Duration every) {}
