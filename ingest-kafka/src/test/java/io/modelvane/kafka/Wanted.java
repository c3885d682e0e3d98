package io.modelvane.kafka;

import io.modelvane.spi.DataSize;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The source's options as a test wants them; all others as when nothing is given. */
final class Wanted {
  private List<String> servers;
  private List<String> topics = List.of();
  private Optional<Pattern> pattern = Optional.empty();
  private Optional<String> group = Optional.empty();
  private Optional<String> instance = Optional.empty();
  private StartPosition start = StartPosition.parse("earliest");
  private Optional<TlsOptions> tls = Optional.empty();
  private Optional<SaslOptions> sasl = Optional.empty();
  private GroupProtocol protocol = GroupProtocol.CLASSIC;
  private DataSize fetchSize = DataSize.ofMebibytes(4);
  private Map<String, String> properties = Map.of();

  private Wanted(List<String> servers) {
    this.servers = servers;
  }

  static Wanted from(String... servers) {
    return new Wanted(List.of(servers));
  }

  /** Of the shared broker, by a group of the topic's own. */
  static Wanted of(String topic) {
    return from(SharedBroker.servers()).topics(topic).group("group-of-" + topic);
  }

  Wanted topics(String... names) {
    topics = List.of(names);
    return this;
  }

  Wanted pattern(String text) {
    pattern = Optional.of(Pattern.compile(text));
    return this;
  }

  Wanted group(String name) {
    group = Optional.of(name);
    return this;
  }

  Wanted instance(String name) {
    instance = Optional.of(name);
    return this;
  }

  Wanted start(String text) {
    start = StartPosition.parse(text);
    return this;
  }

  Wanted tls(TlsOptions options) {
    tls = Optional.of(options);
    return this;
  }

  Wanted sasl(SaslOptions options) {
    sasl = Optional.of(options);
    return this;
  }

  Wanted protocol(GroupProtocol wanted) {
    protocol = wanted;
    return this;
  }

  Wanted fetchSize(String text) {
    fetchSize = DataSize.parse(text);
    return this;
  }

  Wanted properties(Map<String, String> wanted) {
    properties = wanted;
    return this;
  }

  KafkaSourceOptions options() {
    return new KafkaSourceOptions(
        servers,
        topics,
        pattern,
        group,
        start,
        tls,
        sasl,
        instance,
        protocol,
        Duration.ofSeconds(10),
        Duration.ofMillis(100),
        fetchSize,
        true,
        properties);
  }
}
