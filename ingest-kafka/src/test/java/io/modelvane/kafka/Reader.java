package io.modelvane.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelvane.spi.ComponentException;
import io.modelvane.spi.EventBatch;
import io.modelvane.spi.Source;
import io.modelvane.spi.Split;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Plays the engine's part towards one source, on the thread of the test. */
final class Reader implements Source.SplitListener, AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(40);

  private final KafkaSourceOptions options;
  private final KafkaSource source;
  private final Lent context;
  private final List<String> values = new ArrayList<>();
  private final Map<Split, Long> next = new HashMap<>();
  private final Map<TopicPartition, Long> acknowledged = new HashMap<>();
  private final Set<Split> assigned = new TreeSet<>();
  private final List<String> heard = new ArrayList<>();
  private boolean acknowledging = true;
  private boolean acknowledgingOnRevoke = true;
  private boolean ringingOnRevoke;
  private @Nullable Thread ringing;

  private Reader(KafkaSourceOptions options, Lent context) {
    this.options = options;
    this.source = new KafkaSource(options, context);
    this.context = context;
    source.subscribe(this);
  }

  static Reader of(Wanted wanted, Path dataFolder) {
    return of(wanted, new Lent("metrics", dataFolder));
  }

  static Reader of(Wanted wanted, Lent context) {
    return new Reader(wanted.options(), context);
  }

  Reader start() throws ComponentException, InterruptedException {
    source.start();
    return this;
  }

  /** As the engine does for a sink that needs every message. */
  Reader alone() {
    source.readAlone();
    return this;
  }

  /** From now on nothing is acknowledged, as if a sink hung. */
  Reader holding() {
    acknowledging = false;
    acknowledgingOnRevoke = false;
    return this;
  }

  /** From now on things are acknowledged only when their partition is taken away. */
  Reader drainingOnRevoke() {
    acknowledging = false;
    return this;
  }

  /** From a revoke on until its poll is over, wake-ups come without end. */
  Reader ringingOnRevoke() {
    ringingOnRevoke = true;
    return this;
  }

  private void ring() {
    while (!Thread.currentThread().isInterrupted()) {
      source.wakeup();
      Thread.onSpinWait();
    }
  }

  void poll() throws ComponentException, InterruptedException {
    List<EventBatch> batches = source.poll(Duration.ofMillis(100));
    if (ringing != null) {
      ringing.interrupt();
      ringing.join();
      ringing = null;
    }
    for (EventBatch batch : batches) {
      for (int i = 0; i < batch.size(); i++) {
        byte[] value = batch.value(i);
        values.add(value == null ? "(null)" : new String(value, StandardCharsets.UTF_8));
      }
      next.put(batch.split(), batch.nextOffset());
    }
    if (acknowledging) {
      acknowledge();
    }
  }

  void acknowledge() {
    acknowledge(Map.copyOf(next));
    next.clear();
  }

  void acknowledge(Map<Split, Long> nextOffsets) {
    source.acknowledge(nextOffsets);
    nextOffsets.forEach(
        (split, offset) ->
            acknowledged.put(new TopicPartition(split.stream(), split.partition()), offset));
  }

  /** Polls until something is so, or fails. */
  void until(String what, BooleanSupplier condition)
      throws ComponentException, InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime())
          .as("waiting until %s; read %s, heard %s", what, values, heard)
          .isLessThan(end);
      poll();
    }
  }

  void untilRead(int count) throws ComponentException, InterruptedException {
    until("read " + count, () -> values.size() >= count);
  }

  /** Polls until the group's positions at the brokers are what was acknowledged. */
  void untilCommitted() throws ComponentException, InterruptedException {
    assertThat(acknowledged).as("acknowledged").isNotEmpty();
    try (Brokers brokers = Brokers.open(options.connection(), "onlooker")) {
      until("committed", () -> committed(brokers).equals(acknowledged));
    }
  }

  private Map<TopicPartition, Long> committed(Brokers brokers) {
    Map<TopicPartition, Long> committed = new HashMap<>();
    try {
      brokers
          .committed(ConsumerSettings.group(options, context))
          .forEach((partition, position) -> committed.put(partition, position.offset()));
    } catch (ComponentException | InterruptedException failed) {
      throw new AssertionError(failed);
    }
    committed.keySet().retainAll(acknowledged.keySet());
    return committed;
  }

  void untilAssigned(int count) throws ComponentException, InterruptedException {
    until("has " + count + " partitions", () -> assigned.size() == count);
  }

  KafkaSource source() {
    return source;
  }

  Lent context() {
    return context;
  }

  List<String> values() {
    return values;
  }

  Map<Split, Long> next() {
    return next;
  }

  Set<Split> assigned() {
    return assigned;
  }

  List<String> heard() {
    return heard;
  }

  @Override
  public void assigned(Set<Split> splits) {
    heard.add("assigned " + new TreeSet<>(splits));
    assigned.addAll(splits);
  }

  @Override
  public void revoked(Set<Split> splits, Duration limit) {
    heard.add("revoked " + new TreeSet<>(splits));
    source.wakeup(); // as the engine does whenever a sink has finished something
    if (ringingOnRevoke) {
      ringing = new Thread(this::ring, "ringing");
      ringing.setDaemon(true);
      ringing.start();
    }
    if (acknowledgingOnRevoke) {
      acknowledge();
    }
    assigned.removeAll(splits);
    next.keySet().removeAll(splits);
  }

  @Override
  public void lost(Set<Split> splits) {
    heard.add("lost " + new TreeSet<>(splits));
    assigned.removeAll(splits);
    next.keySet().removeAll(splits);
  }

  @Override
  public void close() {
    source.stop();
  }
}
