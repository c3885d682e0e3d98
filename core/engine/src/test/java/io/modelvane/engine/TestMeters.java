package io.modelvane.engine;

import io.modelvane.spi.Meters;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.DoubleSupplier;

/** Meters that can be read. A meter with tags is found as {@code name{tag=value}}. */
public final class TestMeters implements Meters {
  private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();
  private final Map<String, DoubleSupplier> gauges = new ConcurrentHashMap<>();

  private static String key(String name, Map<String, String> tags) {
    return tags.isEmpty() ? name : name + tags;
  }

  @Override
  public Counter counter(String name, String description, Map<String, String> tags) {
    LongAdder count = counts.computeIfAbsent(key(name, tags), n -> new LongAdder());
    return count::add;
  }

  @Override
  public Timer timer(String name, String description, Map<String, String> tags) {
    LongAdder count = counts.computeIfAbsent(key(name, tags), n -> new LongAdder());
    return duration -> count.increment();
  }

  @Override
  public void gauge(
      String name, String description, Map<String, String> tags, DoubleSupplier value) {
    gauges.put(key(name, tags), value);
  }

  public long count(String name) {
    LongAdder count = counts.get(name);
    return count == null ? 0 : count.sum();
  }

  public double gauge(String name) {
    return Objects.requireNonNull(gauges.get(name), name).getAsDouble();
  }
}
