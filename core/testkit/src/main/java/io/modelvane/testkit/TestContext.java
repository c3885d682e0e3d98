package io.modelvane.testkit;

import io.modelvane.spi.ApiHandler;
import io.modelvane.spi.ApiRequest;
import io.modelvane.spi.ApiResponse;
import io.modelvane.spi.ComponentContext;
import io.modelvane.spi.ComponentException;
import io.modelvane.spi.Health;
import io.modelvane.spi.Meters;
import io.modelvane.spi.Notifier;
import io.modelvane.spi.NotifierRef;
import io.modelvane.spi.Sink;
import io.modelvane.spi.SinkRef;
import io.modelvane.spi.StateStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A context to run one component in: time stands still, threads are real, and what the component
 * says of itself is kept for the test to read.
 *
 * <pre>{@code
 * try (TestContext context = TestContext.named("oncall").secret("s3cret").build()) {
 *   Notifier notifier = factory.create(options, context);
 *   ...
 *   context.clock().advance(Duration.ofMinutes(5));
 * }
 * }</pre>
 *
 * <p>{@link #close()} ends the threads and removes the data folder.
 */
public final class TestContext implements ComponentContext, AutoCloseable {
  private static final long SECONDS_TO_END = 5;

  private final Builder parts;
  private final ExecutorService executor;
  private final ScheduledExecutorService scheduler;
  private final RecordingMeters meters = new RecordingMeters();
  private final RecordingLogger logger;
  private final List<Health> healths = new CopyOnWriteArrayList<>();
  private final Map<String, ApiHandler> served = new ConcurrentHashMap<>();
  private @Nullable Path folder;

  private TestContext(Builder parts) {
    this.parts = parts;
    this.logger = new RecordingLogger(parts.name);
    this.executor = Executors.newCachedThreadPool(work -> thread(work, "worker"));
    this.scheduler = Executors.newSingleThreadScheduledExecutor(work -> thread(work, "timer"));
  }

  private Thread thread(Runnable work, String kind) {
    Thread thread = new Thread(work, "context " + parts.name + " " + kind);
    thread.setDaemon(true);
    return thread;
  }

  /** Begins a context for a component of that name. */
  public static Builder named(String name) {
    return new Builder(name);
  }

  /** What a context is made of. Everything but the name may be left out. */
  public static final class Builder {
    private final String name;
    private final Set<String> secrets = new LinkedHashSet<>();
    private final Map<String, Sink> sinks = new HashMap<>();
    private final Map<String, Notifier> notifiers = new HashMap<>();
    private TestClock clock = TestClock.at(Instant.parse("2026-03-01T12:00:00Z"));
    private Optional<String> pipeline = Optional.empty();
    private @Nullable StateStore state;
    private @Nullable Path dataFolder;

    private Builder(String name) {
      this.name = name;
    }

    /** The clock; a clock of its own at noon on 1 March 2026 when not given. */
    public Builder clock(TestClock value) {
      this.clock = value;
      return this;
    }

    /** The pipeline, for sources, decoders and transforms. */
    public Builder pipeline(String value) {
      this.pipeline = Optional.of(value);
      return this;
    }

    /** A text that {@link ComponentContext#redact} masks. */
    public Builder secret(String value) {
      this.secrets.add(value);
      return this;
    }

    /** The state store, which the test opens and closes. */
    public Builder state(StateStore value) {
      this.state = value;
      return this;
    }

    /** The data folder, which the test removes; one of its own when not given. */
    public Builder dataFolder(Path value) {
      this.dataFolder = value;
      return this;
    }

    /** A sink that an option may name. */
    public Builder sink(String ref, Sink sink) {
      this.sinks.put(ref, sink);
      return this;
    }

    /** A notifier that an option may name. */
    public Builder notifier(String ref, Notifier notifier) {
      this.notifiers.put(ref, notifier);
      return this;
    }

    /** The context; its threads end with {@link TestContext#close()}. */
    public TestContext build() {
      return new TestContext(this);
    }
  }

  @Override
  public String name() {
    return parts.name;
  }

  @Override
  public Optional<String> pipeline() {
    return parts.pipeline;
  }

  @Override
  public TestClock clock() {
    return parts.clock;
  }

  @Override
  public ExecutorService executor() {
    return executor;
  }

  @Override
  public ScheduledExecutorService scheduler() {
    return scheduler;
  }

  @Override
  public Meters meters() {
    return meters;
  }

  /** The same meters, to be read. */
  public RecordingMeters recordedMeters() {
    return meters;
  }

  @Override
  public System.Logger logger() {
    return logger;
  }

  /** What the component has logged, unmasked. */
  public List<String> log() {
    return logger.lines();
  }

  @Override
  public StateStore state() {
    if (parts.state == null) {
      throw new IllegalStateException(
          "'" + parts.name + "' asks for state: give the context a store with state(...)");
    }
    return parts.state;
  }

  @Override
  public synchronized Path dataFolder() {
    if (parts.dataFolder != null) {
      return parts.dataFolder;
    }
    try {
      if (folder == null) {
        folder = Files.createTempDirectory("modelvane-" + parts.name);
      }
      return folder;
    } catch (IOException failed) {
      throw new UncheckedIOException("no data folder for '" + parts.name + "'", failed);
    }
  }

  @Override
  public void health(Health health) {
    healths.add(health);
  }

  /** Everything the component has said of its health, in order. */
  public List<Health> healths() {
    return List.copyOf(healths);
  }

  /** What the component said last; up when it has said nothing. */
  public Health lastHealth() {
    return healths.isEmpty() ? Health.UP : healths.get(healths.size() - 1);
  }

  @Override
  public String redact(String text) {
    String masked = text;
    for (String secret : parts.secrets) {
      masked = masked.replace(secret, "****");
    }
    return masked;
  }

  @Override
  public Sink sink(SinkRef ref) {
    return known(parts.sinks, ref.name(), "sink");
  }

  @Override
  public Notifier notifier(NotifierRef ref) {
    return known(parts.notifiers, ref.name(), "notifier");
  }

  @Override
  public Optional<Notifier> configuredNotifier(String name) {
    return Optional.ofNullable(parts.notifiers.get(name));
  }

  private <T> T known(Map<String, T> all, String ref, String kind) {
    @Nullable T found = all.get(ref);
    if (found == null) {
      throw new IllegalArgumentException(
          "no option of '%s' names %s '%s', only %s"
              .formatted(parts.name, kind, ref, all.keySet()));
    }
    return found;
  }

  @Override
  public void serve(String path, ApiHandler handler) {
    if (!path.matches("[a-z][a-z0-9.-]*")) {
      throw new IllegalArgumentException("'" + path + "' is no path of one segment");
    }
    served.put(path, handler);
  }

  /** The paths the component serves, sorted. */
  public Set<String> served() {
    return new TreeSet<>(served.keySet());
  }

  /**
   * Asks what the component serves at a path, on the calling thread.
   *
   * @throws IllegalArgumentException when it serves nothing there
   */
  public ApiResponse ask(String path, ApiRequest request)
      throws ComponentException, InterruptedException {
    ApiHandler handler = served.get(path);
    if (handler == null) {
      throw new IllegalArgumentException(
          "'%s' does not serve '%s', only %s".formatted(parts.name, path, served()));
    }
    return handler.handle(request);
  }

  /** Ends the threads, which must heed an interrupt, and removes the data folder. */
  @Override
  public void close() {
    executor.shutdownNow();
    scheduler.shutdownNow();
    try {
      boolean ended =
          executor.awaitTermination(SECONDS_TO_END, TimeUnit.SECONDS)
              && scheduler.awaitTermination(SECONDS_TO_END, TimeUnit.SECONDS);
      if (!ended) {
        throw new AssertionError("'" + parts.name + "' left work on its context's threads");
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    removeFolder();
  }

  private synchronized void removeFolder() {
    if (folder == null) {
      return;
    }
    try (Stream<Path> tree = Files.walk(folder)) {
      for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
      folder = null;
    } catch (IOException failed) {
      throw new UncheckedIOException("the data folder of '" + parts.name + "' stays", failed);
    }
  }
}
