package io.modelvane.alerting.rule;

import io.modelvane.alerting.tag.Scope;
import io.modelvane.alerting.tag.TagPattern;
import io.modelvane.spi.Incident;
import io.modelvane.spi.Level;
import io.modelvane.spi.Option;
import io.modelvane.spi.Problems;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Options: which incidents are on one side of an inhibition. */
public record Side(
    @Option(
            description = "Only series with these tags, as in `rules`. Not given: all series.",
            example = "{ algorithm_owner: risk }")
        Map<String, TagPattern> where,
    @Option(
            description = "Only incidents of these checks. Not given: of all checks.",
            example = "[silence]")
        List<String> checks,
    @Option(
            description =
                "Only incidents that are so bad, or worse: `info`, `unknown`, `warn`, `crit`, in"
                    + " this order. Of a target, it does not matter.",
            defaultValue = "info")
        Level atLeast) {
  /** Copies the collections. */
  public Side {
    where = Map.copyOf(where);
    checks = List.copyOf(checks);
  }

  private Scope scope() {
    return new Scope(where, checks);
  }

  boolean isUnlimited() {
    return scope().isUnlimited();
  }

  void validate(Collection<String> known, Problems problems) {
    scope().validate(known, problems);
    if (atLeast == Level.OK) {
      problems.add("at_least", "what is ok explains nothing; write info, unknown, warn or crit");
    }
  }

  boolean concerns(Incident incident) {
    return scope().covers(incident);
  }

  boolean test(Incident incident) {
    return incident.level() != Level.OK
        && !atLeast.worseThan(incident.level())
        && concerns(incident);
  }
}
