package io.modelvane.engine;

import io.modelvane.spi.ApiHandler;
import io.modelvane.spi.ApiRequest;
import io.modelvane.spi.ApiResponse;
import io.modelvane.spi.Component;
import io.modelvane.spi.ComponentException;
import java.util.Objects;

/**
 * Calls a component with its own class loader as the thread's: libraries such as kafka-clients and
 * Jakarta Mail look for their parts there.
 */
final class PluginLoader {
  private PluginLoader() {}

  /** A call that may fail as components do. */
  @FunctionalInterface
  interface Call {
    /** Calls. */
    void run() throws ComponentException, InterruptedException;
  }

  static ClassLoader of(Object partOfPlugin) {
    return partOfPlugin.getClass().getClassLoader();
  }

  static void call(Component component, Call call) throws ComponentException, InterruptedException {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(of(component));
    try {
      call.run();
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  /** Lets a handler of the API answer, likewise. */
  static ApiResponse ask(ApiHandler handler, ApiRequest request)
      throws ComponentException, InterruptedException {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(of(handler));
    try {
      return Objects.requireNonNull(handler.handle(request), "a handler answered nothing");
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  /** The words of a defect: its first cause says more than what it was wrapped in. */
  static String words(Throwable defect) {
    Throwable cause = defect;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause.toString();
  }
}
