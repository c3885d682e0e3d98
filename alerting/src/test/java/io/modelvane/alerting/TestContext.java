package io.modelvane.alerting;

import io.modelvane.spi.ComponentContext;
import io.modelvane.spi.Health;
import io.modelvane.spi.Meters;
import io.modelvane.spi.Notifier;
import io.modelvane.spi.NotifierRef;
import io.modelvane.spi.Sink;
import io.modelvane.spi.SinkRef;
import io.modelvane.spi.StateStore;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.DoubleSupplier;

/** What the engine lends, for one sink under test. */
final class TestContext implements ComponentContext, Meters, AutoCloseable {
  final TestClock clock;
  final List<Health> healths = new CopyOnWriteArrayList<>();
  final Map<String, AtomicLong> counters = new ConcurrentHashMap<>();
  final Map<String, DoubleSupplier> gauges = new ConcurrentHashMap<>();
  private final StateStore store;
  private final ExecutorService executor = Executors.newCachedThreadPool();

  TestContext(TestClock clock, StateStore store) {
    this.clock = clock;
    this.store = store;
  }

  long count(String name, Map<String, String> tags) {
    return counters.getOrDefault(name + tags, new AtomicLong()).get();
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
  public Clock clock() {
    return clock;
  }

  @Override
  public ExecutorService executor() {
    return executor;
  }

  @Override
  public ScheduledExecutorService scheduler() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Meters meters() {
    return this;
  }

  @Override
  public System.Logger logger() {
    return System.getLogger("alerting-under-test");
  }

  @Override
  public StateStore state() {
    return store;
  }

  @Override
  public Path dataFolder() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void health(Health health) {
    healths.add(health);
  }

  @Override
  public String redact(String text) {
    return text;
  }

  @Override
  public Sink sink(SinkRef ref) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Notifier notifier(NotifierRef ref) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Counter counter(String name, String description, Map<String, String> tags) {
    return counters.computeIfAbsent(name + tags, key -> new AtomicLong())::addAndGet;
  }

  @Override
  public Timer timer(String name, String description, Map<String, String> tags) {
    AtomicLong nanos = counters.computeIfAbsent(name + tags, key -> new AtomicLong());
    return (Duration duration) -> nanos.addAndGet(duration.toNanos());
  }

  @Override
  public void gauge(
      String name, String description, Map<String, String> tags, DoubleSupplier value) {
    gauges.put(name + tags, value);
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }
}
