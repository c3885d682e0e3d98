package io.modelvane.influx;

import io.modelvane.spi.ComponentContext;
import io.modelvane.spi.Health;
import io.modelvane.spi.Meters;
import io.modelvane.spi.Notifier;
import io.modelvane.spi.NotifierRef;
import io.modelvane.spi.Sink;
import io.modelvane.spi.SinkRef;
import io.modelvane.spi.StateStore;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/** A context that remembers what was counted and logged. The clock stands still. */
final class FakeContext implements ComponentContext, Meters, System.Logger, AutoCloseable {
  static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");
  static final List<String> SECRETS = List.of("s3cret-token", "s3cret-password", "s3cret-header");

  private final AtomicInteger threads = new AtomicInteger();
  private final ExecutorService executor =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "lent-" + threads.incrementAndGet());
            thread.setDaemon(true);
            return thread;
          });
  private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();
  private final List<String> logged = new CopyOnWriteArrayList<>();

  long count(String name) {
    LongAdder adder = counts.get(name);
    return adder == null ? 0 : adder.sum();
  }

  List<String> logged() {
    return logged;
  }

  @Override
  public String name() {
    return "influx";
  }

  @Override
  public Optional<String> pipeline() {
    return Optional.empty();
  }

  @Override
  public Clock clock() {
    return Clock.fixed(NOW, ZoneOffset.UTC);
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
    return this;
  }

  @Override
  public StateStore state() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Path dataFolder() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void health(Health health) {}

  @Override
  public String redact(String text) {
    String masked = text;
    for (String secret : SECRETS) {
      masked = masked.replace(secret, "****");
    }
    return masked;
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
    String key = tags.isEmpty() ? name : name + tags;
    LongAdder adder = counts.computeIfAbsent(key, k -> new LongAdder());
    return adder::add;
  }

  @Override
  public Timer timer(String name, String description, Map<String, String> tags) {
    LongAdder adder = counts.computeIfAbsent(name, k -> new LongAdder());
    return duration -> adder.increment();
  }

  @Override
  public void gauge(
      String name, String description, Map<String, String> tags, DoubleSupplier value) {}

  @Override
  public String getName() {
    return "influx";
  }

  @Override
  public boolean isLoggable(Level level) {
    return true;
  }

  @Override
  public void log(
      Level level, @Nullable ResourceBundle bundle, String message, @Nullable Throwable thrown) {
    logged.add(level + " " + message);
  }

  @Override
  public void log(
      Level level,
      @Nullable ResourceBundle bundle,
      String format,
      @Nullable Object @Nullable ... parameters) {
    logged.add(level + " " + MessageFormat.format(format, parameters));
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }
}
