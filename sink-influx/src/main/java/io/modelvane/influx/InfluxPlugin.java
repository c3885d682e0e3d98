package io.modelvane.influx;

import io.modelvane.spi.ComponentFactory;
import io.modelvane.spi.Plugin;
import java.util.List;

/** Sink {@code influxdb}. */
public final class InfluxPlugin implements Plugin {
  @Override
  public List<ComponentFactory<?, ?>> factories() {
    return List.of(new InfluxSinkFactory());
  }
}
