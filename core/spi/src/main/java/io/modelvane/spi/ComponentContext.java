package io.modelvane.spi;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;

/**
 * What the engine lends to one component for its whole life. Take time, threads, metrics and state
 * from here and from nowhere else: that is what lets the engine test, watch and cut off a
 * component.
 */
public interface ComponentContext {
  /** The component's name in the configuration. */
  String name();

  /**
   * The pipeline this component was made for. Present for sources, decoders and transforms, which
   * are made once per pipeline; empty for sinks, notifiers and dead letters, which are shared.
   */
  Optional<String> pipeline();

  /** The only clock. */
  Clock clock();

  /** Threads for blocking work, named after the component, shut down after {@code stop}. */
  ExecutorService executor();

  /** Threads for timers; hand long work to {@link #executor()}. */
  ScheduledExecutorService scheduler();

  /** The component's metrics. */
  Meters meters();

  /** The component's logger; secrets known to the configuration are masked in what it writes. */
  System.Logger logger();

  /** The component's part of the local database, opened on first use. */
  StateStore state();

  /** The product's data folder ({@code data/}), for files that no database fits. */
  Path dataFolder();

  /** Says how the component is. Cheap; call it on every change. */
  void health(Health health);

  /** Masks every secret of the configuration that occurs in {@code text}. */
  String redact(String text);

  /**
   * A sink named by one of this component's options, started before this one. It is the sink
   * itself: one attempt per call, and retries are the caller's.
   *
   * @throws IllegalArgumentException when no option of this component names it
   */
  Sink sink(SinkRef ref);

  /** A notifier named by one of this component's options; as {@link #sink}. */
  Notifier notifier(NotifierRef ref);

  /**
   * Any configured notifier, for a sink that owes something to one its options named before: the
   * end of an incident, say. Notifiers start before all sinks and stop after them; otherwise as
   * {@link #notifier}.
   *
   * @param name as under {@code notifiers:} in the configuration
   * @return empty when there is none of that name
   */
  default Optional<Notifier> configuredNotifier(String name) {
    return Optional.empty();
  }

  /**
   * Serves a part of the product's HTTP API: from now on until the component has stopped, requests
   * for {@code /api/v1/PATH} and everything below come to the handler. Serving a path again
   * replaces its handler, so that {@link Component#start()} is the place to call it.
   *
   * <p>Several components may serve the same path. Then a request has to say which one it means
   * ({@code ?component=NAME}), and the engine answers one that does not with their names.
   *
   * @param path one segment: lower-case letters, digits, dash and dot, beginning with a letter
   * @throws IllegalArgumentException when {@code path} is something else
   */
  void serve(String path, ApiHandler handler);
}
