package io.modelvane.alerting.rule;

import io.modelvane.spi.Option;
import io.modelvane.spi.Problems;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;

/** Options of one inhibition: which incidents explain which others. */
public record InhibitOptions(
    @Option(description = "Incidents that explain others while they last.") Side source,
    @Option(description = "Incidents that nobody has to be told of while they are explained.")
        Side target,
    @Option(
            description =
                "Tags in which the two have to agree; a missing tag is an empty value. Not given:"
                    + " none.",
            example = "[algorithm_name]")
        List<String> equal) {
  /** Copies the list. */
  public InhibitOptions {
    equal = List.copyOf(equal);
  }

  /**
   * Reports what is wrong beyond the single options.
   *
   * @param checks the names of the configured checks
   * @param problems gets it, with paths below this inhibition
   */
  public void validate(Collection<String> checks, Problems problems) {
    source.validate(checks, RuleValidation.below("source", problems));
    target.validate(checks, RuleValidation.below("target", problems));
    if (source.isUnlimited()) {
      problems.add("source", "stands for every incident; name checks, or tags under where");
    }
    if (new HashSet<>(equal).size() < equal.size()) {
      problems.add("equal", "names a tag twice; name each once");
    }
    if (equal.contains("")) {
      problems.add("equal", "has a tag without a name");
    }
  }
}
