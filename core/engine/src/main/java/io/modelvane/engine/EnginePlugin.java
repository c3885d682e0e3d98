package io.modelvane.engine;

import io.modelvane.engine.deadletter.FileDeadLetterFactory;
import io.modelvane.engine.decode.InsightsDecoderFactory;
import io.modelvane.engine.decode.JsonDecoderFactory;
import io.modelvane.spi.ComponentFactory;
import io.modelvane.spi.Plugin;
import java.util.List;

/** The components that come with the engine. */
public final class EnginePlugin implements Plugin {
  @Override
  public List<ComponentFactory<?, ?>> factories() {
    return List.of(
        new JsonDecoderFactory(), new InsightsDecoderFactory(), new FileDeadLetterFactory());
  }
}
