package io.modelvane.faults;

import io.modelvane.demo.BrokerListener;
import io.modelvane.demo.KafkaBroker;
import io.modelvane.testkit.FaultProxy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * The broker that all cases share. It has as many doors as cases may run at once, each with a proxy
 * of its own, so that trouble on the way to Kafka stays with one case.
 */
final class Ground implements AutoCloseable {
  private static final int LANES = 6;
  private static final String LOGIN = "LOGIN";
  private static final String FILTER = "FILTER";

  private final ClassArchive archive;
  private final KafkaBroker broker;
  private final @Nullable KafkaBroker second;
  private final List<FaultProxy> doors = new CopyOnWriteArrayList<>();
  private final List<CommitFilter> filters = new CopyOnWriteArrayList<>();
  private final BlockingQueue<Lane> free = new ArrayBlockingQueue<>(LANES);

  /** A way to the broker that only one case uses at a time, and what all have in common. */
  record Lane(Ground ground, Way way) {
    String bootstrapServers() {
      return way.bootstrapServers();
    }

    KafkaBroker broker() {
      return ground.broker;
    }

    /** The second broker, for a case that has two; it has no proxy before it. */
    KafkaBroker second() {
      return Objects.requireNonNull(ground.second, "there is only one broker");
    }

    Login login() {
      return new Login(broker().bootstrapServers(LOGIN), ground.doors.get(LANES));
    }

    Filter filter() {
      return new Filter(broker().bootstrapServers(FILTER), ground.filters.get(0));
    }

    ClassArchive archive() {
      return ground.archive;
    }

    FaultProxy door() {
      return way.door();
    }
  }

  /** A way to the broker for one case. */
  record Way(String bootstrapServers, FaultProxy door) {}

  /** A way to the broker that asks who one is. What is done to its door meets all who use it. */
  record Login(String bootstrapServers, FaultProxy door) {}

  /** A way to the broker on which commits may be lost; one case may use it. */
  record Filter(String bootstrapServers, CommitFilter commits) {}

  /** As many brokers as are wanted; of two the first controls both, and each has a replica. */
  Ground(FaultCase.Brokers wanted, Path folder, ClassArchive archive) {
    this.archive = archive;
    KafkaBroker.Builder builder = builder(wanted, folder);
    for (int i = 0; i < LANES; i++) {
      builder.behind(BrokerListener.plain(lane(i)), this::door);
    }
    builder.behind(
        BrokerListener.saslPlaintext(LOGIN, BrokerListener.Mechanism.SCRAM_SHA_256), this::door);
    builder.behind(BrokerListener.plain(FILTER), this::filter);
    broker = builder.start();
    second = wanted == FaultCase.Brokers.TWO ? second(wanted, folder.resolve("second")) : null;
    for (int i = 0; i < LANES; i++) {
      free.add(new Lane(this, new Way(broker.bootstrapServers(lane(i)), doors.get(i))));
    }
  }

  private static String lane(int number) {
    return "LANE" + number;
  }

  private static KafkaBroker.Builder builder(FaultCase.Brokers wanted, Path folder) {
    String replicas = wanted == FaultCase.Brokers.TWO ? "2" : "1";
    return KafkaBroker.inOwnProcess(folder)
        .property("group.min.session.timeout.ms", "1000")
        .property("broker.session.timeout.ms", session(wanted))
        .property("num.network.threads", "1")
        .property("log.cleaner.backoff.ms", "200")
        .property("default.replication.factor", replicas)
        .property("offsets.topic.replication.factor", replicas);
  }

  /**
   * A broker that a busy machine keeps from its heartbeat for a while is no dead one: all
   * partitions would be without a leader. One that is killed is known as dead only after that.
   */
  private static String session(FaultCase.Brokers wanted) {
    return wanted == FaultCase.Brokers.SHARED ? "30000" : "6000";
  }

  private KafkaBroker second(FaultCase.Brokers wanted, Path folder) {
    KafkaBroker.Builder builder = builder(wanted, folder).joining(broker);
    for (int i = 0; i < LANES; i++) {
      builder.listener(BrokerListener.plain(lane(i)));
    }
    return builder.start();
  }

  private int door(int port) {
    try {
      FaultProxy door = FaultProxy.to("127.0.0.1", port);
      doors.add(door);
      return door.port();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private int filter(int port) {
    try {
      CommitFilter filter = new CommitFilter(port);
      filters.add(filter);
      return filter.port();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  ClassArchive archive() {
    return archive;
  }

  /** Takes a lane. */
  Lane enter() throws InterruptedException {
    return free.take();
  }

  /** Gives it back in working order. */
  void leave(Lane lane) throws IOException {
    lane.door().pass();
    free.add(lane);
  }

  @Override
  public void close() throws IOException {
    if (second != null) {
      second.close();
    }
    broker.close();
    for (FaultProxy door : doors) {
      door.close();
    }
    for (CommitFilter filter : filters) {
      filter.close();
    }
  }
}
