package io.modelvane.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelvane.testkit.TestContext;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetCommitCallback;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.junit.jupiter.api.Test;

class OffsetsTest {
  private static final TopicPartition CALLS = new TopicPartition("calls", 0);

  /** Is woken up over its first commit, before it has sent it. */
  private static final class Woken extends MockConsumer<byte[], byte[]> {
    private boolean woken;

    Woken() {
      super("none");
      assign(List.of(CALLS));
    }

    @Override
    public synchronized void commitAsync(
        Map<TopicPartition, OffsetAndMetadata> offsets, OffsetCommitCallback callback) {
      if (!woken) {
        woken = true;
        throw new WakeupException();
      }
      super.commitAsync(offsets, callback);
    }
  }

  @Test
  void aCommitThatWasNotSentIsMadeAgainAtOnce() {
    try (TestContext context = TestContext.named("insights").build();
        Woken consumer = new Woken()) {
      Offsets offsets = new Offsets(context, Duration.ZERO);
      offsets.acknowledge(CALLS, 7, Topic.UNKNOWN);

      assertThatThrownBy(() -> offsets.commitDue(consumer)).isInstanceOf(WakeupException.class);
      offsets.commitDue(consumer);

      assertThat(consumer.committed(Set.of(CALLS)))
          .containsEntry(CALLS, new OffsetAndMetadata(7, Topic.UNKNOWN.note()));
    }
  }
}
