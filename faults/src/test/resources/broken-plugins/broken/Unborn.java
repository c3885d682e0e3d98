package broken;

import io.modelvane.spi.ComponentFactory;
import io.modelvane.spi.Plugin;
import java.util.List;

/** A plugin that cannot even be made. */
public final class Unborn implements Plugin {
  /** Fails. */
  public Unborn() {
    throw new IllegalStateException("unborn on purpose");
  }

  @Override
  public List<ComponentFactory<?, ?>> factories() {
    return List.of();
  }
}
