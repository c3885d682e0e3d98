package io.modelvane.spi;

/**
 * Answers requests of the product's HTTP API for one component, below the path it was served at
 * ({@link ComponentContext#serve}).
 *
 * <p>Called by threads of the engine, by several at the same time. The engine has checked before
 * that the caller may do this, and that a body is JSON and not too long. It interrupts a call that
 * takes longer than {@value #SECONDS} seconds, masks the secrets of the configuration in whatever
 * is answered, and leaves out the body of an answer to {@code HEAD}, which arrives here as {@code
 * GET}.
 */
@FunctionalInterface
public interface ApiHandler {
  /** The longest a call may take. */
  int SECONDS = 30;

  /**
   * Answers one request. What is wrong with it is an answer too ({@link ApiResponse#problem}).
   *
   * @throws ComponentException what keeps the component from answering: {@code RETRYABLE} and
   *     {@code THROTTLED} are answered with 503 and the message, any other kind with 500 and the
   *     message. Any other exception is answered with 500 and without a word of it; it is logged.
   * @throws InterruptedException when the time is over, or the engine stops
   */
  ApiResponse handle(ApiRequest request) throws ComponentException, InterruptedException;
}
