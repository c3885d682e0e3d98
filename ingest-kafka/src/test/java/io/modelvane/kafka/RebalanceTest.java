package io.modelvane.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelvane.spi.ComponentException;
import io.modelvane.spi.Outcome;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@ExtendWith(SharedBroker.class)
@Timeout(120)
class RebalanceTest {
  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(GroupProtocol.class)
  void memberThatJoinsGetsItsShareDrainedAndCommitted(GroupProtocol protocol) throws Exception {
    String topic = SharedBroker.topic(2);
    Sent.to(topic, 0, texts("a", 50));
    Sent.to(topic, 1, texts("b", 50));
    try (Reader first = member(topic, protocol, "one").start().drainingOnRevoke()) {
      first.untilRead(100);
      try (Reader second = member(topic, protocol, "two").start()) {
        until(first, second, "shared", () -> second.assigned().size() == 1);
        Sent.to(topic, 0, "more a");
        Sent.to(topic, 1, "more b");
        until(
            first,
            second,
            "both read",
            () -> first.values().size() + second.values().size() >= 102);

        assertThat(second.values()).hasSize(1).allMatch(value -> value.startsWith("more"));
        assertThat(first.values()).hasSize(101);
        assertThat(first.assigned()).hasSize(1).doesNotContainAnyElementsOf(second.assigned());
      }
    }
  }

  @ParameterizedTest
  @EnumSource(GroupProtocol.class)
  void memberThatLeavesLeavesItsShareToTheOtherAtOnce(GroupProtocol protocol) throws Exception {
    String topic = SharedBroker.topic(2);
    try (Reader stays = member(topic, protocol, "one").start()) {
      stays.untilAssigned(2);
      Reader leaves = member(topic, protocol, "two").start();
      until(stays, leaves, "shared", () -> leaves.assigned().size() == 1);
      long before = System.nanoTime();
      leaves.close();

      stays.untilAssigned(2);

      assertThat((System.nanoTime() - before) / 1e9).isLessThan(8); // a session is 10 s
    }
  }

  @ParameterizedTest
  @EnumSource(GroupProtocol.class)
  void memberWithoutPartitionsLagsByNothing(GroupProtocol protocol) throws Exception {
    String topic = SharedBroker.topic(1);
    Sent.to(topic, 0, "one", "two");
    try (Reader first = member(topic, protocol, "one").start().holding()) {
      first.untilRead(2);
      try (Reader second = member(topic, protocol, "two").start().holding()) {
        until(
            first,
            second,
            "both lags are known",
            () -> first.context().gauge("lag") == 2 && second.context().gauge("lag") == 0);

        assertThat(second.assigned()).isEmpty();
        assertThat(second.context().gauge("lag_seconds")).isZero();
      }
    }
  }

  @ParameterizedTest
  @EnumSource(GroupProtocol.class)
  void commitInsideARebalanceIsNotBrokenOffByWakeUps(GroupProtocol protocol) throws Exception {
    String topic = SharedBroker.topic(2);
    Sent.to(topic, 0, texts("a", 20));
    Sent.to(topic, 1, texts("b", 20));
    try (Reader first = member(topic, protocol, "one").start().drainingOnRevoke()) {
      first.untilRead(40);
      first.ringingOnRevoke();
      try (Reader second = member(topic, protocol, "two").start()) {
        until(first, second, "shared", () -> second.assigned().size() == 1);
        Sent.to(topic, 0, "last");
        Sent.to(topic, 1, "last");
        until(first, second, "read on", () -> !second.values().isEmpty());

        assertThat(second.values()).containsExactly("last");
        assertThat(first.context().count("commit_failures")).isZero();
      }
    }
  }

  @Test
  void successorInTheSameDataFolderTakesThePartitionsBackAtOnceAndItsGhostEnds() throws Exception {
    String topic = SharedBroker.topic(2);
    Sent.to(topic, 0, "one");
    try (Reader ghost = member(topic, GroupProtocol.CLASSIC, "same").start()) {
      ghost.untilRead(1);
      ghost.untilCommitted();
      ghost.holding();
      Sent.to(topic, 0, "two");
      long before = System.nanoTime();
      try (Reader successor = member(topic, GroupProtocol.CLASSIC, "same").start()) {
        successor.untilRead(1);

        assertThat((System.nanoTime() - before) / 1e9).isLessThan(5); // a session is 10 s
        assertThat(successor.values()).containsExactly("two");
        assertThatThrownBy(() -> ghost.until("it is fenced", () -> false))
            .isInstanceOfSatisfying(
                ComponentException.class,
                failure -> assertThat(failure.kind()).isEqualTo(Outcome.Kind.FATAL))
            .hasMessageContaining("group_instance_id");
        assertThat(ghost.assigned()).isEmpty();
        assertThat(ghost.heard()).last().asString().startsWith("lost");
      }
    }
  }

  @Test
  void aTopicThatIsDeletedHoldsUpNobody() throws Exception {
    String stays = SharedBroker.topic(1);
    String goes = SharedBroker.topic(1);
    Wanted wanted =
        Wanted.from(SharedBroker.servers())
            .topics(stays, goes)
            .group("group-of-" + goes)
            .properties(Map.of("metadata.max.age.ms", "300"));
    try (Reader reader = Reader.of(wanted, folder.resolve("one")).start().drainingOnRevoke()) {
      Sent.to(goes, 0, "one");
      reader.untilRead(1);
      SharedBroker.delete(goes);
      long longest = 0;
      while (reader.heard().stream().noneMatch(heard -> heard.startsWith("revoked"))) {
        long before = System.nanoTime();
        reader.poll();
        longest = Math.max(longest, System.nanoTime() - before);
      }
      assertThat(longest / 1e9).as("seconds that a poll took").isLessThan(3);
      Sent.to(stays, 0, "two");
      reader.untilRead(2);
    }
  }

  @Test
  void acknowledgementsOfWhatIsSomebodyElsesAreVoid() throws Exception {
    String topic = SharedBroker.topic(1);
    Sent.to(topic, 0, "one", "two");
    try (Reader reader = member(topic, GroupProtocol.CLASSIC, "one").start().holding()) {
      reader.untilRead(2);
      var split = reader.assigned().iterator().next();
      reader.source().stop();
      reader.source().acknowledge(Map.of(split, 2L));
      reader.start();
      reader.untilRead(4);
    }
  }

  private static void until(
      Reader first, Reader second, String what, java.util.function.BooleanSupplier condition)
      throws Exception {
    first.until(
        what,
        () -> {
          try {
            second.poll();
          } catch (ComponentException | InterruptedException failed) {
            throw new AssertionError(failed);
          }
          return condition.getAsBoolean();
        });
  }

  private Reader member(String topic, GroupProtocol protocol, String name) {
    return Reader.of(
        Wanted.from(SharedBroker.servers())
            .topics(topic)
            .group("group-of-" + topic)
            .protocol(protocol)
            .properties(oftenHeard(protocol)),
        folder.resolve(name));
  }

  /**
   * A member learns of a rebalance with its next heartbeat; in the other protocol the broker says
   * how often.
   */
  private static Map<String, String> oftenHeard(GroupProtocol protocol) {
    return protocol == GroupProtocol.CLASSIC ? Map.of("heartbeat.interval.ms", "300") : Map.of();
  }

  private static String[] texts(String prefix, int count) {
    return IntStream.range(0, count).mapToObj(i -> prefix + i).toArray(String[]::new);
  }
}
