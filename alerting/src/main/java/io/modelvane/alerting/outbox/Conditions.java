package io.modelvane.alerting.outbox;

import io.modelvane.spi.Health;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** The health of a component that has parts: as bad as the worst of them, in the words of all. */
public final class Conditions {
  private final Consumer<Health> whole;
  private final Map<String, Health> parts = new LinkedHashMap<>();

  /** Reports to {@code whole} whenever something changes. */
  public Conditions(Consumer<Health> whole) {
    this.whole = whole;
  }

  /** How a part is; its reason says which part it is about. Safe for use by many threads. */
  public synchronized void set(String part, Health health) {
    if (health.equals(parts.put(part, health))) {
      return;
    }
    Health.State worst =
        parts.values().stream().map(Health::state).max(Enum::compareTo).orElse(Health.State.UP);
    String reasons =
        parts.values().stream()
            .filter(each -> each.state() != Health.State.UP)
            .map(Health::reason)
            .collect(Collectors.joining("; "));
    whole.accept(new Health(worst, reasons));
  }

  /** How a part is; up when it has said nothing. Safe for use by many threads. */
  public synchronized Health of(String part) {
    return parts.getOrDefault(part, Health.UP);
  }
}
