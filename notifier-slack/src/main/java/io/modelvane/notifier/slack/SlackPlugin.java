package io.modelvane.notifier.slack;

import io.modelvane.spi.ComponentFactory;
import io.modelvane.spi.Plugin;
import java.util.List;

/** Notifier {@code slack}. */
public final class SlackPlugin implements Plugin {
  @Override
  public List<ComponentFactory<?, ?>> factories() {
    return List.of(new SlackNotifierFactory());
  }
}
