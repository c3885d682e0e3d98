package io.modelvane.alerting.outbox;

import io.modelvane.spi.ComponentContext;
import io.modelvane.spi.Health;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The health of a component that has parts: as bad as the worst of them, in the words of all. Where
 * several endpoints fail, the whole names them, and each says in a line of the log when that began
 * and when it is over.
 */
public final class Conditions {
  private static final String ENDPOINT = "endpoint ";
  private static final int MOST_NAMES = 10;

  private final ComponentContext context;
  private final Map<String, Health> parts = new LinkedHashMap<>();

  /** Reports to {@code context} whenever something changes. */
  public Conditions(ComponentContext context) {
    this.context = context;
  }

  /** How a part is; its reason says which part it is about. Safe for use by many threads. */
  public synchronized void set(String part, Health health) {
    Health before = of(part);
    if (health.equals(parts.put(part, health))) {
      return;
    }
    Map<String, Health> failing = failingEndpoints();
    boolean others = failing.keySet().stream().anyMatch(other -> !other.equals(part));
    if (part.startsWith(ENDPOINT) && others && before.state() != health.state()) {
      log(part, health);
    }
    Health.State worst =
        parts.values().stream().map(Health::state).max(Enum::compareTo).orElse(Health.State.UP);
    context.health(new Health(worst, reasons(failing)));
  }

  private Map<String, Health> failingEndpoints() {
    Map<String, Health> failing = new TreeMap<>(parts);
    failing
        .entrySet()
        .removeIf(
            part ->
                !part.getKey().startsWith(ENDPOINT) || part.getValue().state() == Health.State.UP);
    return failing;
  }

  private void log(String part, Health health) {
    System.Logger.Level level =
        switch (health.state()) {
          case UP -> System.Logger.Level.INFO;
          case DEGRADED -> System.Logger.Level.WARNING;
          case DOWN -> System.Logger.Level.ERROR;
        };
    String words = health.state() == Health.State.UP ? part + " works again" : health.reason();
    context.logger().log(level, "{0}", words);
  }

  private String reasons(Map<String, Health> failing) {
    List<String> reasons = new ArrayList<>();
    parts.forEach(
        (part, health) -> {
          boolean named = failing.size() > 1 && failing.containsKey(part);
          if (health.state() != Health.State.UP && !named) {
            reasons.add(health.reason());
          }
        });
    if (failing.size() > 1) {
      reasons.add(names(failing));
    }
    return String.join("; ", reasons);
  }

  private static String names(Map<String, Health> failing) {
    String names =
        failing.keySet().stream()
            .limit(MOST_NAMES)
            .map(part -> part.substring(ENDPOINT.length()))
            .collect(Collectors.joining(", "));
    int more = failing.size() - MOST_NAMES;
    return "%d endpoints fail: %s%s; the log and GET /api/v1/endpoints say why each does"
        .formatted(failing.size(), names, more > 0 ? " and " + more + " more" : "");
  }

  /** How a part is; up when it has said nothing. Safe for use by many threads. */
  public synchronized Health of(String part) {
    return parts.getOrDefault(part, Health.UP);
  }
}
