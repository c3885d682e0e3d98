package io.modelvane.alerting.rule;

import io.modelvane.spi.NotifierRef;
import io.modelvane.spi.Option;
import io.modelvane.spi.Problems;
import java.util.Collection;
import java.util.Optional;

/** Options of one endpoint: what becomes of what it cannot or should not get. */
public record EndpointOptions(
    @Option(
            description =
                "Who is told as well while this one cannot be reached: after five failures in a"
                    + " row, or when it needs mending.",
            example = "ml-team")
        Optional<NotifierRef> fallback,
    @Option(
            description =
                "At most so many messages. What is more waits, and is told together in one message;"
                    + " `crit` never waits. Not given: no limit.",
            example = "{ at_most: 20, per: 1m }")
        Optional<LimitOptions> limit) {
  /** Nothing special. */
  public static final EndpointOptions PLAIN =
      new EndpointOptions(Optional.empty(), Optional.empty());

  /**
   * Reports what is wrong beyond the single options.
   *
   * @param name the endpoint
   * @param told everybody who may be told anything
   * @param problems gets it, with paths below this endpoint
   */
  public void validate(String name, Collection<String> told, Problems problems) {
    if (!told.contains(name)) {
      problems.add("", "no rule tells '" + name + "' anything; name it in a rule, or leave it out");
    }
    if (fallback.filter(other -> other.name().equals(name)).isPresent()) {
      problems.add("fallback", "is the endpoint itself; name another");
    }
  }
}
