package io.modelvane.alerting.rule;

import io.modelvane.spi.Incident;
import io.modelvane.spi.Option;
import io.modelvane.spi.Problems;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;

/** Options: which incidents are told as one, and how often. */
public record GroupOptions(
    @Option(
            description =
                "The tags in which incidents of a group agree; a missing tag is an empty value."
                    + " `check` stands for the name of the check. Not given: all that the rule"
                    + " matches are one group.",
            example = "[algorithm_name]")
        List<String> by,
    @Option(
            description = "How long a new group waits for more before it is told.",
            defaultValue = "10s",
            max = "1h")
        Duration wait_,
    @Option(
            description =
                "How long after a message about a group the next one tells what changed; its end is"
                    + " told at once.",
            defaultValue = "5m",
            max = "1d")
        Duration interval) {
  private static final String CHECK = "check";

  /** Copies the list. */
  public GroupOptions {
    by = List.copyOf(by);
  }

  void validate(Problems problems) {
    if (new HashSet<>(by).size() < by.size()) {
      problems.add("by", "names a tag twice; name each once");
    }
    if (by.contains("")) {
      problems.add("by", "has a tag without a name");
    }
  }

  /** The values in which an incident has to agree with others of its group. */
  public List<String> values(Incident incident) {
    List<String> values = new ArrayList<>();
    for (String tag : by) {
      values.add(
          tag.equals(CHECK)
              ? incident.check()
              : Objects.requireNonNullElse(incident.series().tag(tag), ""));
    }
    return values;
  }
}
