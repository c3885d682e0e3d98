package io.modelvane.notifier.pagerduty;

import io.modelvane.spi.ComponentFactory;
import io.modelvane.spi.Plugin;
import java.util.List;

/** Notifier {@code pagerduty}. */
public final class PagerDutyPlugin implements Plugin {
  @Override
  public List<ComponentFactory<?, ?>> factories() {
    return List.of(new PagerDutyNotifierFactory());
  }
}
