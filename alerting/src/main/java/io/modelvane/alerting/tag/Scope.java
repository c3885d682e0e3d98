package io.modelvane.alerting.tag;

import io.modelvane.spi.Incident;
import io.modelvane.spi.Problems;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Which incidents something is about.
 *
 * @param where tags their series must have; none for all series
 * @param checks whose incidents; none for all checks
 */
public record Scope(Map<String, TagPattern> where, List<String> checks) {
  /** Copies the collections. */
  public Scope {
    where = Map.copyOf(where);
    checks = List.copyOf(checks);
  }

  /** Whether it is about an incident. */
  public boolean covers(Incident incident) {
    return names(incident.check()) && TagPattern.allMet(where, incident.series());
  }

  /** Whether it is about incidents of a check. */
  public boolean names(String check) {
    return checks.isEmpty() || checks.contains(check);
  }

  /** Whether it is about all incidents. */
  public boolean isUnlimited() {
    return where.isEmpty() && checks.isEmpty();
  }

  /**
   * Reports what is wrong with it.
   *
   * @param known the names of the configured checks
   * @param problems gets it, with paths {@code where} and {@code checks}
   */
  public void validate(Collection<String> known, Problems problems) {
    if (where.containsKey("")) {
      problems.add("where", "has a tag without a name");
    }
    for (String check : checks) {
      if (!known.contains(check)) {
        problems.add("checks", "there is no check '" + check + "'; name one under checks:");
      }
    }
  }
}
