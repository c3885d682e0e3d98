package io.modelvane.bench.alerting;

import io.modelvane.spi.ComponentContext;
import io.modelvane.spi.ComponentFactory;
import io.modelvane.spi.Plugin;
import io.modelvane.spi.Source;
import io.modelvane.spi.SourceFactory;
import java.util.List;

/** Lets a configuration name a source that is never made. */
final class Nothing implements Plugin {
  /** No options. */
  record NoOptions() {}

  private static final class Sources implements SourceFactory<NoOptions> {
    @Override
    public String type() {
      return "nothing";
    }

    @Override
    public String description() {
      return "Stands for a source.";
    }

    @Override
    public Class<NoOptions> options() {
      return NoOptions.class;
    }

    @Override
    public Source create(NoOptions options, ComponentContext context) {
      throw new UnsupportedOperationException("nothing is read here");
    }
  }

  @Override
  public List<ComponentFactory<?, ?>> factories() {
    return List.of(new Sources());
  }
}
