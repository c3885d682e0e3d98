package io.modelvane.kafka;

import io.modelvane.spi.ComponentContext;
import io.modelvane.spi.ComponentException;
import io.modelvane.spi.DeadLetter;
import io.modelvane.spi.DeadLetterStore;
import io.modelvane.spi.Health;
import io.modelvane.spi.Outcome;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Sends each letter as the original message with headers {@code modelvane.*} that say why. A letter
 * that the topic does not take for its size is sent again, shortened.
 */
final class KafkaDeadLetterStore implements DeadLetterStore {
  private final KafkaDeadLetterOptions options;
  private final ComponentContext context;
  private final LetterRecords records;
  private volatile boolean started;
  private @Nullable Producer<byte[], byte[]> producer;

  KafkaDeadLetterStore(KafkaDeadLetterOptions options, ComponentContext context) {
    this.options = options;
    this.context = context;
    this.records = new LetterRecords(options.topic(), context);
  }

  @Override
  public void start() throws ComponentException, InterruptedException {
    NativeCodecs.prepare(context);
    new ConnectionProbe(options.connection()).check();
    try (Brokers brokers = Brokers.open(options.connection(), "modelvane-" + context.name())) {
      if (brokers.topics(List.of(options.topic())).isEmpty()) {
        throw new ComponentException(
            Outcome.Kind.RETRYABLE,
            "the topic for dead letters, %s, does not exist at %s; create it"
                .formatted(options.topic(), options.connection().brokers()));
      }
    }
    started = true;
    try {
      open();
    } catch (KafkaException | UncheckedIOException refused) {
      throw Failures.explain(refused, options.connection());
    }
  }

  private synchronized Producer<byte[], byte[]> open() {
    Producer<byte[], byte[]> open = producer;
    if (open == null) {
      open = new KafkaProducer<>(settings(), new ByteArraySerializer(), new ByteArraySerializer());
      producer = open;
    }
    return open;
  }

  private Properties settings() {
    Properties properties = new Properties();
    properties.put("delivery.timeout.ms", "30000");
    properties.put("request.timeout.ms", "10000");
    properties.put("max.block.ms", "10000");
    properties.put("compression.type", "lz4");
    // The topic decides how large a letter may be.
    properties.put("max.request.size", String.valueOf(16 << 20));
    properties.put("client.id", "modelvane-" + context.name());
    properties.putAll(options.properties());
    options.connection().apply(properties);
    properties.put("acks", "all");
    properties.put("enable.idempotence", "true");
    return properties;
  }

  @Override
  public Outcome write(List<DeadLetter> letters) throws InterruptedException {
    if (!started) {
      return new Outcome.Retryable("the topic for dead letters is not there yet");
    }
    try {
      send(letters);
      context.health(Health.UP);
      return Outcome.DONE;
    } catch (InterruptException interrupted) {
      var unused = Thread.interrupted();
      throw new InterruptedException();
    } catch (ExecutionException | KafkaException | UncheckedIOException failed) {
      ComponentException explained = Failures.explain(failed, options.connection());
      context.health(new Health(Health.State.DOWN, String.valueOf(explained.getMessage())));
      if (explained.kind() != Outcome.Kind.RETRYABLE) {
        discard(); // some failures leave a producer that refuses everything ever after
      }
      return explained.toOutcome();
    } catch (IllegalStateException closed) {
      return new Outcome.Retryable("dead letters were being stopped or connected anew");
    }
  }

  private void send(List<DeadLetter> letters) throws ExecutionException, InterruptedException {
    Producer<byte[], byte[]> open = open();
    List<Future<RecordMetadata>> sent = new ArrayList<>();
    for (DeadLetter letter : letters) {
      Future<RecordMetadata> one = open.send(records.of(letter, LetterRecords.WHOLE));
      sent.add(one);
      if (one.isDone()) {
        await(open, one, letter); // a failure at once: do not wait for each of the others as well
      }
    }
    for (int i = 0; i < sent.size(); i++) {
      await(open, sent.get(i), letters.get(i));
    }
  }

  private void await(Producer<byte[], byte[]> open, Future<RecordMetadata> sent, DeadLetter letter)
      throws ExecutionException, InterruptedException {
    Future<RecordMetadata> last = sent;
    for (int limit : LetterRecords.SHORTENED) {
      try {
        var unused = last.get();
        return;
      } catch (ExecutionException failed) {
        if (!(failed.getCause() instanceof RecordTooLargeException)) {
          throw failed;
        }
        last = open.send(records.of(letter, limit));
      }
    }
    var unused = last.get();
  }

  private synchronized void discard() {
    Producer<byte[], byte[]> open = producer;
    producer = null;
    if (open != null) {
      open.close(Duration.ofSeconds(3));
    }
  }

  @Override
  public void stop() {
    started = false;
    discard();
  }
}
