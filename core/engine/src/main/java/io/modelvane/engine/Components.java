package io.modelvane.engine;

import com.google.inject.Inject;
import io.modelvane.engine.config.ComponentDefinition;
import io.modelvane.engine.config.Configuration;
import io.modelvane.engine.plugin.ComponentKind;
import io.modelvane.engine.words.Defect;
import io.modelvane.engine.words.Words;
import io.modelvane.spi.Component;
import io.modelvane.spi.ComponentFactory;
import io.modelvane.spi.DeadLetterStore;
import io.modelvane.spi.Notifier;
import io.modelvane.spi.Sink;
import io.modelvane.spi.SinkRef;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;

/**
 * The shared components of a configuration (sinks, notifiers, dead letters), each made once, in the
 * order of their references: whoever is named by another comes first.
 */
final class Components {
  private final Configuration configuration;
  private final Contexts contexts;
  private final Map<String, ManagedComponent> shared = new LinkedHashMap<>();

  @Inject
  Components(Configuration configuration, Contexts contexts) {
    this.configuration = configuration;
    this.contexts = contexts;
  }

  /** Makes the shared components that a pipeline needs, directly or through others. */
  void makeShared() {
    make(configuration.deadLetters());
    configuration.of(ComponentKind.NOTIFIER).values().forEach(this::make);
    configuration.of(ComponentKind.SINK).values().forEach(this::makeSink);
  }

  private void makeSink(ComponentDefinition sink) {
    for (SinkRef ref : sink.sinks()) {
      makeSink(configuration.component(ComponentKind.SINK, ref.name()));
    }
    make(sink);
  }

  private void make(ComponentDefinition definition) {
    String key = key(definition.kind(), definition.name());
    if (!shared.containsKey(key)) {
      shared.put(key, make(definition, Optional.empty()));
    }
  }

  /** Makes a component; one for a pipeline is the pipeline's own. */
  ManagedComponent make(ComponentDefinition definition, Optional<String> pipeline) {
    EngineContext context = contexts.context(definition, pipeline, this);
    try {
      Component component = create(definition.factory(), definition.options(), context);
      return new ManagedComponent(definition, component, context);
    } catch (Throwable defect) {
      Defect.passFatal(defect);
      String where = definition.location() + ": " + definition.title();
      new RedactingLogger(Components.class.getName(), context::redact)
          .log(System.Logger.Level.DEBUG, where + " cannot be made", defect);
      throw new MakeFailure(
          where
              + Defect.origin(definition.factory())
              + " cannot be made: "
              + context.words(PluginLoader.words(defect)));
    }
  }

  /** A component cannot be made; the message says which, and why. */
  static final class MakeFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MakeFailure(String message) {
      super(message);
    }
  }

  /** Why nothing was started, where a component or what belongs to it could not be made. */
  static StartFailure unmakeable(Throwable failure, Configuration configuration) {
    Defect.passFatal(failure);
    return new StartFailure(
        List.of(
            failure instanceof MakeFailure
                ? String.valueOf(failure.getMessage())
                : "a component cannot be made: "
                    + Words.line(configuration.redactor().redact(PluginLoader.words(failure)))));
  }

  private static <O extends Record, C extends Component> C create(
      ComponentFactory<O, C> factory, Record options, EngineContext context) {
    C component = factory.create(factory.options().cast(options), context);
    return Objects.requireNonNull(component, () -> factory.type() + " made nothing");
  }

  /** The shared components in the order in which they start. */
  List<ManagedComponent> inStartOrder() {
    return List.copyOf(shared.values());
  }

  /** The shared components in the order in which they stop. */
  List<ManagedComponent> inStopOrder() {
    List<ManagedComponent> order = new ArrayList<>(shared.values());
    java.util.Collections.reverse(order);
    return order;
  }

  ManagedComponent managedSink(String name) {
    return Objects.requireNonNull(shared.get(key(ComponentKind.SINK, name)), name);
  }

  Sink sink(String name) {
    return (Sink) managedSink(name).component();
  }

  Notifier notifier(String name) {
    return configuredNotifier(name).orElseThrow(() -> new NoSuchElementException(name));
  }

  /** A notifier, whoever names it; empty when there is none of that name. */
  Optional<Notifier> configuredNotifier(String name) {
    return Optional.ofNullable(shared.get(key(ComponentKind.NOTIFIER, name)))
        .map(ManagedComponent::notifier);
  }

  ManagedComponent managedDeadLetters() {
    ComponentDefinition definition = configuration.deadLetters();
    return Objects.requireNonNull(shared.get(key(definition.kind(), definition.name())));
  }

  DeadLetterStore deadLetters() {
    return managedDeadLetters().deadLetters();
  }

  private static String key(ComponentKind kind, String name) {
    return kind + " " + name;
  }
}
