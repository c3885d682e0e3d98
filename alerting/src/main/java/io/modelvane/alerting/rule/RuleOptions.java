package io.modelvane.alerting.rule;

import io.modelvane.spi.NotifierRef;
import io.modelvane.spi.Option;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Options of a rule. */
public record RuleOptions(
    @Option(description = "Which steps.") Map<String, String> when,
    @Option(description = "Which tags.") Map<String, String> where,
    @Option(description = "Names of notifiers.") List<NotifierRef> notify_,
    @Option(description = "Say it again while it lasts.") Optional<Duration> repeatEvery) {}
