package io.modelvane.engine.decode;

import io.modelvane.spi.Option;

/** Options of the preset for Algorithmia Insights. */
public record InsightsOptions(
    @Option(
            description =
                "Whether `request_id` and `session_id` are stored as text fields. They tell calls"
                    + " apart either way.",
            defaultValue = "true")
        boolean keepIds) {}
