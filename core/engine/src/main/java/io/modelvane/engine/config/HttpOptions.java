package io.modelvane.engine.config;

import io.modelvane.spi.Option;

/** The small HTTP server for health and metrics. */
public record HttpOptions(
    @Option(description = "Address to listen on.", defaultValue = "127.0.0.1") String host,
    @Option(
            description = "Port; 0 takes any free one.",
            defaultValue = "9464",
            min = "0",
            max = "65535")
        int port) {}
