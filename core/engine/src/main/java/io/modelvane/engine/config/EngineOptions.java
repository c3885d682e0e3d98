package io.modelvane.engine.config;

import io.modelvane.spi.Option;
import java.nio.file.Path;
import java.time.Duration;

/** What concerns the product as a whole: keys at the top of the configuration. */
public record EngineOptions(
    @Option(
            description =
                "Folder for local state and dead letters. One running Modelvane owns it at a time.",
            defaultValue = "data")
        Path data,
    @Option(
            description =
                "`/live`, `/ready`, `/metrics` (Prometheus text), and the API at `/api/v1/`.",
            defaultValue = "{}")
        HttpOptions http,
    @Option(
            description = "How long a stop may take, draining what is in flight included.",
            defaultValue = "20s",
            min = "1s")
        Duration stopWithin) {}
