package io.modelvane.engine.plugin;

import io.modelvane.spi.ComponentFactory;
import io.modelvane.spi.DeadLetterFactory;
import io.modelvane.spi.DecoderFactory;
import io.modelvane.spi.NotifierFactory;
import io.modelvane.spi.SinkFactory;
import io.modelvane.spi.SourceFactory;
import io.modelvane.spi.TransformFactory;
import java.util.Locale;

/** The kinds of components a plugin may offer. */
public enum ComponentKind {
  SOURCE("sources"),
  DECODER("decode"),
  TRANSFORM("transforms"),
  SINK("sinks"),
  NOTIFIER("notifiers"),
  DEAD_LETTERS("dead_letters");

  private final String section;

  ComponentKind(String section) {
    this.section = section;
  }

  /** Where such a component stands in the configuration. */
  public String section() {
    return section;
  }

  /** {@code dead_letters}, for messages and metrics. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The kind a factory makes. */
  public static ComponentKind of(ComponentFactory<?, ?> factory) {
    if (factory instanceof SourceFactory) {
      return SOURCE;
    } else if (factory instanceof DecoderFactory) {
      return DECODER;
    } else if (factory instanceof TransformFactory) {
      return TRANSFORM;
    } else if (factory instanceof SinkFactory) {
      return SINK;
    } else if (factory instanceof NotifierFactory) {
      return NOTIFIER;
    } else if (factory instanceof DeadLetterFactory) {
      return DEAD_LETTERS;
    }
    throw new IllegalArgumentException("no kind for " + factory.getClass().getName());
  }
}
