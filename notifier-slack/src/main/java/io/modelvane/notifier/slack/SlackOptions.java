package io.modelvane.notifier.slack;

import io.modelvane.spi.Option;
import io.modelvane.spi.Secret;
import io.modelvane.toolkit.MessageValues;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Options of the notifier {@code slack}. */
record SlackOptions(
    @Option(
            description = "Incoming webhook. Whoever knows it can post: keep it in a variable.",
            example = "${env:SLACK_WEBHOOK}")
        Optional<Secret> url,
    @Option(
            description =
                "Bot token with `chat:write`, instead of a webhook: follow-ups then go to the"
                    + " incident's thread.")
        Optional<Secret> token,
    @Option(description = "Channel for the bot.", example = "#ml-alerts") Optional<String> channel,
    @Option(description = "Slack's Web API.", defaultValue = "https://slack.com/api/") URI apiUrl,
    @Option(description = "Template of the first line.", defaultValue = MessageValues.TITLE)
        String title,
    @Option(description = "Template of the rest.", defaultValue = MessageValues.TEXT) String text,
    @Option(
            description =
                "Further facts by name, each a template, at most 20. The series' tags when not"
                    + " given, at most 10.",
            example = "{ Team: \"{{tags.team}}\" }")
        Map<String, String> fields,
    @Option(
            description = "Longest time for a call.",
            defaultValue = "10s",
            min = "100ms",
            max = "60s")
        Duration timeout) {}
