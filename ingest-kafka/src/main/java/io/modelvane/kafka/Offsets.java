package io.modelvane.kafka;

import io.modelvane.spi.ComponentContext;
import io.modelvane.spi.Meters;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;

/** What was acknowledged and is yet to be committed. Used by the pipeline's thread. */
final class Offsets {
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
    this.commits = context.meters().counter("commits", "Commits of positions that worked.");
    this.failures =
        context.meters().counter("commit_failures", "Commits that failed; they are made again.");
  }

  void acknowledge(TopicPartition partition, long offset) {
    pending.put(partition, new OffsetAndMetadata(offset));
  }

  void forget(TopicPartition partition) {
    pending.remove(partition);
  }

  /** Commits in the background when it is time to. */
  void commitDue(Consumer<?, ?> consumer) {
    if (pending.isEmpty() || committing || System.nanoTime() - lastCommit < intervalNanos) {
      return;
    }
    lastCommit = System.nanoTime();
    committing = true;
    Map<TopicPartition, OffsetAndMetadata> sent = Map.copyOf(pending);
    consumer.commitAsync(
        sent,
        (committed, failure) -> {
          committing = false;
          if (failure == null) {
            commits.add(1);
            sent.forEach(pending::remove);
          } else {
            failed(failure);
          }
        });
  }

  private void failed(Exception failure) {
    failures.add(1);
    context.logger().log(System.Logger.Level.DEBUG, "a commit failed: {0}", failure.getMessage());
  }

  /** Commits all, waiting so long; what cannot be committed is read again by somebody. */
  void commitNow(Consumer<?, ?> consumer, Duration limit) {
    for (int attempt = 0; attempt < 2 && !pending.isEmpty(); attempt++) {
      try {
        consumer.commitSync(Map.copyOf(pending), limit);
        commits.add(1);
        pending.clear();
      } catch (WakeupException woken) {
        // A wake-up meant for poll; try again.
      } catch (KafkaException failure) {
        failed(failure);
        return;
      }
    }
  }
}
