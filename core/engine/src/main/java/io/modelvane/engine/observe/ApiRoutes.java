package io.modelvane.engine.observe;

import io.modelvane.spi.ApiHandler;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Which component serves which part of the API. Safe for use by many threads. */
public final class ApiRoutes {
  private static final Pattern PATH = Pattern.compile("[a-z][a-z0-9.-]*");

  private final Map<String, Map<String, ApiHandler>> routes = new TreeMap<>();

  /**
   * A component serves a path from now on.
   *
   * @throws IllegalArgumentException when {@code path} is not one segment as the plugin interface
   *     asks for
   */
  public synchronized void serve(String path, String component, ApiHandler handler) {
    if (!PATH.matcher(path).matches()) {
      throw new IllegalArgumentException(
          "'%s' cannot be served: one segment of lower-case letters, digits, dash and dot can"
              .formatted(path));
    }
    routes.computeIfAbsent(path, p -> new TreeMap<>()).put(component, handler);
  }

  /** A component serves nothing any more. */
  public synchronized void withdraw(String component) {
    routes.values().forEach(components -> components.remove(component));
    routes.values().removeIf(Map::isEmpty);
  }

  /** Who serves a path, by name. */
  synchronized Map<String, ApiHandler> at(String path) {
    return new TreeMap<>(routes.getOrDefault(path, Map.of()));
  }

  /** What is served. */
  synchronized List<String> paths() {
    return List.copyOf(routes.keySet());
  }
}
