package io.modelvane.engine;

import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Stage;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.modelvane.engine.config.Configuration;
import io.modelvane.engine.config.HttpOptions;
import io.modelvane.engine.observe.ApiAccess;
import io.modelvane.engine.observe.ApiRoutes;
import io.modelvane.engine.observe.ApiServer;
import io.modelvane.engine.observe.HealthBoard;
import io.modelvane.engine.observe.StatusServer;
import io.modelvane.engine.state.DataFolder;
import io.modelvane.engine.state.StateDatabase;
import io.modelvane.spi.ComponentException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;

/**
 * A running Modelvane.
 *
 * <p>Starts dead letters, notifiers and sinks before the pipelines, whoever is named by another
 * first. What is misconfigured is reported for all components at once and nothing runs; what is
 * merely not there yet is tried again in the background while its pipelines wait.
 */
public final class Modelvane {
  private static final System.Logger LOGGER = System.getLogger(Modelvane.class.getName());

  /** A component that hangs in its start shall not keep the others from theirs. */
  private static final Duration START_PATIENCE = Duration.ofSeconds(20);

  private static final Duration LEAST_PATIENCE = Duration.ofSeconds(2);

  private final Configuration configuration;
  private final DataFolder folder;
  private final StateDatabase database;
  private final Components components;
  private final Pipelines pipelines;
  private final HealthBoard health;
  private final StatusServer server;
  private final AtomicBoolean started = new AtomicBoolean();
  private final AtomicBoolean stopping = new AtomicBoolean();
  private final CountDownLatch stopped = new CountDownLatch(1);

  private Modelvane(Configuration configuration, DataFolder folder, Clock clock)
      throws StartFailure {
    this.configuration = configuration;
    this.folder = folder;
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    bindJvm(registry);
    Injector injector =
        Guice.createInjector(
            Stage.PRODUCTION, new EngineModule(configuration, clock, folder, registry));
    this.database = injector.getInstance(StateDatabase.class);
    this.components = injector.getInstance(Components.class);
    this.pipelines = injector.getInstance(Pipelines.class);
    this.health = injector.getInstance(HealthBoard.class);
    this.server = listen(registry, injector.getInstance(ApiRoutes.class));
  }

  /**
   * Starts everything.
   *
   * @throws StartFailure when something cannot work as it is configured; nothing runs then
   * @throws InterruptedException when the thread is interrupted meanwhile; nothing runs then
   */
  public static Modelvane start(Configuration configuration, Clock clock)
      throws StartFailure, InterruptedException {
    DataFolder folder;
    try {
      folder = DataFolder.open(configuration.engine().data());
    } catch (ComponentException unusable) {
      throw new StartFailure(List.of(String.valueOf(unusable.getMessage())));
    }
    Modelvane modelvane;
    try {
      modelvane = new Modelvane(configuration, folder, clock);
    } catch (StartFailure failure) {
      close(folder);
      throw failure;
    }
    boolean running = false;
    try {
      modelvane.startAll();
      running = true;
    } finally {
      if (!running) {
        modelvane.stop();
      }
    }
    return modelvane;
  }

  private static void bindJvm(PrometheusMeterRegistry registry) {
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
    @SuppressWarnings("resource") // lives as long as the process
    JvmGcMetrics collector = new JvmGcMetrics();
    collector.bindTo(registry);
  }

  private StatusServer listen(PrometheusMeterRegistry registry, ApiRoutes routes)
      throws StartFailure {
    HttpOptions http = configuration.engine().http();
    UnaryOperator<String> redact = configuration.redactor()::redact;
    try {
      return StatusServer.start(
          new InetSocketAddress(http.host(), http.port()),
          new StatusServer.Sources(health, registry, redact, started::get),
          new ApiServer(routes, new ApiAccess(http.isLoopback(), http.token()), redact));
    } catch (IOException | IllegalArgumentException taken) {
      throw new StartFailure(
          List.of(
              "http: %s:%d cannot be listened on (%s); set another 'port' under 'http:', or 0 for any"
                  .formatted(http.host(), http.port(), taken.getMessage())));
    }
  }

  private void startAll() throws StartFailure, InterruptedException {
    List<String> reasons = new ArrayList<>();
    try {
      components.makeShared();
      pipelines.make(drainTime());
    } catch (RuntimeException | Error failure) {
      throw Components.unmakeable(failure, configuration);
    }
    long end = System.nanoTime() + START_PATIENCE.toNanos();
    for (ManagedComponent component : components.inStartOrder()) {
      component.start(rest(end)).ifPresent(reasons::add);
    }
    startOwn(reasons);
    if (!reasons.isEmpty()) {
      throw new StartFailure(reasons);
    }
    started.set(true);
    pipelines.run();
  }

  /** Sources may take seconds to find out that a broker is away: they start side by side. */
  private void startOwn(List<String> reasons) throws InterruptedException {
    ExecutorService starters = EngineThreads.pool("start");
    try {
      List<Future<java.util.Optional<String>>> results = new ArrayList<>();
      for (ManagedComponent component : pipelines.own()) {
        results.add(starters.submit(() -> component.start(START_PATIENCE)));
      }
      for (Future<java.util.Optional<String>> result : results) {
        result.get().ifPresent(reasons::add);
      }
    } catch (java.util.concurrent.ExecutionException impossible) {
      throw new IllegalStateException(impossible);
    } finally {
      starters.shutdownNow();
    }
  }

  /** What is left for one of those that start one after the other; each has its chance. */
  private static Duration rest(long end) {
    return Duration.ofNanos(Math.max(LEAST_PATIENCE.toNanos(), end - System.nanoTime()));
  }

  private Duration drainTime() {
    return configuration.engine().stopWithin().multipliedBy(6).dividedBy(10);
  }

  /** Where {@code /live}, {@code /ready} and {@code /metrics} are. */
  public InetSocketAddress httpAddress() {
    return server.address();
  }

  /** How everything is. */
  public HealthBoard health() {
    return health;
  }

  /**
   * Waits until {@link #stop} was called or every pipeline has given up.
   *
   * @return whether it was stopped by request
   */
  public boolean awaitEnd() throws InterruptedException {
    while (!stopped.await(500, TimeUnit.MILLISECONDS)) {
      if (!stopping.get() && pipelines.allEnded()) {
        return false;
      }
    }
    return true;
  }

  /**
   * Drains what is in flight, commits, and releases everything, within {@code stop_within}. What
   * does not come back by then is named in the log and left behind.
   */
  public void stop() {
    if (!stopping.compareAndSet(false, true)) {
      return;
    }
    Duration within = configuration.engine().stopWithin();
    long begin = System.nanoTime();
    long end = begin + within.toNanos();
    say(
        "stopping: %s finish what is in flight, within %d s"
            .formatted(pipelines.names(), within.toSeconds()));
    try {
      pipelines.stop(within.multipliedBy(8).dividedBy(10));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    pipelines.own().forEach(component -> component.stop(share(end)));
    components.inStopOrder().forEach(component -> component.stop(share(end)));
    server.close();
    database.close(share(end));
    nameLeftBehind(share(end));
    close(folder);
    say("stopped after %d ms".formatted((System.nanoTime() - begin) / 1_000_000));
    stopped.countDown();
  }

  /** A start that failed is no stop to an operator. */
  private void say(String words) {
    if (started.get()) {
      LOGGER.log(System.Logger.Level.INFO, words);
    }
  }

  private void nameLeftBehind(Duration limit) {
    List<ManagedComponent> all = new ArrayList<>(pipelines.own());
    all.addAll(components.inStartOrder());
    for (String words : new LeftBehind(all).await(limit)) {
      LOGGER.log(System.Logger.Level.ERROR, words);
    }
  }

  private static Duration share(long end) {
    return Duration.ofNanos(Math.max(200_000_000L, (end - System.nanoTime()) / 2));
  }

  private static void close(DataFolder folder) {
    try {
      folder.close();
    } catch (IOException closing) {
      LOGGER.log(System.Logger.Level.WARNING, "closing the data folder: {0}", closing.getMessage());
    }
  }
}
