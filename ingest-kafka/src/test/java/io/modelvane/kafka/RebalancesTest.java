package io.modelvane.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelvane.spi.Source.SplitListener;
import io.modelvane.spi.Split;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** With real brokers, and a consumer that is assigned what the test says. */
@ExtendWith(SharedBroker.class)
class RebalancesTest implements SplitListener {
  @TempDir Path folder;

  private final List<String> heard = new ArrayList<>();
  private final Set<Split> assigned = new TreeSet<>();

  @Override
  public void assigned(Set<Split> splits) {
    heard.add("assigned " + new TreeSet<>(splits));
    assigned.addAll(splits);
  }

  @Override
  public void revoked(Set<Split> splits, Duration limit) {
    heard.add("revoked " + new TreeSet<>(splits));
    assigned.removeAll(splits);
  }

  @Override
  public void lost(Set<Split> splits) {
    heard.add("lost " + new TreeSet<>(splits));
    assigned.removeAll(splits);
  }

  /** The group gives out what is new before anybody has noticed that the topic is another. */
  @Test
  void partitionsThatATopicMadeAnewHasMoreRenewThoseThatAreHeldOfTheOldOne() throws Exception {
    String name = SharedBroker.topic(2);
    TopicPartition old = new TopicPartition(name, 0);
    TopicPartition fresh = new TopicPartition(name, 1);
    Topic earlier = new Topic("AAAAAAAAAAAAAAAAAAAAAA", 1);
    Lent context = new Lent("metrics", folder);
    KafkaSourceOptions options = Wanted.from(SharedBroker.servers()).topics(name).options();
    Holdings holdings = new Holdings(context, Duration.ofSeconds(1));
    assigned(holdings.take(List.of(old), Map.of(name, earlier)));
    holdings.progress().move(old, 7);
    try (MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("none");
        Brokers brokers = Brokers.open(options.connection(), "rebalances")) {
      consumer.assign(List.of(old, fresh));
      consumer.updateBeginningOffsets(Map.of(old, 0L, fresh, 0L));
      consumer.seek(old, 7);
      Placement placement = new Placement(options, context, brokers, Map.of(name, earlier));
      Rebalances rebalances =
          new Rebalances(
              new OpenConsumer(consumer),
              new Rebalances.Engine(this, Duration.ZERO),
              holdings,
              new Rebalances.Advice(placement, null));

      rebalances.onPartitionsAssigned(List.of(fresh));
      rebalances.check();

      Topic found = Objects.requireNonNull(placement.topics(List.of(old)).get(name));
      assertThat(heard).contains("lost [" + name + "-0]");
      assertThat(assigned)
          .containsExactlyInAnyOrder(
              new Split(name, 0, found.id()), new Split(name, 1, found.id()));
      assertThat(consumer.position(old)).isZero();
      assertThat(consumer.position(fresh)).isZero();
    }
  }
}
