package io.modelvane.alerting.rule;

import io.modelvane.alerting.silence.Maintenance;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * All that is configured about who is told what, and when.
 *
 * @param rules who is told
 * @param maintenance when nobody is
 * @param inhibitions which incidents explain others
 * @param delivery what is special about endpoints, by name
 */
public record Policy(
    Rules rules,
    List<Maintenance> maintenance,
    List<Inhibition> inhibitions,
    Map<String, EndpointOptions> delivery) {
  /** Copies the collections. */
  public Policy {
    maintenance = List.copyOf(maintenance);
    inhibitions = List.copyOf(inhibitions);
    delivery = Map.copyOf(delivery);
  }

  /** Rules alone. */
  public static Policy of(Map<String, RuleOptions> rules) {
    return new Policy(new Rules(rules), List.of(), List.of(), Map.of());
  }

  /** What is special about an endpoint. */
  public EndpointOptions delivery(String endpoint) {
    return delivery.getOrDefault(endpoint, EndpointOptions.PLAIN);
  }

  /** Everybody who may be told anything. */
  public Set<String> endpoints() {
    Set<String> all = new LinkedHashSet<>(rules.endpoints());
    delivery.values().stream()
        .map(EndpointOptions::fallback)
        .flatMap(Optional::stream)
        .forEach(fallback -> all.add(fallback.name()));
    return all;
  }
}
