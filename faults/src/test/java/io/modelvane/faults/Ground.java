package io.modelvane.faults;

import io.modelvane.demo.BrokerListener;
import io.modelvane.demo.KafkaBroker;
import io.modelvane.testkit.FaultProxy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;

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
  private final List<FaultProxy> doors = new CopyOnWriteArrayList<>();
  private final List<CommitFilter> filters = new CopyOnWriteArrayList<>();
  private final BlockingQueue<Lane> free = new ArrayBlockingQueue<>(LANES);

  /** A way to the broker that only one case uses at a time, and the special ones. */
  record Lane(KafkaBroker broker, Way way, Login login, Filter filter, ClassArchive archive) {
    String bootstrapServers() {
      return way.bootstrapServers();
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

  Ground(Path folder, ClassArchive archive) {
    this.archive = archive;
    KafkaBroker.Builder builder =
        KafkaBroker.inOwnProcess(folder)
            .property("group.min.session.timeout.ms", "1000")
            // a broker that a busy machine keeps from its heartbeat for a second is no dead one
            .property("broker.session.timeout.ms", "6000")
            .property("num.network.threads", "1")
            .property("log.cleaner.backoff.ms", "200");
    for (int i = 0; i < LANES; i++) {
      builder.behind(BrokerListener.plain("LANE" + i), this::door);
    }
    builder.behind(
        BrokerListener.saslPlaintext(LOGIN, BrokerListener.Mechanism.SCRAM_SHA_256), this::door);
    builder.behind(BrokerListener.plain(FILTER), this::filter);
    broker = builder.start();
    Login login = new Login(broker.bootstrapServers(LOGIN), doors.get(LANES));
    Filter filter = new Filter(broker.bootstrapServers(FILTER), filters.get(0));
    for (int i = 0; i < LANES; i++) {
      free.add(
          new Lane(
              broker,
              new Way(broker.bootstrapServers("LANE" + i), doors.get(i)),
              login,
              filter,
              archive));
    }
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
    broker.close();
    for (FaultProxy door : doors) {
      door.close();
    }
    for (CommitFilter filter : filters) {
      filter.close();
    }
  }
}
