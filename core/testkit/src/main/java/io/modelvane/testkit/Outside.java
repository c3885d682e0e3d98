package io.modelvane.testkit;

import io.modelvane.spi.Component;
import java.io.IOException;

/**
 * The outside world of a component, as real as a test can have it: a server, a broker, a folder.
 * Made anew for each test of a contract.
 */
public interface Outside extends AutoCloseable {
  /** A new component whose options point here. */
  Component component(TestContext context);

  /**
   * Makes the next {@code start} of a component fail.
   *
   * @return false when a start needs nothing from outside, and cannot fail
   */
  default boolean breakStart() throws Exception {
    return false;
  }

  /** Undoes {@link #breakStart()}. */
  default void mendStart() throws Exception {}

  /** Takes it down. */
  @Override
  void close() throws IOException;
}
