package io.modelvane.engine.config;

import io.modelvane.spi.Option;
import io.modelvane.spi.Problems;
import io.modelvane.spi.RetryPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** One pipeline, but for its {@code decode}. */
public record PipelineOptions(
    @Option(
            description =
                "Name of a source. Each pipeline reads it with a consumer group of its own.")
        String source,
    @Option(description = "Names of transforms, in the order in which they are applied.")
        List<String> transforms,
    @Option(description = "Names of sinks. All of them share the pipeline's fate.")
        List<String> sinks,
    @Option(description = "Pauses between attempts to write a batch.", defaultValue = "{}")
        RetryPolicy retry,
    @Option(description = "Most rows in a batch; the sinks' own wish when not given.", min = "1")
        Optional<Integer> maxRows,
    @Option(description = "How long a row waits for company; the sinks' own wish when not given.")
        Optional<Duration> linger,
    @Option(
            description = "Batches written at the same time; the sinks' own wish when not given.",
            min = "1",
            max = "64")
        Optional<Integer> maxInFlight,
    @Option(
            description = "An attempt to write that takes longer counts as failed.",
            defaultValue = "60s",
            min = "1s")
        Duration writeTimeout) {
  /** Reports what single options cannot show. */
  void validate(Problems problems) {
    if (retry.initial().compareTo(retry.maximum()) > 0) {
      problems.add("retry.maximum", "is less than 'initial', the pause it begins with");
    }
  }
}
