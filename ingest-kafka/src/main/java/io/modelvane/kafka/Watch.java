package io.modelvane.kafka;

import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Keeps asking the brokers, in the background, where the partitions end and which topics there are.
 *
 * <p>The consumer does not tell: a poll that brings nothing looks the same whether there is nothing
 * or nobody answers, and what it knows of the end is as old as the answer that it took the messages
 * from. Asked and collected by the pipeline's thread, which never waits here.
 */
final class Watch {
  private static final long ENDS_NANOS = Duration.ofMillis(500).toNanos();
  private static final long TOPICS_NANOS = Duration.ofSeconds(3).toNanos();

  /** Where partitions ended at a time. */
  record Ends(long askedAt, Map<TopicPartition, Long> offsets) {}

  private final Brokers brokers;
  private final Clock clock;
  private final LongSupplier nanos;
  private final AtomicReference<@Nullable Ends> ends = new AtomicReference<>();
  private final AtomicReference<@Nullable Map<String, Optional<Topic>>> topics =
      new AtomicReference<>();
  private long endsAsked;
  private long topicsAsked;
  private volatile boolean endsOpen;
  private volatile boolean topicsOpen;
  private volatile long silentSince;
  private volatile boolean silent;

  Watch(Brokers brokers, Clock clock) {
    this(brokers, clock, System::nanoTime);
  }

  /** One whose patience is measured by {@code nanos}. */
  Watch(Brokers brokers, Clock clock, LongSupplier nanos) {
    this.brokers = brokers;
    this.clock = clock;
    this.nanos = nanos;
    this.topicsAsked = nanos.getAsLong();
    this.endsAsked = topicsAsked - ENDS_NANOS;
  }

  /** Asks what is due. */
  void ask(Collection<TopicPartition> partitions, Collection<String> names) {
    long now = nanos.getAsLong();
    if (!endsOpen && !partitions.isEmpty() && now - endsAsked >= ENDS_NANOS) {
      endsAsked = now;
      endsOpen = true;
      asking(now);
      askEnds(partitions);
    }
    if (!topicsOpen && !names.isEmpty() && now - topicsAsked >= TOPICS_NANOS) {
      topicsAsked = now;
      topicsOpen = true;
      asking(now);
      askTopics(names);
    }
  }

  private void asking(long now) {
    if (!silent) {
      silentSince = now;
      silent = true;
    }
  }

  private void askEnds(Collection<TopicPartition> partitions) {
    long askedAt = clock.millis();
    ListOffsetsResult asked = brokers.ends(partitions);
    Map<TopicPartition, Long> found = new HashMap<>();
    Map<TopicPartition, KafkaFuture<ListOffsetsResult.ListOffsetsResultInfo>> answers =
        new HashMap<>();
    partitions.forEach(partition -> answers.put(partition, asked.partitionResult(partition)));
    collect(
        answers,
        (partition, answer) -> found.put(partition, answer.offset()),
        (partition, failure) -> {},
        () -> {
          ends.set(new Ends(askedAt, found));
          endsOpen = false;
        });
  }

  private void askTopics(Collection<String> names) {
    Map<String, Optional<Topic>> found = new HashMap<>();
    collect(
        brokers.describe(names),
        (name, answer) -> found.put(name, Optional.of(Brokers.topic(answer))),
        (name, failure) -> {
          if (Brokers.isMissing(failure)) {
            found.put(name, Optional.empty());
          }
        },
        () -> {
          topics.set(found);
          topicsOpen = false;
        });
  }

  private <K, V> void collect(
      Map<K, KafkaFuture<V>> answers,
      BiConsumer<K, V> found,
      BiConsumer<K, Throwable> failed,
      Runnable end) {
    var unused =
        KafkaFuture.allOf(answers.values().toArray(KafkaFuture<?>[]::new))
            .whenComplete(
                (all, firstFailure) -> {
                  answers.forEach((key, answer) -> sort(key, answer, found, failed));
                  end.run();
                });
  }

  private <K, V> void sort(
      K key, KafkaFuture<V> answer, BiConsumer<K, V> found, BiConsumer<K, Throwable> failed) {
    var unused =
        answer.whenComplete(
            (value, failure) -> {
              if (failure == null) {
                found.accept(key, value);
              } else {
                failed.accept(key, failure);
              }
              if (!(failure instanceof TimeoutException)) {
                silent = false;
              }
            });
  }

  /** The latest answer about ends, once. */
  @Nullable Ends takeEnds() {
    return ends.getAndSet(null);
  }

  /** The latest answer about topics, once; empty for those that do not exist. */
  @Nullable Map<String, Optional<Topic>> takeTopics() {
    return topics.getAndSet(null);
  }

  /** How long nobody has answered, since the first question after the last answer. */
  Duration silence() {
    return silent ? Duration.ofNanos(nanos.getAsLong() - silentSince) : Duration.ZERO;
  }
}
