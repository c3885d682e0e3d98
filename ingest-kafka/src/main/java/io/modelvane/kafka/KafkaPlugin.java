package io.modelvane.kafka;

import io.modelvane.spi.ComponentFactory;
import io.modelvane.spi.Plugin;
import java.util.List;

/** Source {@code kafka} and dead letters {@code kafka}. */
public final class KafkaPlugin implements Plugin {
  @Override
  public List<ComponentFactory<?, ?>> factories() {
    return List.of(new KafkaSourceFactory(), new KafkaDeadLetterFactory());
  }
}
