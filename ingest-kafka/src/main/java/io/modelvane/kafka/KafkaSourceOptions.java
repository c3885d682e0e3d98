package io.modelvane.kafka;

import io.modelvane.spi.DataSize;
import io.modelvane.spi.Option;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.kafka.common.IsolationLevel;

/** Options of the source {@code kafka}. */
record KafkaSourceOptions(
    @Option(description = "Brokers to ask first.", example = "[localhost:9092]")
        List<String> bootstrapServers,
    @Option(description = "Topics to read.", example = "[algorithmia-insights]")
        List<String> topics,
    @Option(
            description =
                "Regular expression of topics to read, instead of `topics`; topics that appear later"
                    + " are read as well.")
        Optional<Pattern> topicPattern,
    @Option(description = "Consumer group; `modelvane-` and the pipeline's name when not given.")
        Optional<String> groupId,
    @Option(
            description =
                "Where a group begins that has committed nothing: `earliest`, `latest`, or an"
                    + " instant such as `2026-01-31T12:00:00Z`. Partitions and topics that come"
                    + " later are read from their oldest message, and so is a topic that no longer"
                    + " holds the committed position, with a warning.",
            defaultValue = "earliest")
        StartPosition start,
    @Option(description = "TLS.") Optional<TlsOptions> tls,
    @Option(description = "Login.") Optional<SaslOptions> sasl,
    @Option(
            description =
                "Fixed name of this member: after a crash it takes its partitions back at once."
                    + " Each launcher needs its own. When not given, protocol `classic` uses a name"
                    + " kept in the data folder, and protocol `consumer` none.")
        Optional<String> groupInstanceId,
    @Option(description = "Group protocol.", defaultValue = "classic") GroupProtocol groupProtocol,
    @Option(
            description =
                "A member that is not heard of for so long loses its partitions (protocol classic).",
            defaultValue = "30s",
            min = "6s")
        Duration sessionTimeout,
    @Option(
            description = "How often positions are committed while messages flow.",
            defaultValue = "500ms",
            min = "50ms")
        Duration commitInterval,
    @Option(
            description = "Most bytes fetched from one partition at a time; also bounds memory.",
            defaultValue = "1MiB",
            min = "64KiB")
        DataSize fetchSize,
    @Option(
            description = "Whether messages of aborted transactions are left out.",
            defaultValue = "true")
        boolean readCommitted,
    @Option(description = "Any other consumer property of Kafka, as it is.")
        Map<String, String> properties) {

  ConnectionOptions connection() {
    return new ConnectionOptions(bootstrapServers, tls, sasl, properties);
  }

  IsolationLevel isolation() {
    return readCommitted ? IsolationLevel.READ_COMMITTED : IsolationLevel.READ_UNCOMMITTED;
  }
}
