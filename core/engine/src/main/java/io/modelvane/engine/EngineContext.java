package io.modelvane.engine;

import io.modelvane.engine.config.ComponentDefinition;
import io.modelvane.engine.words.Words;
import io.modelvane.spi.ApiHandler;
import io.modelvane.spi.ComponentContext;
import io.modelvane.spi.Health;
import io.modelvane.spi.Meters;
import io.modelvane.spi.Notifier;
import io.modelvane.spi.NotifierRef;
import io.modelvane.spi.Sink;
import io.modelvane.spi.SinkRef;
import io.modelvane.spi.StateStore;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/** What one component gets from the engine; its threads end with it. */
final class EngineContext implements ComponentContext, AutoCloseable {
  private final ComponentDefinition definition;
  private final Optional<String> pipeline;
  private final Contexts contexts;
  private final Components components;
  private final Meters meters;
  private final System.Logger logger;
  private final String part;
  private @Nullable ExecutorService executor;
  private @Nullable ScheduledExecutorService scheduler;

  EngineContext(
      ComponentDefinition definition,
      Optional<String> pipeline,
      Contexts contexts,
      Components components) {
    this.definition = definition;
    this.pipeline = pipeline;
    this.contexts = contexts;
    this.components = components;
    this.meters = contexts.meters(definition, pipeline);
    this.logger = new RedactingLogger("io.modelvane." + definition.name(), contexts::redact);
    this.part =
        definition.kind().text()
            + " "
            + definition.name()
            + pipeline.map(p -> " of " + p).orElse("");
  }

  @Override
  public String name() {
    return definition.name();
  }

  @Override
  public Optional<String> pipeline() {
    return pipeline;
  }

  @Override
  public Clock clock() {
    return contexts.clock();
  }

  @Override
  public synchronized ExecutorService executor() {
    if (executor == null) {
      executor = EngineThreads.pool(threadName(), owner());
    }
    return executor;
  }

  @Override
  public synchronized ScheduledExecutorService scheduler() {
    if (scheduler == null) {
      scheduler = EngineThreads.scheduler(threadName() + "-timer", owner());
    }
    return scheduler;
  }

  private EngineThreads.Owner owner() {
    return new EngineThreads.Owner(definition.title(), PluginLoader.of(definition.factory()));
  }

  private String threadName() {
    return definition.name() + pipeline.map(p -> "@" + p).orElse("");
  }

  @Override
  public Meters meters() {
    return meters;
  }

  @Override
  public System.Logger logger() {
    return logger;
  }

  @Override
  public StateStore state() {
    return contexts.database().store(definition.kind().text() + "_" + definition.name());
  }

  @Override
  public Path dataFolder() {
    return contexts.folder().path();
  }

  @Override
  public void health(Health health) {
    Objects.requireNonNull(health, "health: say how it is");
    contexts.health().set(part, health);
  }

  /** How the component has said that it is. */
  Health health() {
    return contexts.health().get(part);
  }

  @Override
  public String redact(String text) {
    return contexts.redact(text);
  }

  /** Words of the component as they may be shown: without secrets, on one line, not too many. */
  String words(String text) {
    return Words.line(redact(text));
  }

  @Override
  public Sink sink(SinkRef ref) {
    if (!definition.sinks().contains(ref)) {
      throw new IllegalArgumentException(
          definition.title() + " does not name the sink " + ref.name());
    }
    return components.sink(ref.name());
  }

  @Override
  public Notifier notifier(NotifierRef ref) {
    if (!definition.notifiers().contains(ref)) {
      throw new IllegalArgumentException(
          definition.title() + " does not name the notifier " + ref.name());
    }
    return components.notifier(ref.name());
  }

  @Override
  public Optional<Notifier> configuredNotifier(String name) {
    return components.configuredNotifier(name);
  }

  @Override
  public void serve(String path, ApiHandler handler) {
    contexts.api().serve(path, name(), request -> PluginLoader.ask(handler, request));
  }

  @Override
  public synchronized void close() {
    contexts.api().withdraw(name());
    if (scheduler != null) {
      scheduler.shutdownNow();
    }
    if (executor != null) {
      executor.shutdownNow();
    }
  }
}
