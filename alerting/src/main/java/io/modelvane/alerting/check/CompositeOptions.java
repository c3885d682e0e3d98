package io.modelvane.alerting.check;

import io.modelvane.spi.Level;
import io.modelvane.spi.Option;
import io.modelvane.spi.Problems;
import io.modelvane.spi.Variant;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Options of {@code type: composite}. */
@Variant(name = "composite", description = "Combines the levels of other checks.")
public record CompositeOptions(
    @Option(
            description =
                "Checks that all have to be bad: a name, or `{ check: name, at_least: warn }`.",
            example = "[errors, { check: latency, at_least: crit }]")
        List<Term> allOf,
    @Option(
            description = "Checks of which one at least has to be bad.",
            example = "[errors, silence]")
        List<Term> anyOf,
    @Option(description = "Checks of which none may be bad.", example = "[maintenance]")
        List<Term> noneOf,
    @Option(
            description =
                "The tags in which series of these checks have to agree to be looked at together;"
                    + " `[]` looks at all of them together. Required.",
            example = "[algorithm_name]")
        Optional<List<String>> by,
    @Option(
            description = "How bad it is when all that holds: `info`, `warn` or `crit`.",
            defaultValue = "crit")
        Level level,
    @Option(
            description = "The level is kept for so long after it held last.",
            defaultValue = "0s",
            max = "31d")
        Duration keepFiringFor)
    implements CheckOptions {

  @Override
  public void validate(String path, Problems problems) {
    if (allOf.isEmpty() && anyOf.isEmpty()) {
      problems.add(path, "names no check that has to be bad; give 'all_of' or 'any_of'");
    }
    validateTerms(allOf, path + ".all_of", problems);
    validateTerms(anyOf, path + ".any_of", problems);
    validateTerms(noneOf, path + ".none_of", problems);
    if (by.isEmpty()) {
      problems.add(
          path + ".by", "is required, for example [algorithm_name]; [] looks at all together");
    } else if (new HashSet<>(by.get()).size() < by.get().size()) {
      problems.add(path + ".by", "names a tag twice");
    }
    if (level == Level.OK || level == Level.UNKNOWN) {
      problems.add(path + ".level", "must be info, warn or crit");
    }
  }

  private static void validateTerms(List<Term> terms, String path, Problems problems) {
    for (int i = 0; i < terms.size(); i++) {
      if (terms.get(i).atLeast() == Level.OK) {
        problems.add(path + "[" + i + "].at_least", "cannot be ok: that is always so");
      }
    }
  }

  @Override
  public List<String> follows() {
    return combination().checks();
  }

  private Combination combination() {
    return new Combination(allOf, anyOf, noneOf);
  }

  @Override
  public Set<Level> reachable() {
    return Set.of(level);
  }

  @Override
  public Check check(String name) {
    Condition holds = new Condition(Condition.Operator.EQUAL, 1, 1);
    Damping damping = new Damping(0, keepFiringFor.toNanos(), Requirement.NONE, Grace.NONE);
    Ladder ladder = new Ladder(Map.of(level, holds), Map.of(), damping);
    return new CompositeCheck(name, combination(), by.orElse(List.of()), ladder);
  }
}
