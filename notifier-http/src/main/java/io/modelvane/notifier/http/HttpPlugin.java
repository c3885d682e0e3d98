package io.modelvane.notifier.http;

import io.modelvane.spi.ComponentFactory;
import io.modelvane.spi.Plugin;
import java.util.List;

/** Notifier {@code http}. */
public final class HttpPlugin implements Plugin {
  @Override
  public List<ComponentFactory<?, ?>> factories() {
    return List.of(new HttpNotifierFactory());
  }
}
