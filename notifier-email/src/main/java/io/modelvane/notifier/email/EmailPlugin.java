package io.modelvane.notifier.email;

import io.modelvane.spi.ComponentFactory;
import io.modelvane.spi.Plugin;
import java.util.List;

/** Notifier {@code email}. */
public final class EmailPlugin implements Plugin {
  @Override
  public List<ComponentFactory<?, ?>> factories() {
    return List.of(new EmailNotifierFactory());
  }
}
