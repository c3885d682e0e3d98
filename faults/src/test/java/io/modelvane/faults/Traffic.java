package io.modelvane.faults;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/**
 * Sends calls at a steady rate, and now and then something that is no call; every message has an id
 * of its own. Remembers where the broker put each.
 */
final class Traffic implements AutoCloseable {
  static final int PARTITIONS = 3;
  private static final int EVERY_MALFORMED = 41;
  private static final int EVERY_UNSTORABLE = 97;

  /** Those of one second and one version are told apart by their request alone. */
  private static final String CALL =
      """
      {"request_id": "%s", "session_id": "rses-1", "algorithm_name": "%s",
       "algorithm_owner": "acme", "algorithm_version": "%s", "time": "%s",
       "duration_milliseconds": %d, "risk_score": %s, "unstorable": %d}
      """;

  private static final List<String> NO_CALLS =
      List.of(
          "{\"request_id\": \"ID\", \"risk_score\": 0.",
          "[\"ID\"",
          "\"ID\"",
          "",
          "{\"request_id\": \"ID\", \"time\": \"yesterday\", \"risk_score\": 1}",
          "{\"request_id\": \"ID\", \"risk_score\": 1, \"risk_score\": 2}",
          "[".repeat(5_000),
          "\u0000\u0001 ID",
          "{\"answer\": \"ID\"}");

  /** A message and where the broker put it. */
  record Placed(long offset, Message message) {}

  private static final int PER_TICK = 12;
  private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  /** Of a burst, for each second that its calls are said to be of. */
  private static final int PER_SECOND = 250;

  private static final Map<String, Object> SETTINGS =
      Map.of(
          "acks", "all",
          // each request costs the broker, the product and the store as much as what is in it
          "linger.ms", 100,
          // a message that a busy machine holds up is not lost
          "delivery.timeout.ms", 600_000,
          "max.block.ms", 600_000,
          // a topic just made may refuse the first batch and take the second: then the first never
          "max.in.flight.requests.per.connection", 1,
          "metadata.max.age.ms", 2_000,
          "reconnect.backoff.max.ms", 500);

  private final String bootstrapServers;
  private final String topic;
  private final String model;
  private final KafkaProducer<String, byte[]> producer;
  private final ConcurrentMap<String, Message> sent = new ConcurrentHashMap<>();
  private final ConcurrentMap<Integer, List<Placed>> placed = new ConcurrentHashMap<>();
  private final List<String> failures = new CopyOnWriteArrayList<>();
  private volatile int malformedEvery = EVERY_MALFORMED;
  private volatile int partitions = PARTITIONS;
  private volatile boolean flowing;
  private @Nullable Thread stream;
  private int numbers;

  Traffic(String bootstrapServers, String topic, String model) {
    this.topic = topic;
    this.model = model;
    this.bootstrapServers = bootstrapServers;
    Map<String, Object> settings = new HashMap<>(SETTINGS);
    settings.put("bootstrap.servers", bootstrapServers);
    this.producer =
        new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
  }

  /** Lets it flow. */
  void start() {
    flowing = true;
    Thread thread = new Thread(this::flow, "traffic");
    thread.setDaemon(true);
    stream = thread;
    thread.start();
  }

  /** Holds it and waits until the broker has everything. */
  void pause() throws InterruptedException {
    flowing = false;
    Thread thread = stream;
    if (thread != null) {
      thread.join();
    }
    producer.flush();
    if (!failures.isEmpty()) {
      throw new AssertionError("the broker did not take everything: " + failures);
    }
  }

  /** Over so many partitions from now on. */
  void spread(int over) {
    partitions = over;
  }

  /** Every so many messages one that is no call, from now on. */
  void malformedEvery(int messages) {
    malformedEvery = messages;
  }

  /** Sends a risky call, which opens an incident of its own, and waits until it is there. */
  void breach(int number) throws InterruptedException {
    single("9." + number, "0.95");
  }

  /** Sends the call that ends the incident. */
  void recover(int number) throws InterruptedException {
    single("9." + number, "0.05");
  }

  /** Sends a call with so much ballast that is no number. */
  synchronized void large(int bytes) {
    Message message = Message.now("id-" + numbers++, Message.Kind.CALL);
    String ballast = ", \"ballast\": \"" + "x".repeat(bytes) + "\"}";
    String text = call(message, "1.0", "0.1").strip();
    var unused = send(message, 0, text.substring(0, text.length() - 1) + ballast);
  }

  /** Sends so many that must never be seen: their transaction is aborted. */
  void abort(int messages) {
    try (KafkaProducer<String, byte[]> aborting = transactional()) {
      aborting.beginTransaction();
      for (int i = 0; i < messages; i++) {
        Message message = Message.now("aborted-" + i, Message.Kind.CALL);
        byte[] value = call(message, "1.0", "0.1").getBytes(StandardCharsets.UTF_8);
        var unused =
            aborting.send(new ProducerRecord<>(topic, i % PARTITIONS, message.id(), value));
      }
      aborting.flush();
      aborting.abortTransaction();
    }
  }

  /** Sends so many in one transaction. */
  synchronized void commit(int messages) {
    try (KafkaProducer<String, byte[]> committing = transactional()) {
      committing.beginTransaction();
      for (int i = 0; i < messages; i++) {
        Message message = Message.now("id-" + numbers++, Message.Kind.CALL);
        var unused = send(committing, message, i % PARTITIONS, call(message, "1.0", "0.1"));
      }
      committing.commitTransaction();
    }
  }

  private KafkaProducer<String, byte[]> transactional() {
    Map<String, Object> settings = new HashMap<>(SETTINGS);
    settings.put("bootstrap.servers", bootstrapServers);
    settings.put("transactional.id", topic);
    KafkaProducer<String, byte[]> other =
        new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
    other.initTransactions();
    return other;
  }

  /**
   * Sends calls, each of them several times in a row: where a topic is compacted the last stays.
   */
  synchronized void repeat(int messages, int times) {
    for (int i = 0; i < messages; i++) {
      Message message = Message.now("id-" + numbers++, Message.Kind.CALL);
      String text = call(message, "1.0", "0.1");
      byte[] value = text.getBytes(StandardCharsets.UTF_8);
      for (int time = 1; time < times; time++) {
        var unused =
            producer.send(new ProducerRecord<>(topic, i % PARTITIONS, message.id(), value));
      }
      var unused = send(message, i % PARTITIONS, text);
    }
  }

  /**
   * Sends so many at once, as fast as it goes. They are of many seconds: of thousands of one series
   * and second, two would meet by chance, as docs/delivery.md says.
   */
  synchronized void burst(int messages) {
    for (int i = 0; i < messages; i++) {
      next((messages - i) / PER_SECOND);
    }
  }

  /** Sends so many that nobody will ever get: they do not count. */
  synchronized void lose(int messages) {
    Set<String> before = Set.copyOf(sent.keySet());
    burst(messages);
    producer.flush();
    sent.keySet().retainAll(before);
    placed.values().forEach(all -> all.removeIf(one -> !before.contains(one.message().id())));
  }

  /** Every message so far that the broker was given. */
  Collection<Message> sent() {
    return sent.values();
  }

  /** How many of them belong in the store. */
  int calls() {
    return (int) sent.values().stream().filter(one -> one.kind() != Message.Kind.MALFORMED).count();
  }

  /** The messages of a partition in the order of their offsets. */
  List<Placed> placed(int partition) {
    return placed.getOrDefault(partition, List.of());
  }

  /** The topic was made anew: what comes now begins at offset 0 again. */
  void topicIsNew() {
    placed.clear();
  }

  private void flow() {
    while (flowing) {
      synchronized (this) {
        for (int i = 0; i < PER_TICK; i++) {
          next(0);
        }
      }
      LockSupport.parkNanos(TICK_NANOS);
    }
  }

  private void next(int secondsAgo) {
    int number = numbers++;
    int partition = number % partitions;
    if (number % malformedEvery == malformedEvery - 1) {
      String id = "bad-" + number;
      String text = NO_CALLS.get(number / malformedEvery % NO_CALLS.size()).replace("ID", id);
      var unused = send(Message.ago(secondsAgo, id, Message.Kind.MALFORMED), partition, text);
      return;
    }
    boolean unstorable = number % EVERY_UNSTORABLE == EVERY_UNSTORABLE - 1;
    Message.Kind kind = unstorable ? Message.Kind.UNSTORABLE : Message.Kind.CALL;
    Message message = Message.ago(secondsAgo, "id-" + number, kind);
    var unused = send(message, partition, call(message, "1." + number % 4, "0." + number % 5));
  }

  private void single(String version, String risk) throws InterruptedException {
    Future<RecordMetadata> future;
    synchronized (this) {
      Message message = Message.now("id-" + numbers++, Message.Kind.CALL);
      future = send(message, 0, call(message, version, risk));
    }
    try {
      future.get(Product.SOON.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException | java.util.concurrent.TimeoutException failure) {
      throw new AssertionError("the broker did not take a call", failure);
    }
  }

  private String call(Message message, String version, String risk) {
    String time = Instant.ofEpochSecond(message.second()).toString().replace("Z", "");
    int mark = message.kind() == Message.Kind.UNSTORABLE ? 1 : 0;
    int milliseconds = 1 + Math.floorMod(message.id().hashCode(), 7);
    return CALL.formatted(message.id(), model, version, time, milliseconds, risk, mark);
  }

  private Future<RecordMetadata> send(Message message, int partition, String text) {
    return send(producer, message, partition, text);
  }

  private Future<RecordMetadata> send(
      KafkaProducer<String, byte[]> by, Message message, int partition, String text) {
    sent.put(message.id(), message);
    byte[] value = text.getBytes(StandardCharsets.UTF_8);
    return by.send(
        new ProducerRecord<>(topic, partition, message.id(), value),
        (place, failure) -> {
          if (failure != null) {
            failures.add(message.id() + ": " + failure);
          } else {
            place(place.partition(), new Placed(place.offset(), message));
          }
        });
  }

  private void place(int partition, Placed message) {
    placed
        .computeIfAbsent(partition, any -> Collections.synchronizedList(new ArrayList<>()))
        .add(message);
  }

  @Override
  public void close() {
    flowing = false;
    producer.close(Duration.ZERO);
  }
}
