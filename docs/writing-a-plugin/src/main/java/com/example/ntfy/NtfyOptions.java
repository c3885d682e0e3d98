package com.example.ntfy;

import io.modelvane.spi.Option;
import io.modelvane.spi.Secret;
import java.net.URI;
import java.util.Optional;

/** What stands below the notifier's name in the configuration. */
record NtfyOptions(
    @Option(description = "The ntfy server.", defaultValue = "https://ntfy.sh") URI url,
    @Option(description = "Topic to publish to.", example = "ml-alerts") String topic,
    @Option(description = "Access token, where the topic wants one.") Optional<Secret> token,
    @Option(
            description = "Priority of a `crit` message; all others have ntfy's default, 3.",
            defaultValue = "5",
            min = "1",
            max = "5")
        int critPriority) {}
