package io.modelvane.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelvane.spi.DeadLetter;
import io.modelvane.spi.Event;
import io.modelvane.spi.Header;
import io.modelvane.spi.Health;
import io.modelvane.spi.Outcome;
import io.modelvane.spi.Position;
import io.modelvane.spi.Split;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SharedBroker.class)
class KafkaDeadLetterStoreTest {
  private static final byte[] BYTES = {'{', 0, (byte) 0xff, (byte) 0xc3, 'x'};

  @TempDir Path folder;

  @Test
  void keepsKeyBytesAndHeadersAsTheyCameAndSaysWhyInHeadersOfItsOwn() throws Exception {
    String topic = SharedBroker.topic(1);
    write(topic, letter(BYTES, "no JSON; token hush-hush-token was in it"));

    ConsumerRecord<byte[], byte[]> kept = read(topic, 1).get(0);

    assertThat(kept.value()).isEqualTo(BYTES);
    assertThat(kept.key()).isEqualTo("key".getBytes(UTF_8));
    assertThat(header(kept, "trace")).isEqualTo("abc");
    assertThat(kept.headers().lastHeader("empty").value()).isNull();
    assertThat(header(kept, "modelvane.format")).isEqualTo("1");
    assertThat(header(kept, "modelvane.reason")).isEqualTo("no JSON; token ****-token was in it");
    assertThat(header(kept, "modelvane.stage")).isEqualTo("decode");
    assertThat(header(kept, "modelvane.pipeline")).isEqualTo("metrics");
    assertThat(header(kept, "modelvane.stream")).isEqualTo("calls");
    assertThat(header(kept, "modelvane.partition")).isEqualTo("3");
    assertThat(header(kept, "modelvane.offset")).isEqualTo("42");
    assertThat(header(kept, "modelvane.time")).isEqualTo("2026-01-31T12:00:00Z");
    assertThat(header(kept, "modelvane.at")).isEqualTo("2026-01-31T12:00:01Z");
    assertThat(header(kept, "modelvane.line")).isEqualTo("m f=1");
    assertThat(kept.headers().lastHeader("modelvane.shortened-from")).isNull();
  }

  @Test
  void keepsATombstone() throws Exception {
    String topic = SharedBroker.topic(1);
    write(topic, letter(null, "empty"));

    assertThat(read(topic, 1).get(0).value()).isNull();
  }

  @Test
  void keepsALargeLetterWholeWhereTheTopicTakesIt() throws Exception {
    String topic = SharedBroker.topic(1, Map.of("max.message.bytes", "8000000"));
    write(topic, letter(new byte[5_000_000], "large"));

    assertThat(read(topic, 1).get(0).value()).hasSize(5_000_000);
  }

  @Test
  void shortensALetterThatTheTopicDoesNotTakeAndKeepsTheOthersWhole() throws Exception {
    String topic = SharedBroker.topic(1, Map.of("max.message.bytes", "300000"));
    byte[] large = noise(1_000_000);
    write(topic, letter(BYTES, "before"), letter(large, "large"), letter(BYTES, "after"));

    List<ConsumerRecord<byte[], byte[]>> kept = read(topic, 3);

    assertThat(because("before", kept).value()).isEqualTo(BYTES);
    assertThat(because("after", kept).value()).isEqualTo(BYTES);
    assertThat(because("large", kept).value()).hasSize(64 * 1024);
    assertThat(header(because("large", kept), "modelvane.shortened-from")).isEqualTo("1000000");
  }

  @Test
  void shortensFurtherForATopicThatTakesLittle() throws Exception {
    String topic = SharedBroker.topic(1, Map.of("max.message.bytes", "3000"));
    write(topic, letter(noise(100_000), "large"));

    assertThat(read(topic, 1).get(0).value()).hasSize(1024);
  }

  @Test
  void missingTopicIsSaid() {
    KafkaDeadLetterStore store = store("no-such-topic", SharedBroker.servers());

    assertThatThrownBy(store::start)
        .hasMessageContaining("no-such-topic")
        .hasMessageContaining("create it");
    store.stop();
  }

  @Test
  void writesNothingBeforeItIsStartedAndAfterItIsStopped() throws Exception {
    KafkaDeadLetterStore store = store(SharedBroker.topic(1), SharedBroker.servers());
    List<DeadLetter> letters = List.of(letter(BYTES, "early"));

    assertThat(store.write(letters).kind()).isEqualTo(Outcome.Kind.RETRYABLE);
    store.start();
    assertThat(store.write(letters).kind()).isEqualTo(Outcome.Kind.DONE);
    store.stop();
    store.stop();
    assertThat(store.write(letters).kind()).isEqualTo(Outcome.Kind.RETRYABLE);
  }

  @Test
  void topicDeletedMeanwhileIsRetryableAndDoesNotWaitForEachLetter() throws Exception {
    String topic = SharedBroker.topic(1);
    KafkaDeadLetterStore store =
        store(
            topic,
            Map.of(
                "max.block.ms",
                "1000",
                "delivery.timeout.ms",
                "3000",
                "request.timeout.ms",
                "2000"));
    store.start();
    try (var admin = SharedBroker.admin()) {
      admin.deleteTopics(List.of(topic)).all().get();
    }
    List<DeadLetter> many =
        IntStream.range(0, 30).mapToObj(i -> letter(BYTES, "letter " + i)).toList();
    long before = System.nanoTime();

    Outcome outcome = store.write(many);

    assertThat(outcome.kind()).isEqualTo(Outcome.Kind.RETRYABLE);
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(15));
    SharedBroker.broker().createTopic(topic, 1, Map.of());
    org.awaitility.Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> store.write(many).kind() == Outcome.Kind.DONE);
    store.stop();
  }

  private void write(String topic, DeadLetter... letters) throws Exception {
    Lent context = new Lent("metrics", folder);
    KafkaDeadLetterStore store =
        new KafkaDeadLetterStore(options(topic, SharedBroker.servers(), Map.of()), context);
    store.start();
    assertThat(store.write(List.of(letters))).isEqualTo(Outcome.DONE);
    assertThat(context.lastHealth()).isEqualTo(Health.UP);
    store.stop();
  }

  private KafkaDeadLetterStore store(String topic, String servers) {
    return new KafkaDeadLetterStore(options(topic, servers, Map.of()), new Lent("metrics", folder));
  }

  private KafkaDeadLetterStore store(String topic, Map<String, String> properties) {
    return new KafkaDeadLetterStore(
        options(topic, SharedBroker.servers(), properties), new Lent("metrics", folder));
  }

  private static KafkaDeadLetterOptions options(
      String topic, String servers, Map<String, String> properties) {
    return new KafkaDeadLetterOptions(
        List.of(servers), topic, Optional.empty(), Optional.empty(), properties);
  }

  @SuppressWarnings("NullAway") // a body may be null; the compiled interface does not show it
  private static DeadLetter letter(byte @Nullable [] value, String reason) {
    Event event =
        new Event(
            new Position(new Split("calls", 3), 42),
            Optional.of(Instant.parse("2026-01-31T12:00:00Z")),
            "key".getBytes(UTF_8),
            value,
            List.of(new Header("trace", "abc".getBytes(UTF_8)), new Header("empty", null)));
    return new DeadLetter(
        Instant.parse("2026-01-31T12:00:01Z"),
        "metrics",
        "decode",
        reason,
        event,
        Optional.of("m f=1"));
  }

  /** Bytes that do not compress. */
  private static byte[] noise(int size) {
    byte[] bytes = new byte[size];
    new java.util.Random(1).nextBytes(bytes);
    return bytes;
  }

  private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
    return new String(record.headers().lastHeader(name).value(), UTF_8);
  }

  private static ConsumerRecord<byte[], byte[]> because(
      String reason, List<ConsumerRecord<byte[], byte[]>> records) {
    return records.stream()
        .filter(record -> header(record, "modelvane.reason").equals(reason))
        .findFirst()
        .orElseThrow();
  }

  private static List<ConsumerRecord<byte[], byte[]>> read(String topic, int count) {
    Map<String, Object> properties =
        Map.of("bootstrap.servers", SharedBroker.servers(), "auto.offset.reset", "earliest");
    List<ConsumerRecord<byte[], byte[]>> read = new ArrayList<>();
    try (var consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.assign(List.of(new TopicPartition(topic, 0)));
      org.awaitility.Awaitility.await()
          .pollInSameThread()
          .until(
              () -> {
                consumer.poll(Duration.ofMillis(200)).forEach(read::add);
                return read.size() >= count;
              });
    }
    return read;
  }
}
