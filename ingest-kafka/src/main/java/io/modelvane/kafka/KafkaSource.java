package io.modelvane.kafka;

import io.modelvane.spi.ComponentContext;
import io.modelvane.spi.ComponentException;
import io.modelvane.spi.EventBatch;
import io.modelvane.spi.Outcome;
import io.modelvane.spi.Source;
import io.modelvane.spi.Split;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.NoOffsetForPartitionException;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * Reads a consumer group's share of the partitions; commits only what was acknowledged.
 *
 * <p>A consumer that failed for a reason that does not pass by itself is given up, and the next
 * poll opens another: some failures (a lost right, a fenced member) leave a consumer that would
 * read nothing ever after, without a word.
 */
final class KafkaSource implements Source {
  private final KafkaSourceOptions options;
  private final ComponentContext context;
  private final Holdings holdings;
  private final PollBound bound = new PollBound();
  private @Nullable SplitListener listener;
  private @Nullable Brokers brokers;
  private @Nullable Surroundings surroundings;
  private @Nullable Placement placement;
  private @Nullable Rebalances rebalances;
  private volatile @Nullable OpenConsumer open;
  private boolean alone;
  private @Nullable Rivals rivals;

  KafkaSource(KafkaSourceOptions options, ComponentContext context) {
    this.options = options;
    this.context = context;
    this.holdings = new Holdings(context, options.commitInterval());
  }

  @Override
  public void subscribe(SplitListener splitListener) {
    listener = splitListener;
  }

  @Override
  public void readAlone() {
    alone = true;
  }

  @Override
  public void start() throws ComponentException, InterruptedException {
    stop();
    NativeCodecs.prepare(context);
    new ConnectionProbe(options.connection()).check();
    Brokers asked = Brokers.open(options.connection(), ConsumerSettings.clientId(context) + "-ask");
    brokers = asked;
    placement = new Placement(options, context, asked, topics(asked));
    if (alone) {
      rivals = new Rivals(asked, options, context);
      rivals.refuse(Outcome.Kind.MISCONFIGURED);
    }
    surroundings = new Surroundings(options, context, asked, rivals);
    open();
  }

  private Map<String, Topic> topics(Brokers asked) throws ComponentException, InterruptedException {
    if (options.topicPattern().isPresent()) {
      var pattern = options.topicPattern().get();
      return asked.topics(
          asked.names().stream().filter(name -> pattern.matcher(name).matches()).toList());
    }
    Map<String, Topic> found = asked.topics(options.topics());
    List<String> missing =
        options.topics().stream().filter(topic -> !found.containsKey(topic)).toList();
    if (!missing.isEmpty()) {
      throw new ComponentException(
          Outcome.Kind.RETRYABLE,
          "the topic %s does not exist at %s; create it, or check 'topics'"
              .formatted(String.join(", ", missing), options.connection().brokers()));
    }
    return found;
  }

  private OpenConsumer open() throws ComponentException {
    if (placement == null || listener == null) {
      throw new IllegalStateException("not started");
    }
    try {
      OpenConsumer opened =
          new OpenConsumer(
              new KafkaConsumer<>(
                  ConsumerSettings.of(options, context, alone),
                  new ByteArrayDeserializer(),
                  bound));
      Rebalances.Engine engine =
          new Rebalances.Engine(listener, options.sessionTimeout().dividedBy(2));
      Rebalances opening =
          new Rebalances(opened, engine, holdings, new Rebalances.Advice(placement, rivals));
      if (options.topicPattern().isPresent()) {
        opened.consumer().subscribe(options.topicPattern().get(), opening);
      } else {
        opened.consumer().subscribe(options.topics(), opening);
      }
      holdings.offsets().reset();
      rebalances = opening;
      open = opened;
      return opened;
    } catch (KafkaException | UncheckedIOException refused) {
      throw Failures.explain(refused, options.connection());
    }
  }

  @Override
  public List<EventBatch> poll(Duration timeout) throws ComponentException, InterruptedException {
    OpenConsumer reading = open;
    if (reading == null) {
      if (rivals != null) {
        rivals.refuse(Outcome.Kind.RETRYABLE);
      }
      reading = open();
    }
    try {
      return read(reading, timeout);
    } catch (ComponentException failed) {
      giveUp(reading);
      throw failed;
    } catch (WakeupException woken) {
      return List.of();
    } catch (InterruptException interrupted) {
      var unused = Thread.interrupted();
      throw new InterruptedException();
    } catch (KafkaException failed) {
      if (!Failures.passes(failed)) {
        giveUp(reading);
      }
      throw Failures.explain(failed, options.connection());
    } finally {
      lookAround();
    }
  }

  private List<EventBatch> read(OpenConsumer reading, Duration timeout)
      throws ComponentException, InterruptedException {
    Rebalances moves = moves();
    try {
      renew(moves);
      findPositions(reading);
      holdings.offsets().commitDue(reading.consumer());
      bound.begin();
      ConsumerRecords<byte[], byte[]> records = reading.consumer().poll(timeout);
      moves.check();
      return batches(records);
    } catch (OffsetOutOfRangeException gone) {
      moves.seek(placement().oldest(gone.offsetOutOfRangePartitions()));
      return List.of();
    } catch (NoOffsetForPartitionException fresh) {
      moves.seek(placement().begin(fresh.partitions(), placement().topics(fresh.partitions())));
      return List.of();
    }
  }

  private Rebalances moves() {
    if (rebalances == null) {
      throw new IllegalStateException("not started");
    }
    return rebalances;
  }

  private Placement placement() {
    if (placement == null) {
      throw new IllegalStateException("not started");
    }
    return placement;
  }

  private List<EventBatch> batches(ConsumerRecords<byte[], byte[]> records) {
    Map<TopicPartition, OffsetAndMetadata> moved = records.nextOffsets();
    if (moved.isEmpty()) {
      return List.of();
    }
    List<EventBatch> batches = new ArrayList<>(moved.size());
    moved.forEach(
        (partition, next) -> {
          Split split = holdings.split(partition);
          if (split != null) {
            RecordBatch batch = new RecordBatch(split, records.records(partition), next.offset());
            holdings.progress().read(partition, batch);
            batches.add(batch);
          }
        });
    return batches;
  }

  private void renew(Rebalances moves) {
    Map<String, Topic> renewed = surroundings == null ? Map.of() : surroundings.renewed(holdings);
    if (!renewed.isEmpty()) {
      moves.renew(
          holdings.partitions().stream()
              .filter(partition -> renewed.containsKey(partition.topic()))
              .toList(),
          renewed);
    }
  }

  /** Where the consumer found a committed position, which it tells only when asked. */
  private void findPositions(OpenConsumer reading) {
    Set<TopicPartition> unknown = holdings.progress().unplaced();
    if (unknown.isEmpty()) {
      return;
    }
    Map<TopicPartition, Long> found = new HashMap<>();
    for (TopicPartition partition : owned(reading, unknown)) {
      try {
        found.put(partition, reading.consumer().position(partition, Duration.ZERO));
      } catch (org.apache.kafka.common.errors.TimeoutException notYet) {
        break;
      }
    }
    found.forEach(holdings.progress()::place);
  }

  private void lookAround() {
    if (surroundings != null) {
      surroundings.look(holdings);
    }
  }

  /**
   * Closes a consumer that will not work again, but keeps the member's name in the group, unless it
   * yields to others.
   */
  private void giveUp(OpenConsumer reading) {
    open = null;
    boolean yields = moves().yields();
    reading.whileMuted(
        () -> holdings.offsets().commitNow(reading.consumer(), Duration.ofSeconds(1)));
    moves().closing();
    moves().onPartitionsLost(holdings.partitions());
    close(
        reading, yields ? GroupMembershipOperation.LEAVE_GROUP : GroupMembershipOperation.DEFAULT);
  }

  private void close(OpenConsumer reading, GroupMembershipOperation membership) {
    try {
      reading.close(membership);
    } catch (KafkaException closing) {
      context
          .logger()
          .log(
              System.Logger.Level.DEBUG,
              "closing the consumer: {0}",
              String.valueOf(closing.getMessage()));
    }
  }

  @Override
  public Optional<Instant> completeUntil() {
    return holdings.progress().completeUntil();
  }

  @Override
  public void acknowledge(Map<Split, Long> nextOffsets) {
    holdings.acknowledge(nextOffsets);
  }

  @Override
  public void pause(Set<Split> paused) {
    OpenConsumer reading = open;
    if (reading != null) {
      reading.consumer().pause(owned(reading, partitions(paused)));
    }
  }

  @Override
  public void resume(Set<Split> resumed) {
    OpenConsumer reading = open;
    if (reading != null) {
      reading.consumer().resume(owned(reading, partitions(resumed)));
    }
  }

  private static Set<TopicPartition> partitions(Set<Split> splits) {
    return splits.stream()
        .map(split -> new TopicPartition(split.stream(), split.partition()))
        .collect(Collectors.toSet());
  }

  private static Set<TopicPartition> owned(OpenConsumer reading, Set<TopicPartition> which) {
    Set<TopicPartition> assignment = reading.consumer().assignment();
    return which.stream().filter(assignment::contains).collect(Collectors.toSet());
  }

  @Override
  public void wakeup() {
    OpenConsumer reading = open;
    if (reading != null) {
      reading.wakeup();
    }
  }

  @Override
  public void stop() {
    OpenConsumer reading = open;
    if (reading != null) {
      moves().closing();
      close(reading, GroupMembershipOperation.LEAVE_GROUP); // gives all up, and commits
      moves().onPartitionsLost(holdings.partitions());
      open = null;
    }
    Brokers asked = brokers;
    brokers = null;
    if (asked != null) {
      asked.close();
    }
  }
}
