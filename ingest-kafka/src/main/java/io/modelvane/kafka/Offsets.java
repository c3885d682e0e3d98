package io.modelvane.kafka;

import io.modelvane.spi.ComponentContext;
import io.modelvane.spi.Meters;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;

/**
 * What was acknowledged and is yet to be committed. Used by the pipeline's thread. A commit that
 * fails loses nothing: it is made again, or the messages are read again by whoever has the
 * partition then.
 */
final class Offsets {
  /** So long after it was sent, a commit whose answer never came holds up no other. */
  private static final long FORGOTTEN_NANOS = Duration.ofSeconds(60).toNanos();

  private final ComponentContext context;
  private final long intervalNanos;
  private final Meters.Counter commits;
  private final Meters.Counter failures;
  private final Map<TopicPartition, OffsetAndMetadata> pending = new HashMap<>();
  private long lastCommit;
  private boolean committing;

  Offsets(ComponentContext context, Duration interval) {
    this.context = context;
    this.intervalNanos = interval.toNanos();
    this.lastCommit = System.nanoTime() - intervalNanos;
    this.commits = context.meters().counter("commits", "Commits of positions that worked.");
    this.failures =
        context.meters().counter("commit_failures", "Commits that failed; they are made again.");
  }

  void acknowledge(TopicPartition partition, long offset, Topic topic) {
    pending.put(partition, new OffsetAndMetadata(offset, topic.note()));
  }

  void forget(Collection<TopicPartition> partitions) {
    partitions.forEach(pending::remove);
  }

  /** A new consumer begins: answers to commits of the old one never come. */
  void reset() {
    committing = false;
  }

  /** Commits in the background when it is time to. */
  void commitDue(Consumer<?, ?> consumer) {
    long since = System.nanoTime() - lastCommit;
    if (pending.isEmpty() || since < intervalNanos || (committing && since < FORGOTTEN_NANOS)) {
      return;
    }
    lastCommit = System.nanoTime();
    committing = true;
    Map<TopicPartition, OffsetAndMetadata> sent = Map.copyOf(pending);
    try {
      consumer.commitAsync(sent, (committed, failure) -> answered(sent, failure));
    } catch (KafkaException unsent) { // a wake-up, say, while it looks for the coordinator
      committing = false;
      throw unsent;
    }
  }

  private void answered(Map<TopicPartition, OffsetAndMetadata> sent, @Nullable Exception failure) {
    committing = false;
    if (failure == null) {
      commits.add(1);
      sent.forEach(pending::remove);
    } else {
      failed(failure);
    }
  }

  private void failed(Exception failure) {
    failures.add(1);
    context
        .logger()
        .log(
            System.Logger.Level.DEBUG,
            "a commit failed: {0}",
            String.valueOf(failure.getMessage()));
  }

  /** Commits all, waiting so long. Wake-ups must be muted: one that came before is passed over. */
  void commitNow(Consumer<?, ?> consumer, Duration limit) {
    for (int attempt = 0; attempt < 2 && !pending.isEmpty(); attempt++) {
      try {
        consumer.commitSync(Map.copyOf(pending), limit);
        commits.add(1);
        pending.clear();
      } catch (WakeupException woken) {
        // It was meant for a poll that is over; the next attempt is not disturbed.
      } catch (KafkaException failure) {
        failed(failure);
        return;
      }
    }
  }
}
