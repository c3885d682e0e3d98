package io.modelvane.engine.config;

import io.modelvane.engine.plugin.ComponentKind;
import io.modelvane.spi.ComponentFactory;
import io.modelvane.spi.NotifierRef;
import io.modelvane.spi.SinkRef;
import java.util.Set;

/**
 * A configured component, ready to be made.
 *
 * @param kind what it is
 * @param name its name in the configuration
 * @param factory makes it
 * @param options of the factory's own type
 * @param location where its configuration begins
 * @param sinks the sinks its options name
 * @param notifiers the notifiers its options name
 */
public record ComponentDefinition(
    ComponentKind kind,
    String name,
    ComponentFactory<?, ?> factory,
    Record options,
    Location location,
    Set<SinkRef> sinks,
    Set<NotifierRef> notifiers) {
  /** Copies the sets. */
  public ComponentDefinition {
    sinks = Set.copyOf(sinks);
    notifiers = Set.copyOf(notifiers);
  }

  /** {@code sink 'influx'}, for messages. */
  public String title() {
    return kind.text() + " '" + name + "'";
  }
}
