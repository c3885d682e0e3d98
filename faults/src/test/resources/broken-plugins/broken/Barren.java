package broken;

import io.modelvane.spi.ComponentFactory;
import io.modelvane.spi.Plugin;
import java.util.List;

/** A plugin that cannot say what it offers. */
public final class Barren implements Plugin {
  @Override
  public List<ComponentFactory<?, ?>> factories() {
    throw new IllegalStateException("barren on purpose");
  }
}
