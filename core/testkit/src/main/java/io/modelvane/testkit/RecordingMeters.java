package io.modelvane.testkit;

import io.modelvane.spi.Meters;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/** Metrics that a test can read back. Safe for use by many threads. */
public final class RecordingMeters implements Meters {
  private final Map<Key, LongAdder> counts = new ConcurrentHashMap<>();
  private final Map<Key, List<Duration>> durations = new ConcurrentHashMap<>();
  private final Map<Key, DoubleSupplier> gauges = new ConcurrentHashMap<>();

  private record Key(String name, Map<String, String> tags) {
    Key {
      tags = Map.copyOf(tags);
    }
  }

  /** What a counter without tags shows; 0 when there is none. */
  public long count(String name) {
    return count(name, Map.of());
  }

  /** What a counter shows; 0 when there is none. */
  public long count(String name, Map<String, String> tags) {
    @Nullable LongAdder count = counts.get(new Key(name, tags));
    return count == null ? 0 : count.sum();
  }

  /** What all counters of that name show together. */
  public long countOfAll(String name) {
    return counts.entrySet().stream()
        .filter(entry -> entry.getKey().name().equals(name))
        .mapToLong(entry -> entry.getValue().sum())
        .sum();
  }

  /** What a timer has collected, in order. */
  public List<Duration> durations(String name, Map<String, String> tags) {
    return List.copyOf(durations.getOrDefault(new Key(name, tags), List.of()));
  }

  /** Reads a gauge without tags. */
  public double gauge(String name) {
    return gauge(name, Map.of());
  }

  /**
   * Reads a gauge.
   *
   * @throws IllegalArgumentException when there is none, naming those there are
   */
  public double gauge(String name, Map<String, String> tags) {
    @Nullable DoubleSupplier gauge = gauges.get(new Key(name, tags));
    if (gauge == null) {
      throw new IllegalArgumentException(
          "no gauge %s%s, only %s".formatted(name, tags, gauges.keySet()));
    }
    return gauge.getAsDouble();
  }

  @Override
  public Counter counter(String name, String description, Map<String, String> tags) {
    return counts.computeIfAbsent(new Key(name, tags), key -> new LongAdder())::add;
  }

  @Override
  public Timer timer(String name, String description, Map<String, String> tags) {
    return durations.computeIfAbsent(
            new Key(name, tags), key -> Collections.synchronizedList(new ArrayList<>()))
        ::add;
  }

  @Override
  public void gauge(
      String name, String description, Map<String, String> tags, DoubleSupplier value) {
    gauges.put(new Key(name, tags), value);
  }
}
