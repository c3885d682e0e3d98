package io.modelvane.alerting.outbox;

import io.modelvane.engine.state.StateDatabase;
import io.modelvane.spi.ComponentContext;
import io.modelvane.spi.Health;
import io.modelvane.spi.Meters;
import io.modelvane.spi.Notifier;
import io.modelvane.spi.NotifierRef;
import io.modelvane.spi.Sink;
import io.modelvane.spi.SinkRef;
import io.modelvane.spi.StateStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.DoubleSupplier;
import java.util.function.UnaryOperator;

/** The engine's part, with a real database in a folder and a clock that moves when told. */
public final class TestContext implements ComponentContext, AutoCloseable {
  private final TestClock clock = new TestClock();
  private final StateDatabase database;
  private final Map<String, Notifier> notifiers = new LinkedHashMap<>();
  private final Map<String, Sink> sinks = new LinkedHashMap<>();
  private final Map<String, AtomicLong> counts = new ConcurrentHashMap<>();
  private final Map<String, DoubleSupplier> gauges = new ConcurrentHashMap<>();
  private final List<Health> healths = new CopyOnWriteArrayList<>();
  private final ExecutorService executor = Executors.newCachedThreadPool();
  private final ScheduledExecutorService scheduler = Executors.newScheduledThreadPool(1);
  private UnaryOperator<StateStore> wrapping = store -> store;

  /** A context with its database in {@code folder}. */
  public TestContext(Path folder) {
    this.database = new StateDatabase(folder.resolve("state.db"));
  }

  /** Adds a notifier. */
  public TestContext with(String name, Notifier notifier) {
    notifiers.put(name, notifier);
    return this;
  }

  /** Adds a sink. */
  public TestContext withSink(String name, Sink sink) {
    sinks.put(name, sink);
    return this;
  }

  /** Puts something between a component and its store. */
  void wrap(UnaryOperator<StateStore> wrapper) {
    wrapping = wrapper;
  }

  /** What was counted under a name with tags, as {@code name{tag=value}}. */
  public long count(String name) {
    AtomicLong count = counts.get(name);
    return count == null ? 0 : count.get();
  }

  /** The present value of a gauge. */
  public double gauge(String name) {
    return Objects.requireNonNull(gauges.get(name), name).getAsDouble();
  }

  /** The health told last. */
  public Health health() {
    return healths.isEmpty() ? Health.UP : healths.get(healths.size() - 1);
  }

  /** Every health told. */
  public List<Health> healths() {
    return healths;
  }

  @Override
  public TestClock clock() {
    return clock;
  }

  @Override
  public StateStore state() {
    return wrapping.apply(database.store("sink_alerting"));
  }

  @Override
  public Notifier notifier(NotifierRef ref) {
    return Objects.requireNonNull(notifiers.get(ref.name()), ref.name());
  }

  @Override
  public Sink sink(SinkRef ref) {
    return Objects.requireNonNull(sinks.get(ref.name()), ref.name());
  }

  @Override
  public void health(Health health) {
    healths.add(health);
  }

  @Override
  public String redact(String text) {
    return text.replace("s3cret", "****");
  }

  @Override
  public Meters meters() {
    return new Meters() {
      @Override
      public Counter counter(String name, String description, Map<String, String> tags) {
        AtomicLong count = counts.computeIfAbsent(label(name, tags), key -> new AtomicLong());
        return count::addAndGet;
      }

      @Override
      public Timer timer(String name, String description, Map<String, String> tags) {
        return (Duration duration) ->
            counts.computeIfAbsent(label(name, tags), key -> new AtomicLong()).incrementAndGet();
      }

      @Override
      public void gauge(
          String name, String description, Map<String, String> tags, DoubleSupplier value) {
        gauges.put(label(name, tags), value);
      }
    };
  }

  private static String label(String name, Map<String, String> tags) {
    return tags.isEmpty() ? name : name + new TreeMap<>(tags);
  }

  @Override
  public String name() {
    return "alerting";
  }

  @Override
  public Optional<String> pipeline() {
    return Optional.empty();
  }

  @Override
  public ExecutorService executor() {
    return executor;
  }

  @Override
  public ScheduledExecutorService scheduler() {
    return scheduler;
  }

  @Override
  public System.Logger logger() {
    return System.getLogger("test");
  }

  @Override
  public Path dataFolder() {
    throw new UnsupportedOperationException("alerting keeps no files");
  }

  @Override
  public void close() {
    executor.shutdownNow();
    scheduler.shutdownNow();
    boolean ended = false;
    try {
      ended =
          executor.awaitTermination(10, TimeUnit.SECONDS)
              && scheduler.awaitTermination(10, TimeUnit.SECONDS);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
    database.close();
    if (!ended) {
      throw new AssertionError("a thread does not end");
    }
  }
}
