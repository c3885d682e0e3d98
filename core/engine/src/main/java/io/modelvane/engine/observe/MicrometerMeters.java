package io.modelvane.engine.observe;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.modelvane.spi.Meters;
import java.util.Map;
import java.util.function.DoubleSupplier;

/** Meters of one component in the registry of all. */
public final class MicrometerMeters implements Meters {
  private final MeterRegistry registry;
  private final String prefix;
  private final Map<String, String> common;

  /**
   * Meters whose names begin with {@code prefix} and which all carry {@code common} tags.
   *
   * @param prefix ends with an underscore
   */
  public MicrometerMeters(MeterRegistry registry, String prefix, Map<String, String> common) {
    this.registry = registry;
    this.prefix = prefix;
    this.common = Map.copyOf(common);
  }

  private Tags tags(Map<String, String> own) {
    Tags tags = Tags.empty();
    for (Map.Entry<String, String> tag : common.entrySet()) {
      tags = tags.and(tag.getKey(), tag.getValue());
    }
    for (Map.Entry<String, String> tag : own.entrySet()) {
      tags = tags.and(tag.getKey(), tag.getValue());
    }
    return tags;
  }

  @Override
  public Counter counter(String name, String description, Map<String, String> tags) {
    io.micrometer.core.instrument.Counter counter =
        io.micrometer.core.instrument.Counter.builder(prefix + name)
            .description(description)
            .tags(tags(tags))
            .register(registry);
    return counter::increment;
  }

  @Override
  public Timer timer(String name, String description, Map<String, String> tags) {
    io.micrometer.core.instrument.Timer timer =
        io.micrometer.core.instrument.Timer.builder(prefix + name)
            .description(description)
            .tags(tags(tags))
            .publishPercentiles(0.5, 0.99)
            .register(registry);
    return timer::record;
  }

  @Override
  public void gauge(
      String name, String description, Map<String, String> tags, DoubleSupplier value) {
    Gauge.builder(prefix + name, value::getAsDouble)
        .description(description)
        .tags(tags(tags))
        .register(registry);
  }
}
