package io.modelvane.alerting.outbox;

import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Who may be told something: whom the policy names, and whom it names no more, but who is owed the
 * end of what was told before.
 */
final class Endpoints {
  private final Set<String> named;
  private volatile Set<String> owed = Set.of();

  /** The endpoints of a policy. */
  Endpoints(Set<String> named) {
    this.named = named;
  }

  /** Whether the policy names it. */
  boolean names(String endpoint) {
    return named.contains(endpoint);
  }

  /** Whether it hears of ends. */
  boolean hears(String endpoint) {
    return named.contains(endpoint) || owed.contains(endpoint);
  }

  /** Sets who is named no more and still owed something. */
  void owe(Set<String> endpoints) {
    owed = Set.copyOf(endpoints);
  }

  /** All that hear of ends. */
  Set<String> all() {
    Set<String> all = new LinkedHashSet<>(named);
    all.addAll(owed);
    return all;
  }
}
