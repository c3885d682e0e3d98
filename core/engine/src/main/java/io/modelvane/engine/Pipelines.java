package io.modelvane.engine;

import com.google.inject.Inject;
import io.micrometer.core.instrument.MeterRegistry;
import io.modelvane.engine.config.Configuration;
import io.modelvane.engine.config.PipelineDefinition;
import io.modelvane.engine.observe.EngineThread;
import io.modelvane.engine.observe.HealthBoard;
import io.modelvane.engine.observe.MicrometerMeters;
import io.modelvane.engine.pipeline.NamedSink;
import io.modelvane.engine.pipeline.NamedTransform;
import io.modelvane.engine.pipeline.Pipeline;
import io.modelvane.engine.pipeline.PipelineParts;
import io.modelvane.engine.pipeline.PipelineServices;
import io.modelvane.engine.plugin.ComponentKind;
import io.modelvane.engine.words.Defect;
import io.modelvane.engine.words.Words;
import io.modelvane.spi.Decoder;
import io.modelvane.spi.Outcome;
import io.modelvane.spi.Sink;
import io.modelvane.spi.Source;
import io.modelvane.spi.Transform;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.Collectors;

/** All pipelines: makes them with the components of their own, runs each on a thread, ends them. */
final class Pipelines {
  private static final System.Logger LOGGER = System.getLogger(Pipelines.class.getName());

  private final Configuration configuration;
  private final Components components;
  private final Clock clock;
  private final MeterRegistry registry;
  private final HealthBoard health;
  private final ScheduledExecutorService scheduler = EngineThreads.scheduler("pipeline-timer");
  private final ExecutorService executor = EngineThreads.pool("pipeline-work");
  private final List<Running> running = new ArrayList<>();
  private final Map<ManagedComponent, CompletableFuture<Boolean>> announced = new HashMap<>();

  @Inject
  Pipelines(
      Configuration configuration,
      Components components,
      Clock clock,
      MeterRegistry registry,
      HealthBoard health) {
    this.configuration = configuration;
    this.components = components;
    this.clock = clock;
    this.registry = registry;
    this.health = health;
  }

  /** A pipeline, the components of its own, and the shared ones it waits for. */
  private record Running(
      String name,
      Pipeline pipeline,
      List<ManagedComponent> own,
      List<ManagedComponent> needed,
      Thread thread) {}

  void make(Duration drain) {
    configuration.pipelines().values().forEach(definition -> running.add(make(definition, drain)));
    for (Running pipeline : running) {
      for (ManagedComponent needed : pipeline.needed()) {
        if (needed.component() instanceof Sink sink) {
          announced.computeIfAbsent(
              needed, key -> key.started().thenApply(works -> works && announce(key, sink)));
        }
      }
    }
  }

  private Running make(PipelineDefinition definition, Duration drain) {
    String name = definition.name();
    List<ManagedComponent> own = new ArrayList<>();
    ManagedComponent source = own(own, ComponentKind.SOURCE, definition.options().source(), name);
    List<NamedTransform> transforms = new ArrayList<>();
    for (String transform : definition.options().transforms()) {
      ManagedComponent made = own(own, ComponentKind.TRANSFORM, transform, name);
      transforms.add(new NamedTransform(transform, (Transform) made.component()));
    }
    ManagedComponent decoder = components.make(definition.decoder(), Optional.of(name));
    own.add(decoder);
    List<ManagedComponent> needed = new ArrayList<>(own);
    List<NamedSink> sinks = new ArrayList<>();
    for (String sink : definition.options().sinks()) {
      sinks.add(new NamedSink(sink, components.sink(sink)));
      needed.add(components.managedSink(sink));
    }
    needed.add(components.managedDeadLetters());
    PipelineParts parts =
        new PipelineParts(
            name,
            definition.options(),
            (Source) source.component(),
            (Decoder) decoder.component(),
            transforms,
            sinks,
            letters -> {
              try {
                return components.deadLetters().write(letters);
              } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                return new Outcome.Retryable("interrupted");
              }
            });
    Pipeline pipeline = new Pipeline(parts, services(name));
    ((Source) source.component()).subscribe(pipeline);
    if (sinks.stream().anyMatch(sink -> sink.sink().traits().exclusive())) {
      ((Source) source.component()).readAlone();
    }
    Thread thread =
        new EngineThread(() -> live(name, pipeline, needed, drain), "pipeline-" + name, "");
    thread.setContextClassLoader(PluginLoader.of(source.component()));
    return new Running(name, pipeline, own, needed, thread);
  }

  private ManagedComponent own(
      List<ManagedComponent> own, ComponentKind kind, String name, String pipeline) {
    ManagedComponent made =
        components.make(configuration.component(kind, name), Optional.of(pipeline));
    own.add(made);
    return made;
  }

  private PipelineServices services(String name) {
    return new PipelineServices(
        clock,
        scheduler,
        executor,
        new MicrometerMeters(registry, "modelvane_pipeline_", Map.of("pipeline", name)),
        health,
        new RedactingLogger("io.modelvane.pipeline." + name, configuration.redactor()::redact));
  }

  private void live(String name, Pipeline pipeline, List<ManagedComponent> needed, Duration drain) {
    try {
      for (ManagedComponent component : needed) {
        if (!announced.getOrDefault(component, component.started()).get()) {
          return;
        }
      }
      LOGGER.log(System.Logger.Level.INFO, "pipeline {0} runs", name);
      pipeline.run(drain);
    } catch (InterruptedException | ExecutionException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  /** For the log: {@code pipelines calls, trades}. */
  String names() {
    return running.stream().map(Running::name).collect(Collectors.joining(", ", "pipelines ", ""));
  }

  /** The components that belong to one pipeline each. */
  List<ManagedComponent> own() {
    return running.stream().flatMap(pipeline -> pipeline.own().stream()).toList();
  }

  void run() {
    running.forEach(pipeline -> pipeline.thread().start());
  }

  /** Tells a sink of all the pipelines that feed it, before any of them begins. */
  private boolean announce(ManagedComponent managed, Sink sink) {
    for (Running pipeline : running) {
      if (pipeline.needed().contains(managed)) {
        try {
          sink.completeUntil(pipeline.name(), Instant.EPOCH);
        } catch (Throwable defect) {
          Defect.passFatal(defect);
          LOGGER.log(
              System.Logger.Level.WARNING,
              "a sink of pipeline {0} failed to hear of it: {1}",
              pipeline.name(),
              Words.line(configuration.redactor().redact(PluginLoader.words(defect))));
        }
      }
    }
    return true;
  }

  /** Ends all pipelines together; those that are not done in time are interrupted. */
  void stop(Duration limit) throws InterruptedException {
    running.forEach(pipeline -> pipeline.pipeline().stop());
    long end = System.nanoTime() + limit.toNanos();
    for (Running pipeline : running) {
      for (ManagedComponent component : pipeline.needed()) {
        component.started().complete(false);
      }
      pipeline.thread().join(Math.max(1, (end - System.nanoTime()) / 1_000_000));
      if (pipeline.thread().isAlive()) {
        LOGGER.log(
            System.Logger.Level.WARNING, "pipeline {0} is not done in time", pipeline.name());
        pipeline.thread().interrupt();
        pipeline.thread().join(1000);
      }
    }
    scheduler.shutdownNow();
    executor.shutdownNow();
  }

  /** Whether every pipeline has ended by itself. */
  boolean allEnded() {
    return running.stream().noneMatch(pipeline -> pipeline.thread().isAlive());
  }
}
