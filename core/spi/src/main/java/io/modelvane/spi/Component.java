package io.modelvane.spi;

/**
 * Anything the engine starts and stops.
 *
 * <p>Life: constructor (no I/O, no threads) -> {@link #start()} -> work -> {@link #stop()}. {@code
 * start} may be called again after it failed. {@code stop} may be called at any time after
 * construction, also after a failed start, and more than once; the second call does nothing. Both
 * are called by an engine thread, never at the same time.
 */
public interface Component {
  /**
   * Opens what the component needs and checks that the outside world is as configured.
   *
   * @throws ComponentException {@code MISCONFIGURED}: the engine reports the message and does not
   *     start the pipelines that need this component; {@code RETRYABLE} and {@code THROTTLED}: the
   *     engine tries again with growing pauses, or when it is told to, and reports not-ready
   *     meanwhile, also when a later attempt is {@code MISCONFIGURED}; {@code FATAL} (as any other
   *     exception): the component is given up
   * @throws InterruptedException when the engine stops meanwhile
   */
  default void start() throws ComponentException, InterruptedException {}

  /**
   * Releases every thread, socket and file. What is in flight may be finished, within the engine's
   * time limit, after which the calling thread is interrupted.
   *
   * @throws InterruptedException when the time limit is over
   */
  default void stop() throws InterruptedException {}
}
