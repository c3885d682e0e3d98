package io.modelvane.demo;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.function.BiFunction;
import java.util.function.IntUnaryOperator;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.InvalidReplicationFactorException;
import org.jspecify.annotations.Nullable;

/**
 * A real Kafka broker (one KRaft node, or one more) on 127.0.0.1, in this JVM or in one of its own.
 *
 * <p>Its ports are chosen when it is built and stay the same over restarts, and so does its data.
 * The broker always has an open listener without encryption; further ones are added with {@link
 * Builder#listener}. Topics are not created by themselves. A broker in its own process ends with
 * this JVM, however this JVM ends.
 *
 * <pre>{@code
 * try (KafkaBroker broker = KafkaBroker.inOwnProcess(folder).start()) {
 *   broker.createTopic("calls", 3, Map.of());
 *   ... broker.bootstrapServers() ...
 *   broker.kill();
 *   broker.start();
 * }
 * }</pre>
 */
public final class KafkaBroker implements AutoCloseable {
  private static final Duration START_ALLOWANCE = Duration.ofSeconds(90);
  private static final Duration FENCED_ALLOWANCE = Duration.ofSeconds(30);

  private final BrokerSettings settings;
  private final BrokerForm form;

  private KafkaBroker(BrokerSettings settings, BrokerForm form) {
    this.settings = settings;
    this.form = form;
  }

  /** A broker inside this JVM: starts faster, cannot be killed. Its data goes to the folder. */
  public static Builder inThisJvm(Path folder) {
    return new Builder(folder, BrokerServer::new);
  }

  /**
   * A broker in a JVM of its own, which can be killed. Its data, settings and log go to the folder.
   */
  public static Builder inOwnProcess(Path folder) {
    return new Builder(folder, (properties, scram) -> new BrokerChild(folder, properties, scram));
  }

  /** What a broker is made of. */
  public static final class Builder {
    private final Path folder;
    private final BiFunction<Properties, List<String>, BrokerForm> form;
    private final Map<String, String> properties = new LinkedHashMap<>();
    private final Map<String, String> users = new LinkedHashMap<>();
    private final List<BrokerListener> listeners = new ArrayList<>();
    private final Map<String, IntUnaryOperator> proxies = new LinkedHashMap<>();
    private @Nullable KafkaBroker first;

    private Builder(Path folder, BiFunction<Properties, List<String>, BrokerForm> form) {
      this.folder = folder;
      this.form = form;
    }

    /** Sets one of Kafka's own server properties, after ours. */
    public Builder property(String name, String value) {
      properties.put(name, value);
      return this;
    }

    /** Adds a listener with log-in or TLS or both. */
    public Builder listener(BrokerListener listener) {
      listeners.add(listener);
      return this;
    }

    /**
     * Adds a listener whose clients come through a proxy.
     *
     * @param proxy given the port of the listener, answers with the port of the proxy before it
     */
    public Builder behind(BrokerListener listener, IntUnaryOperator proxy) {
      proxies.put(listener.name(), proxy);
      return listener(listener);
    }

    /** Adds a user for PLAIN and for both kinds of SCRAM. Fixed when the folder is first used. */
    public Builder user(String name, String password) {
      users.put(name, password);
      return this;
    }

    /**
     * Makes it node 2 of another broker's cluster, in which that one stays the only controller: to
     * be started after it and stopped before it. Listeners of the same name belong together.
     */
    public Builder joining(KafkaBroker other) {
      first = other;
      return this;
    }

    /** Builds the broker without starting it. */
    public KafkaBroker build() {
      BrokerSettings settings =
          first == null
              ? new BrokerSettings(listeners, users)
              : first.settings.next(listeners, users);
      proxies.forEach(
          (name, proxy) -> settings.advertise(name, proxy.applyAsInt(settings.port(name))));
      Properties all =
          settings.properties(folder.resolve("data").toAbsolutePath().toString(), properties);
      return new KafkaBroker(settings, form.apply(all, settings.scramArguments()));
    }

    /** Builds the broker, starts it and waits until it answers. */
    public KafkaBroker start() {
      KafkaBroker broker = build();
      broker.start();
      return broker;
    }
  }

  /** Starts it, also again after {@link #stop} or {@link #kill}, and waits until it answers. */
  public void start() {
    launch();
    awaitReady(START_ALLOWANCE);
  }

  /** Starts it without waiting. */
  public void launch() {
    if (form.isRunning()) {
      throw new IllegalStateException("the broker runs already");
    }
    form.start();
  }

  /** Waits until the broker answers a client. */
  public void awaitReady(Duration limit) {
    if (!Waiting.until(limit, () -> !form.isRunning() || answers())) {
      throw new IllegalStateException(
          "no broker at " + bootstrapServers() + " after " + limit + "; " + form.lastWords());
    }
    if (!form.isRunning()) {
      throw new IllegalStateException("the broker ended while it started; " + form.lastWords());
    }
  }

  /** The address of the listener without encryption, {@code host:port}. */
  public String bootstrapServers() {
    return bootstrapServers(BrokerSettings.PLAINTEXT);
  }

  /** The address of a listener by its name. */
  public String bootstrapServers(String listener) {
    return settings.address(listener);
  }

  /**
   * Creates a topic and waits until its partitions can be written. Each has one replica, unless
   * {@code default.replication.factor} says otherwise.
   */
  public void createTopic(String name, int partitions, Map<String, String> configs) {
    try (Admin admin = admin(30_000)) {
      create(admin, new NewTopic(name, Optional.of(partitions), Optional.empty()).configs(configs));
      awaitLeaders(admin, name, partitions);
    } catch (ExecutionException failure) {
      throw new IllegalStateException("cannot create topic " + name, failure.getCause());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while creating topic " + name, interrupted);
    }
  }

  /** A broker that a busy machine keeps from its heartbeat is fenced for a moment. */
  private static void create(Admin admin, NewTopic topic)
      throws ExecutionException, InterruptedException {
    long end = System.nanoTime() + FENCED_ALLOWANCE.toNanos();
    while (true) {
      try {
        admin.createTopics(List.of(topic)).all().get();
        return;
      } catch (ExecutionException refused) {
        if (!isFenced(refused.getCause()) || System.nanoTime() > end) {
          throw refused;
        }
        Thread.sleep(100);
      }
    }
  }

  private static boolean isFenced(@Nullable Throwable failure) {
    return failure instanceof InvalidReplicationFactorException
        && String.valueOf(failure.getMessage()).contains("fenced");
  }

  /** Whether it was started and has not ended. */
  public boolean isRunning() {
    return form.isRunning();
  }

  /** Ends it as {@code kill -9} does; only for a broker in its own process. */
  public void kill() {
    form.kill();
  }

  /** Stops it in an orderly way; it can be started again. */
  public void stop() {
    form.stop();
  }

  /** Same as {@link #stop}. The data stays where it is. */
  @Override
  public void close() {
    stop();
  }

  private static void awaitLeaders(Admin admin, String name, int partitions) {
    boolean ready = Waiting.until(Duration.ofSeconds(30), () -> leaders(admin, name) == partitions);
    if (!ready) {
      throw new IllegalStateException("topic " + name + " has no leaders");
    }
  }

  private static long leaders(Admin admin, String name) {
    try {
      return admin.describeTopics(List.of(name)).allTopicNames().get().values().stream()
          .flatMap(topic -> topic.partitions().stream())
          .filter(partition -> partition.leader() != null && !partition.leader().isEmpty())
          .count();
    } catch (ExecutionException notYet) {
      return 0;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return 0;
    }
  }

  private boolean answers() {
    // the socket first: a client logs a warning for each refused connection
    if (!Loopback.accepts(bootstrapServers())) {
      return false;
    }
    try (Admin admin = admin(2_000)) {
      return admin.describeCluster().nodes().get().stream()
          .anyMatch(node -> node.id() == settings.node());
    } catch (ExecutionException notYet) {
      return false;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private Admin admin(int timeoutMillis) {
    return Admin.create(
        Map.of(
            "bootstrap.servers", bootstrapServers(),
            "request.timeout.ms", timeoutMillis,
            "default.api.timeout.ms", timeoutMillis));
  }
}
