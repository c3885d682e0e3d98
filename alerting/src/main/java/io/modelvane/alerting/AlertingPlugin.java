package io.modelvane.alerting;

import io.modelvane.spi.ComponentFactory;
import io.modelvane.spi.Plugin;
import java.util.List;

/** Sink {@code alerting}. */
public final class AlertingPlugin implements Plugin {
  @Override
  public List<ComponentFactory<?, ?>> factories() {
    return List.of(new AlertingSinkFactory());
  }
}
