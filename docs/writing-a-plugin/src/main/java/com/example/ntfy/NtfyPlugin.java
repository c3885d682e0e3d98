package com.example.ntfy;

import io.modelvane.spi.ComponentFactory;
import io.modelvane.spi.Plugin;
import java.util.List;

/** What the jar offers; named in META-INF/services/io.modelvane.spi.Plugin. */
public final class NtfyPlugin implements Plugin {
  @Override
  public List<ComponentFactory<?, ?>> factories() {
    return List.of(new NtfyFactory());
  }
}
