package io.modelvane.kafka;

import io.modelvane.spi.ComponentException;
import io.modelvane.spi.Source.SplitListener;
import io.modelvane.spi.Split;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Takes and gives partitions when the group says so: called inside the consumer's poll and close.
 * What goes wrong here is kept for the poll to throw; an exception of ours would leave the consumer
 * in a state of its own making.
 */
final class Rebalances implements ConsumerRebalanceListener {
  private static final Duration COMMIT_LIMIT = Duration.ofSeconds(5);
  private static final Duration LAST_COMMIT_LIMIT = Duration.ofSeconds(3);

  /**
   * Whom to tell.
   *
   * @param drainLimit how long the engine may drain what it gives away: the others wait for it
   */
  record Engine(SplitListener listener, Duration drainLimit) {}

  /**
   * Whom to ask.
   *
   * @param placement where reading begins
   * @param rivals who else is in the group, when the source has to read alone
   */
  record Advice(Placement placement, @Nullable Rivals rivals) {}

  private final OpenConsumer reading;
  private final Engine engine;
  private final Holdings holdings;
  private final Placement placement;
  private final @Nullable Rivals rivals;
  private boolean closing;
  private boolean yields;
  private @Nullable ComponentException failure;
  private boolean interrupted;

  Rebalances(OpenConsumer reading, Engine engine, Holdings holdings, Advice advice) {
    this.reading = reading;
    this.engine = engine;
    this.holdings = holdings;
    this.placement = advice.placement();
    this.rivals = advice.rivals();
  }

  /** From now on what is in flight is not waited for: whoever closes has done so. */
  void closing() {
    closing = true;
  }

  /** Throws what went wrong since the last time. */
  void check() throws ComponentException, InterruptedException {
    if (interrupted) {
      interrupted = false;
      throw new InterruptedException();
    }
    ComponentException failed = failure;
    failure = null;
    if (failed != null) {
      throw failed;
    }
  }

  /** Whether it has to leave the group to those who were there first. */
  boolean yields() {
    return yields;
  }

  @Override
  public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
    if (closing) {
      return;
    }
    try {
      lookForRivals();
      if (partitions.isEmpty()) {
        holdings.takeNothing();
      } else if (!yields) {
        take(partitions);
      }
    } catch (ComponentException unplaced) {
      failure = unplaced;
    } catch (InterruptedException stop) {
      interrupted = true;
    }
  }

  private void lookForRivals() throws ComponentException, InterruptedException {
    if (rivals != null) {
      yields = true; // also when nobody can say: it is safe to be out, and not to be in
      rivals.check();
      yields = false;
    }
  }

  private void take(Collection<TopicPartition> partitions)
      throws ComponentException, InterruptedException {
    Map<String, Topic> topics = placement.topics(partitions);
    Map<TopicPartition, Long> begin = placement.begin(partitions, topics);
    Set<TopicPartition> outdated = holdings.outdated(topics);
    outdated.removeAll(partitions);
    Set<Split> taken = holdings.take(partitions, topics);
    seek(begin);
    engine.listener().assigned(taken);
    if (!outdated.isEmpty()) { // these came first because the new topic has more partitions
      renew(outdated, topics);
    }
  }

  /** Begins at these offsets, and has them committed: a restart shall not decide anew. */
  void seek(Map<TopicPartition, Long> offsets) {
    Set<TopicPartition> assignment = reading.consumer().assignment();
    offsets.forEach(
        (partition, offset) -> {
          if (assignment.contains(partition)) {
            reading.consumer().seek(partition, offset);
            holdings.move(partition, offset);
          }
        });
  }

  @Override
  public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
    Set<Split> given = holdings.splits(partitions);
    if (given.isEmpty()) {
      return;
    }
    reading.whileMuted(
        () -> {
          engine.listener().revoked(given, closing ? Duration.ZERO : engine.drainLimit());
          holdings.offsets().forget(missing(partitions));
          holdings
              .offsets()
              .commitNow(reading.consumer(), closing ? LAST_COMMIT_LIMIT : COMMIT_LIMIT);
        });
    holdings.drop(partitions);
  }

  /** A commit for a topic that was deleted would be tried again until its time is over. */
  private List<TopicPartition> missing(Collection<TopicPartition> partitions) {
    try {
      Set<String> missing = placement.missing(partitions);
      return partitions.stream().filter(p -> missing.contains(p.topic())).toList();
    } catch (InterruptedException stop) {
      interrupted = true;
      return List.of();
    }
  }

  @Override
  public void onPartitionsLost(Collection<TopicPartition> partitions) {
    if (rivals != null && !closing) {
      rivals.lost();
    }
    gone(partitions);
  }

  private void gone(Collection<TopicPartition> partitions) {
    Set<Split> gone = holdings.splits(partitions);
    if (!gone.isEmpty()) {
      engine.listener().lost(gone);
    }
    holdings.drop(partitions);
  }

  /** A topic was deleted and made again: its partitions are others now, read from their start. */
  void renew(Collection<TopicPartition> partitions, Map<String, Topic> topics) {
    gone(partitions);
    Set<Split> taken = holdings.take(partitions, topics);
    reading.consumer().seekToBeginning(partitions);
    partitions.forEach(
        partition ->
            placement.say(
                partition,
                "the topic was deleted and made again; reading the new one from its start"));
    engine.listener().assigned(taken);
  }
}
