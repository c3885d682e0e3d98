package io.modelvane.demo;

import java.lang.reflect.Proxy;

/**
 * Signals of the operating system. {@code sun.misc.Signal} is exported by {@code jdk.unsupported}
 * but the compiler warns of it, hence the reflection.
 */
final class Signals {
  private Signals() {}

  /**
   * Runs an action instead of what the JVM does at a signal.
   *
   * @param name without {@code SIG}
   * @return whether it could be arranged; the JVM or the system may keep a signal for itself
   */
  static boolean on(String name, Runnable action) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object ours =
          Proxy.newProxyInstance(
              Signals.class.getClassLoader(),
              new Class<?>[] {handler},
              (proxy, method, arguments) -> {
                action.run();
                return null;
              });
      signal
          .getMethod("handle", signal, handler)
          .invoke(null, signal.getConstructor(String.class).newInstance(name), ours);
      return true;
    } catch (ReflectiveOperationException unavailable) {
      return false;
    }
  }
}
