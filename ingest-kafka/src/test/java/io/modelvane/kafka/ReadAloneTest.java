package io.modelvane.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.modelvane.spi.ComponentException;
import io.modelvane.spi.Health;
import io.modelvane.spi.Outcome;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Sources of sinks that need every message: each member has a data folder of its own. */
@ExtendWith(SharedBroker.class)
@Timeout(90)
class ReadAloneTest {
  @TempDir Path folder;

  private Wanted wanted(String topic, GroupProtocol protocol) {
    return Wanted.from(SharedBroker.servers())
        .topics(topic)
        .group("group-of-" + topic)
        .protocol(protocol)
        .properties(
            protocol == GroupProtocol.CLASSIC ? Map.of("heartbeat.interval.ms", "300") : Map.of());
  }

  private Reader member(Wanted wanted, String name) {
    return Reader.of(wanted, folder.resolve(name)).alone();
  }

  private static void polled(Reader first, Reader second) throws Exception {
    first.poll();
    second.poll();
  }

  @ParameterizedTest
  @EnumSource(GroupProtocol.class)
  void aSecondOneIsRefusedAndTheFirstIsNotDisturbed(GroupProtocol protocol) throws Exception {
    String topic = SharedBroker.topic(2);
    Sent.to(topic, 0, "one");
    try (Reader first = member(wanted(topic, protocol), "first").start();
        Reader second = member(wanted(topic, protocol), "second")) {
      first.untilRead(1);

      assertThatThrownBy(second::start)
          .isInstanceOfSatisfying(
              ComponentException.class,
              failure -> assertThat(failure.kind()).isEqualTo(Outcome.Kind.MISCONFIGURED))
          .hasMessageContaining("group-of-" + topic)
          .hasMessageContaining("modelvane-metrics-insights-")
          .hasMessageContaining(" at 127.0.0.1")
          .hasMessageContaining("stop that process");

      Sent.to(topic, 1, "two");
      first.untilRead(2);
      assertThat(first.heard()).as("one assignment, no rebalance").hasSize(1);
    }
  }

  @ParameterizedTest
  @EnumSource(GroupProtocol.class)
  void whoFindsAnotherLaterLeavesAndTakesOverWhenItHasGone(GroupProtocol protocol)
      throws Exception {
    String topic = SharedBroker.topic(2);
    try (Reader second = member(wanted(topic, protocol), "second").start();
        Reader first = member(wanted(topic, protocol), "first").start()) {
      // Both found an empty group; the first one gets into it while the other does not poll.
      first.untilAssigned(2);
      ComponentException yielded = null;
      for (long end = System.nanoTime() + 30_000_000_000L;
          yielded == null && System.nanoTime() < end; ) {
        first.poll();
        yielded = catchThrowableOfType(ComponentException.class, second::poll);
      }
      assertThat(yielded).isNotNull();
      assertThat(yielded.kind()).isEqualTo(Outcome.Kind.RETRYABLE);
      assertThat(yielded).hasMessageContaining("is in use by modelvane-metrics-insights-");
      assertThat(second.heard()).as("it has read nothing").isEmpty();
      untilAloneAgain(topic, first);
      first.untilAssigned(2);
      assertThatThrownBy(second::poll).hasMessageContaining("is in use by");

      first.source().stop();
      takeOver(second);
      assertThat(second.assigned()).hasSize(2);
    }
  }

  /** The other must not stay behind as a ghost that holds partitions for a session, 10 s here. */
  private static void untilAloneAgain(String topic, Reader first) throws Exception {
    long before = System.nanoTime();
    try (Brokers brokers =
        Brokers.open(
            Wanted.from(SharedBroker.servers()).topics(topic).options().connection(), "onlooker")) {
      first.until(
          "the other has left",
          () -> {
            try {
              return brokers.members("group-of-" + topic).size() == 1;
            } catch (ComponentException | InterruptedException failed) {
              throw new AssertionError(failed);
            }
          });
    }
    assertThat((System.nanoTime() - before) / 1e9).as("seconds").isLessThan(5);
  }

  private static void takeOver(Reader waiting) throws InterruptedException {
    long end = System.nanoTime() + 30_000_000_000L;
    while (waiting.assigned().size() < 2 && System.nanoTime() < end) {
      try {
        waiting.poll();
      } catch (ComponentException notYet) {
        assertThat(notYet).hasMessageContaining("is in use by");
      }
    }
  }

  @ParameterizedTest
  @EnumSource(GroupProtocol.class)
  void theGhostOfItsOwnEarlierLifeKeepsNobodyOut(GroupProtocol protocol) throws Exception {
    String topic = SharedBroker.topic(2);
    Sent.to(topic, 0, "one");
    try (Reader ghost = member(wanted(topic, protocol), "same").start()) {
      ghost.untilRead(1);
      try (Reader successor = member(wanted(topic, protocol), "same").start()) {
        if (protocol == GroupProtocol.CLASSIC) {
          successor.untilRead(1); // it takes the ghost's place at once
        } else {
          successor.poll(); // it gets its share when the ghost's session is over
        }
        assertThat(successor.context().lastHealth()).isEqualTo(Health.UP);
      }
    }
  }

  @Test
  void aCopyOfTheConfigurationWithTheSameFixedNameDoesNotThrowTheFirstOut() throws Exception {
    String topic = SharedBroker.topic(1);
    Wanted fixed = wanted(topic, GroupProtocol.CLASSIC).instance("only-one");
    try (Reader first = member(fixed, "first").start();
        Reader second = member(fixed, "second")) {
      first.untilAssigned(1);
      ComponentException refused = catchThrowableOfType(ComponentException.class, second::start);
      assertThat(Optional.ofNullable(refused).map(ComponentException::kind))
          .contains(Outcome.Kind.MISCONFIGURED);
      Sent.to(topic, 0, "on");
      first.untilRead(1);
    }
  }

  @Test
  void oneThatDoesNotYieldIsSaidForAsLongAsItIsThere() throws Exception {
    String topic = SharedBroker.topic(2);
    Wanted wanted = wanted(topic, GroupProtocol.CLASSIC);
    try (Reader first = member(wanted, "first").start()) {
      first.untilAssigned(2);
      Reader store = Reader.of(wanted, folder.resolve("store")).start();
      while (first.context().lastHealth().state() != Health.State.DOWN) {
        polled(first, store);
      }
      assertThat(first.context().lastHealth().reason())
          .contains("reads a part only", "modelvane-metrics-insights at");
      store.close();
      first.until("up again", () -> first.context().lastHealth().equals(Health.UP));
      first.untilAssigned(2);
    }
  }

  @Test
  void sourcesOfSinksThatStoreShareAsBefore() throws Exception {
    String topic = SharedBroker.topic(2);
    Wanted wanted = wanted(topic, GroupProtocol.CLASSIC);
    try (Reader first = Reader.of(wanted, folder.resolve("first")).start();
        Reader second = Reader.of(wanted, folder.resolve("second")).start()) {
      while (first.assigned().size() != 1 || second.assigned().size() != 1) {
        polled(first, second);
      }
    }
  }
}
