package io.modelvane.kafka;

import io.modelvane.spi.ComponentContext;
import io.modelvane.spi.ComponentException;
import io.modelvane.spi.DeadLetter;
import io.modelvane.spi.DeadLetterStore;
import io.modelvane.spi.Health;
import io.modelvane.spi.Outcome;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Sends each letter as the original message with headers {@code modelvane.*} that say why. */
final class KafkaDeadLetterStore implements DeadLetterStore {
  private static final int SHORTENED = 64 * 1024;

  private final KafkaDeadLetterOptions options;
  private final ComponentContext context;
  private @Nullable Producer<byte[], byte[]> producer;

  KafkaDeadLetterStore(KafkaDeadLetterOptions options, ComponentContext context) {
    this.options = options;
    this.context = context;
  }

  @Override
  public void start() throws ComponentException, InterruptedException {
    ConnectionProbe probe = new ConnectionProbe(options.connection());
    if (probe.check(List.of(options.topic())).isEmpty()) {
      throw new ComponentException(
          Outcome.Kind.RETRYABLE,
          "the topic for dead letters, %s, does not exist at %s; create it"
              .formatted(options.topic(), options.connection().brokers()));
    }
    try {
      producer =
          new KafkaProducer<>(settings(), new ByteArraySerializer(), new ByteArraySerializer());
    } catch (KafkaException | java.io.UncheckedIOException refused) {
      throw Failures.explain(refused, options.connection());
    }
  }

  private Properties settings() {
    Properties properties = new Properties();
    properties.put("delivery.timeout.ms", "30000");
    properties.put("request.timeout.ms", "10000");
    properties.put("max.block.ms", "10000");
    properties.put("compression.type", "lz4");
    properties.put("client.id", "modelvane-" + context.name());
    properties.putAll(options.properties());
    options.connection().apply(properties);
    properties.put("acks", "all");
    properties.put("enable.idempotence", "true");
    return properties;
  }

  @Override
  public Outcome write(List<DeadLetter> letters) throws InterruptedException {
    Producer<byte[], byte[]> open = producer;
    if (open == null) {
      return new Outcome.Retryable("the topic for dead letters is not there yet");
    }
    try {
      List<Future<RecordMetadata>> sent = new ArrayList<>();
      for (DeadLetter letter : letters) {
        sent.add(open.send(record(letter, false)));
      }
      for (int i = 0; i < sent.size(); i++) {
        await(open, sent.get(i), letters.get(i));
      }
      context.health(Health.UP);
      return Outcome.DONE;
    } catch (ExecutionException | KafkaException failed) {
      ComponentException explained = Failures.explain(failed, options.connection());
      context.health(new Health(Health.State.DOWN, String.valueOf(explained.getMessage())));
      return explained.toOutcome();
    }
  }

  private void await(Producer<byte[], byte[]> open, Future<RecordMetadata> sent, DeadLetter letter)
      throws ExecutionException, InterruptedException {
    try {
      var unused = sent.get();
    } catch (ExecutionException failed) {
      if (!(failed.getCause() instanceof RecordTooLargeException)) {
        throw failed;
      }
      var unused = open.send(record(letter, true)).get();
    }
  }

  private ProducerRecord<byte[], byte[]> record(DeadLetter letter, boolean shorten) {
    byte[] value = letter.event().value();
    boolean cut = shorten && value != null && value.length > SHORTENED;
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(
            options.topic(),
            letter.event().key(),
            cut && value != null ? Arrays.copyOf(value, SHORTENED) : value);
    Headers headers = record.headers();
    letter.event().headers().forEach(header -> headers.add(header.key(), header.value()));
    add(headers, "format", "1");
    add(headers, "reason", context.redact(letter.reason()));
    add(headers, "stage", letter.stage());
    add(headers, "pipeline", letter.pipeline());
    add(headers, "stream", letter.event().position().split().stream());
    add(headers, "partition", String.valueOf(letter.event().position().split().partition()));
    add(headers, "offset", String.valueOf(letter.event().position().offset()));
    letter.event().time().ifPresent(time -> add(headers, "time", time.toString()));
    add(headers, "at", letter.at().toString());
    letter.line().ifPresent(line -> add(headers, "line", shortened(line)));
    if (cut && value != null) {
      add(headers, "shortened-from", String.valueOf(value.length));
    }
    return record;
  }

  private static String shortened(String line) {
    return line.length() > SHORTENED ? line.substring(0, SHORTENED) : line;
  }

  private static void add(Headers headers, String name, String value) {
    headers.add("modelvane." + name, value.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void stop() {
    Producer<byte[], byte[]> open = producer;
    producer = null;
    if (open != null) {
      open.close(Duration.ofSeconds(3));
    }
  }
}
