package io.modelvane.kafka;

import java.time.Duration;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.KafkaException;

/**
 * A consumer and the way to wake it out of a poll, and out of nothing else: a wake-up breaks off
 * whatever call of the consumer is or comes next, so while positions are committed inside a
 * rebalance it has to wait.
 */
final class OpenConsumer {
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(3);

  private final Consumer<byte[], byte[]> consumer;
  private int muted;
  private boolean woken;

  OpenConsumer(Consumer<byte[], byte[]> consumer) {
    this.consumer = consumer;
  }

  Consumer<byte[], byte[]> consumer() {
    return consumer;
  }

  /** By any thread. */
  synchronized void wakeup() {
    if (muted > 0) {
      woken = true;
    } else {
      consumer.wakeup();
    }
  }

  /** Runs work that must not be broken off; a wake-up that comes meanwhile is made afterwards. */
  void whileMuted(Runnable work) {
    mute(1);
    try {
      work.run();
    } finally {
      mute(-1);
    }
  }

  private synchronized void mute(int by) {
    muted += by;
    if (muted == 0 && woken) {
      woken = false;
      consumer.wakeup();
    }
  }

  /**
   * Closes the consumer without waiting long for brokers that are away.
   *
   * @param membership whether to leave the group; by default a member with a fixed name stays
   * @throws KafkaException when it could not say good-bye; it is closed nevertheless
   */
  void close(GroupMembershipOperation membership) {
    mute(1); // for good: from here on a wake-up would only break the last commit
    consumer.close(CloseOptions.timeout(CLOSE_LIMIT).withGroupMembershipOperation(membership));
  }
}
