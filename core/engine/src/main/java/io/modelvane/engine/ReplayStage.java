package io.modelvane.engine;

import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Stage;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.modelvane.engine.config.ComponentDefinition;
import io.modelvane.engine.config.Configuration;
import io.modelvane.engine.config.PipelineDefinition;
import io.modelvane.engine.deadletter.FileDeadLetterFactory;
import io.modelvane.engine.deadletter.FileDeadLetterOptions;
import io.modelvane.engine.deadletter.KeptLetter;
import io.modelvane.engine.deadletter.LetterFile;
import io.modelvane.engine.pipeline.NamedSink;
import io.modelvane.engine.pipeline.NamedTransform;
import io.modelvane.engine.pipeline.Reprocessing;
import io.modelvane.engine.pipeline.ReprocessingParts;
import io.modelvane.engine.plugin.ComponentKind;
import io.modelvane.engine.state.DataFolder;
import io.modelvane.engine.state.StateDatabase;
import io.modelvane.spi.ComponentException;
import io.modelvane.spi.DataSize;
import io.modelvane.spi.DeadLetter;
import io.modelvane.spi.DeadLetterStore;
import io.modelvane.spi.Decoder;
import io.modelvane.spi.Outcome;
import io.modelvane.spi.Sink;
import io.modelvane.spi.SinkRef;
import io.modelvane.spi.Transform;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a replay needs of a configuration: the pipelines that have letters, without their sources,
 * and the sinks that take points again. It has a data folder of its own within that of the letters,
 * which also keeps a second replay out.
 */
final class ReplayStage implements AutoCloseable {
  private static final String SINK = "sink:";

  private final Configuration configuration;
  private final LetterReplay.Request request;
  private final Clock clock;
  private final DataFolder folder;
  private final StateDatabase database;
  private final Components components;
  private final Map<String, Reprocessing> pipelines = new LinkedHashMap<>();
  private final Map<String, ReplayLane> lanes = new LinkedHashMap<>();
  private final Set<String> remarks = new LinkedHashSet<>();
  private final List<ManagedComponent> needed = new ArrayList<>();
  private final ManagedComponent letters;

  private ReplayStage(
      Configuration configuration, LetterReplay.Request request, Clock clock, DataFolder folder) {
    this.configuration = configuration;
    this.request = request;
    this.clock = clock;
    this.folder = folder;
    Injector injector =
        Guice.createInjector(
            Stage.PRODUCTION,
            new EngineModule(
                configuration,
                clock,
                folder,
                new PrometheusMeterRegistry(PrometheusConfig.DEFAULT)));
    this.database = injector.getInstance(StateDatabase.class);
    this.components = injector.getInstance(Components.class);
    components.makeShared();
    this.letters = components.make(letterDefinition(), Optional.empty());
    needed.add(letters);
  }

  /**
   * Makes everything that the wanted letters need; nothing runs yet.
   *
   * @throws StartFailure when it cannot be made, or another replay is under way
   */
  static ReplayStage open(Configuration configuration, LetterReplay.Request request, Clock clock)
      throws StartFailure, IOException, InterruptedException {
    DataFolder folder;
    try {
      folder = DataFolder.open(request.folder().replayed());
    } catch (ComponentException taken) {
      throw new StartFailure(
          List.of("another replay may be under way: " + String.valueOf(taken.getMessage())));
    }
    boolean open = false;
    try {
      ReplayStage stage = new ReplayStage(configuration, request, clock, folder);
      stage.make();
      open = true;
      return stage;
    } catch (RuntimeException | Error failure) {
      throw Components.unmakeable(failure, configuration);
    } finally {
      if (!open) {
        folder.close();
      }
    }
  }

  /** Letters that fail for another reason than before go where they came from. */
  private ComponentDefinition letterDefinition() {
    ComponentDefinition given = configuration.deadLetters();
    boolean files = given.options() instanceof FileDeadLetterOptions;
    FileDeadLetterOptions options =
        files
            ? (FileDeadLetterOptions) given.options()
            : new FileDeadLetterOptions(
                Optional.empty(), DataSize.ofMebibytes(64), DataSize.parse("10GiB"));
    return new ComponentDefinition(
        given.kind(),
        given.name(),
        files ? given.factory() : new FileDeadLetterFactory(),
        new FileDeadLetterOptions(
            Optional.of(request.folder().path()), options.rotateAt(), options.limit()),
        given.location(),
        Set.of(),
        Set.of());
  }

  private void make() throws IOException, InterruptedException {
    Set<String> named = new TreeSet<>();
    for (LetterFile file : request.folder().files()) {
      file.read(letter -> collect(letter, named));
    }
    Set<String> sinks = new LinkedHashSet<>();
    for (PipelineDefinition pipeline : configuration.pipelines().values()) {
      if (named.contains(pipeline.name())) {
        pipelines.put(pipeline.name(), make(pipeline));
        takers(pipeline).forEach(sink -> addWithOthers(sink.name(), sinks));
      }
    }
    for (ManagedComponent component : components.inStartOrder()) {
      if (sinks.stream().anyMatch(name -> components.managedSink(name) == component)) {
        needed.add(component);
      }
    }
  }

  private void collect(KeptLetter letter, Set<String> named) {
    if (!letter.replayed() && request.which().test(letter)) {
      named.add(letter.letter().pipeline());
    }
  }

  private void addWithOthers(String sink, Set<String> sinks) {
    for (SinkRef other : configuration.component(ComponentKind.SINK, sink).sinks()) {
      addWithOthers(other.name(), sinks);
    }
    sinks.add(sink);
  }

  private Reprocessing make(PipelineDefinition definition) {
    Optional<String> name = Optional.of(definition.name());
    List<NamedTransform> transforms = new ArrayList<>();
    for (String transform : definition.options().transforms()) {
      ManagedComponent made =
          components.make(configuration.component(ComponentKind.TRANSFORM, transform), name);
      needed.add(made);
      transforms.add(new NamedTransform(transform, (Transform) made.component()));
    }
    ManagedComponent decoder = components.make(definition.decoder(), name);
    needed.add(decoder);
    return new Reprocessing(
        new ReprocessingParts(
            definition.name(),
            definition.options(),
            (Decoder) decoder.component(),
            transforms,
            request.patience()),
        clock,
        new RedactingLogger(ReplayStage.class.getName(), this::redact));
  }

  private List<NamedSink> takers(PipelineDefinition pipeline) {
    List<NamedSink> takers = new ArrayList<>();
    for (String name : pipeline.options().sinks()) {
      Sink sink = components.sink(name);
      if (sink.traits().exclusive()) {
        remarks.add(
            "sink '%s' of pipeline '%s' is left out: it judges events in their order and has gone past these"
                .formatted(name, pipeline.name()));
      } else {
        takers.add(new NamedSink(name, sink));
      }
    }
    return takers;
  }

  /**
   * Starts everything, waiting as long as a sink may fail.
   *
   * @throws StartFailure when something cannot work as it is configured
   * @throws ComponentException when something is not there yet
   */
  void start() throws StartFailure, ComponentException, InterruptedException {
    List<String> reasons = new ArrayList<>();
    for (ManagedComponent component : needed) {
      component.start(request.patience()).ifPresent(reasons::add);
    }
    if (!reasons.isEmpty()) {
      throw new StartFailure(reasons);
    }
    long end = System.nanoTime() + request.patience().toNanos();
    for (ManagedComponent component : needed) {
      if (!component.awaitStart(Duration.ofNanos(Math.max(0, end - System.nanoTime())))) {
        throw new ComponentException(Outcome.Kind.RETRYABLE, component.words());
      }
    }
  }

  /** The way back of a letter; shut when no sink takes it. */
  ReplayLane lane(DeadLetter letter) {
    String target = letter.stage().startsWith(SINK) ? letter.stage() : "";
    return lanes.computeIfAbsent(
        letter.pipeline() + "\n" + target,
        key -> {
          PipelineDefinition pipeline = configuration.pipelines().get(letter.pipeline());
          Reprocessing reprocessing = pipelines.get(letter.pipeline());
          if (pipeline == null || reprocessing == null) {
            return new ReplayLane(null, List.of());
          }
          return new ReplayLane(
              reprocessing,
              takers(pipeline).stream()
                  .filter(sink -> target.isEmpty() || target.equals(SINK + sink.name()))
                  .toList());
        });
  }

  String whyClosed(DeadLetter letter) {
    return pipelines.containsKey(letter.pipeline())
        ? "pipeline '%s' has no sink that takes letters of stage '%s' again"
            .formatted(letter.pipeline(), letter.stage())
        : "the configuration has no pipeline '%s'".formatted(letter.pipeline());
  }

  Collection<ReplayLane> lanes() {
    return lanes.values();
  }

  DeadLetterStore letters() {
    return letters.deadLetters();
  }

  Collection<String> remarks() {
    return remarks;
  }

  String redact(String text) {
    return configuration.redactor().redact(text);
  }

  @Override
  public void close() throws IOException {
    Duration limit = configuration.engine().stopWithin();
    List<ManagedComponent> order = new ArrayList<>(needed);
    java.util.Collections.reverse(order);
    order.forEach(component -> component.stop(limit));
    database.close();
    folder.close();
  }
}
