package io.modelvane.kafka;

import io.modelvane.spi.Option;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Options of dead letters in a topic. */
record KafkaDeadLetterOptions(
    @Option(description = "Brokers to ask first.", example = "[localhost:9092]")
        List<String> bootstrapServers,
    @Option(description = "Topic for the letters; it must exist.") String topic,
    @Option(description = "TLS.") Optional<TlsOptions> tls,
    @Option(description = "Login.") Optional<SaslOptions> sasl,
    @Option(description = "Any other producer property of Kafka, as it is.")
        Map<String, String> properties) {

  ConnectionOptions connection() {
    return new ConnectionOptions(bootstrapServers, tls, sasl, properties);
  }
}
