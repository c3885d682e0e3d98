package io.modelvane.alerting.rule;

import io.modelvane.alerting.silence.Maintenance;
import java.util.List;
import java.util.Map;

/**
 * All that is configured about who is told what, and when.
 *
 * @param rules who is told
 * @param maintenance when nobody is
 * @param inhibitions which incidents explain others
 */
public record Policy(Rules rules, List<Maintenance> maintenance, List<Inhibition> inhibitions) {
  /** Copies the lists. */
  public Policy {
    maintenance = List.copyOf(maintenance);
    inhibitions = List.copyOf(inhibitions);
  }

  /** Rules alone. */
  public static Policy of(Map<String, RuleOptions> rules) {
    return new Policy(new Rules(rules), List.of(), List.of());
  }
}
