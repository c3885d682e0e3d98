package io.modelvane.kafka;

import io.modelvane.spi.ApiHandler;
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
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.DoubleSupplier;

/** A context that keeps metrics and health where a test can see them. */
final class Lent implements ComponentContext, Meters {
  private final String pipeline;
  private final Path dataFolder;
  private final Map<String, AtomicLong> counters = new ConcurrentHashMap<>();
  private final Map<String, DoubleSupplier> gauges = new ConcurrentHashMap<>();
  private final List<Health> health = new CopyOnWriteArrayList<>();

  Lent(String pipeline, Path dataFolder) {
    this.pipeline = pipeline;
    this.dataFolder = dataFolder;
  }

  long count(String name) {
    return counters.getOrDefault(name, new AtomicLong()).get();
  }

  double gauge(String name) {
    return gauges.getOrDefault(name, () -> Double.NaN).getAsDouble();
  }

  Health lastHealth() {
    return health.isEmpty() ? Health.UP : health.get(health.size() - 1);
  }

  @Override
  public String name() {
    return "insights";
  }

  @Override
  public Optional<String> pipeline() {
    return Optional.of(pipeline);
  }

  @Override
  public void serve(String path, ApiHandler handler) {
    throw new UnsupportedOperationException("a source serves no API");
  }

  @Override
  public Clock clock() {
    return Clock.systemUTC();
  }

  @Override
  public Meters meters() {
    return this;
  }

  @Override
  public System.Logger logger() {
    return System.getLogger("test");
  }

  @Override
  public Path dataFolder() {
    return dataFolder;
  }

  @Override
  public void health(Health now) {
    health.add(now);
  }

  @Override
  public String redact(String text) {
    return text.replace("hush-hush", "****");
  }

  @Override
  public Counter counter(String name, String description, Map<String, String> tags) {
    AtomicLong count = counters.computeIfAbsent(name, n -> new AtomicLong());
    return amount -> {
      var unused = count.addAndGet(amount);
    };
  }

  @Override
  public Timer timer(String name, String description, Map<String, String> tags) {
    return (Duration duration) -> {};
  }

  @Override
  public void gauge(
      String name, String description, Map<String, String> tags, DoubleSupplier value) {
    gauges.put(name, value);
  }

  @Override
  public ExecutorService executor() {
    throw new UnsupportedOperationException();
  }

  @Override
  public ScheduledExecutorService scheduler() {
    throw new UnsupportedOperationException();
  }

  @Override
  public StateStore state() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Sink sink(SinkRef ref) {
    throw new IllegalArgumentException("no option names it");
  }

  @Override
  public Notifier notifier(NotifierRef ref) {
    throw new IllegalArgumentException("no option names it");
  }
}
