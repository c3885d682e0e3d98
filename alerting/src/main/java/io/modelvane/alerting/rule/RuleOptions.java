package io.modelvane.alerting.rule;

import io.modelvane.alerting.tag.TagPattern;
import io.modelvane.spi.NotifierRef;
import io.modelvane.spi.Option;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Options of one rule: which steps of which incidents go where, and how often. */
public record RuleOptions(
    @Option(description = "Which steps of an incident it tells of. Not given: all of them.")
        Optional<When> when,
    @Option(
            description =
                "Tags the series must have: `tag: value`, or with an operator in front, `=`, `!=`,"
                    + " `=~` and `!~` (regular expressions of the whole value). A missing tag is an"
                    + " empty value.",
            example = "{ algorithm_owner: \"=~ (risk|fraud)-.*\" }")
        Map<String, TagPattern> where,
    @Option(description = "Only incidents of these checks. Not given: of all checks.")
        List<String> checks,
    @Option(
            description =
                "Who is told: names of notifiers. Whoever was told of an incident is also told of"
                    + " its end.",
            example = "[oncall, ml-team]")
        List<NotifierRef> notify_,
    @Option(
            description =
                "Says it again every so often while the incident lasts at a level the rule is"
                    + " about; at least `1m`. Not given: never.",
            example = "4h")
        Optional<Duration> repeatEvery) {
  /** Copies the collections. */
  public RuleOptions {
    where = Map.copyOf(where);
    checks = List.copyOf(checks);
    notify_ = List.copyOf(notify_);
  }
}
