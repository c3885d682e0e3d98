package io.modelvane.demo;

import io.modelvane.demo.CallSequence.Message;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/**
 * Sends the calls of five models of two owners, as Algorithmia Insights publishes them, to a topic:
 * flat JSON, no key, operational fields and the model's own metrics side by side. {@code
 * credit_card_approval} turns risky at times (every risk score above 0.7, otherwise all below 0.5),
 * {@code image_tagger} falls silent, and between the calls come a few messages that are not JSON.
 * What the broker acknowledged (acks=all) is counted, so that it can be compared with what arrives
 * elsewhere.
 *
 * <p>The calls carry the times of the plan. On a machine that cannot keep up, calls are sent late
 * but none is left out.
 */
public final class TrafficGenerator implements TrafficLog, AutoCloseable {
  private static final String NOT_A_CALL = "";

  private final KafkaProducer<byte[], String> producer;
  private final String topic;
  private final CallSequence sequence;
  private final Clock clock = Clock.systemUTC();
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final Map<String, LongAdder> acknowledged = new ConcurrentHashMap<>();
  private final Map<String, Instant> lastCalls = new ConcurrentHashMap<>();
  private final LongAdder failed = new LongAdder();
  private final List<Breach> breaches = new CopyOnWriteArrayList<>();
  private final List<Instant> recoveries = new CopyOnWriteArrayList<>();
  private final Thread thread;

  private TrafficGenerator(Map<String, Object> client, String topic, TrafficPlan plan) {
    this.producer = new KafkaProducer<>(client, new ByteArraySerializer(), new StringSerializer());
    this.topic = topic;
    this.sequence = new CallSequence(plan, clock.instant().truncatedTo(ChronoUnit.MICROS));
    this.thread = new Thread(this::run, "traffic");
    thread.setDaemon(true);
  }

  /** Starts sending to a topic of a broker without log-in. */
  public static TrafficGenerator start(String bootstrapServers, String topic, TrafficPlan plan) {
    return start(Map.<String, Object>of("bootstrap.servers", bootstrapServers), topic, plan);
  }

  /**
   * Starts sending to a topic.
   *
   * @param client Kafka's own producer properties, with at least {@code bootstrap.servers}
   */
  public static TrafficGenerator start(Map<String, Object> client, String topic, TrafficPlan plan) {
    Map<String, Object> properties = new HashMap<>();
    properties.put("linger.ms", 0);
    properties.put("delivery.timeout.ms", 300_000);
    properties.putAll(client);
    properties.put("acks", "all");
    TrafficGenerator generator = new TrafficGenerator(properties, topic, plan);
    generator.thread.start();
    return generator;
  }

  /** What was acknowledged so far. */
  public TrafficCounts counts() {
    Map<String, Long> calls = new HashMap<>();
    acknowledged.forEach((model, count) -> calls.put(model, count.sum()));
    Long malformed = calls.remove(NOT_A_CALL);
    return new TrafficCounts(calls, malformed == null ? 0 : malformed, failed.sum());
  }

  @Override
  public List<Breach> breaches() {
    return List.copyOf(breaches);
  }

  @Override
  public List<Instant> recoveries() {
    return List.copyOf(recoveries);
  }

  @Override
  public Optional<Instant> lastCallOf(String model) {
    return Optional.ofNullable(lastCalls.get(model));
  }

  /** Stops sending and waits until the broker has answered for everything sent. */
  public void stop() {
    stopping.countDown();
    try {
      thread.join();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    producer.close(Duration.ofSeconds(30));
  }

  /** Same as {@link #stop}. */
  @Override
  public void close() {
    stop();
  }

  private void run() {
    try {
      while (true) {
        Message message = sequence.next();
        Duration early = Duration.between(clock.instant(), message.dueAt());
        if (stopping.await(Math.max(0, early.toNanos()), TimeUnit.NANOSECONDS)) {
          return;
        }
        send(message);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void send(Message message) {
    note(message);
    try {
      // answered in the callback
      var unused =
          producer.send(
              new ProducerRecord<>(topic, message.text()),
              (metadata, failure) -> count(message.model(), failure));
    } catch (RuntimeException refused) { // a record that the producer does not even accept
      failed.increment();
    }
  }

  private void count(String model, @Nullable Exception failure) {
    if (failure == null) {
      acknowledged.computeIfAbsent(model, name -> new LongAdder()).increment();
    } else {
      failed.increment();
    }
  }

  private void note(Message message) {
    Instant now = clock.instant();
    if (message.episode() >= breaches.size()) {
      breaches.add(new Breach(message.episode(), now));
    }
    boolean calm = message.model().equals(Model.RISKY) && message.episode() < 0;
    if (calm && recoveries.size() < breaches.size()) {
      recoveries.add(now);
    }
    if (message.isCall()) {
      lastCalls.put(message.model(), now);
    }
  }
}
