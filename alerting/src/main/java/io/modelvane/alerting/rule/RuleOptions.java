package io.modelvane.alerting.rule;

import io.modelvane.alerting.tag.TagPattern;
import io.modelvane.spi.NotifierRef;
import io.modelvane.spi.Option;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Options of one rule, or of one of its routes: which steps of which incidents go where, when, and
 * how often.
 */
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
        Optional<Duration> repeatEvery,
    @Option(
            description = "How the reminders of `repeat_every` become fewer.",
            example = "{ factor: 2, up_to: 24h, at_most: 10 }")
        Optional<RepeatOptions> repeat,
    @Option(
            description = "Tells only in these hours. Not given: at any time.",
            example = "{ from: 08:00, to: 18:00, zone: Europe/Berlin }")
        Optional<ActiveHours> activeHours,
    @Option(
            description = "Who else is told when nobody acknowledges: one level after the other.",
            example = "[{ after: 15m, notify: [team-lead] }]")
        List<EscalationLevel> escalate,
    @Option(
            description =
                "Rules below this one, by name: what it matches goes to the first of them that"
                    + " matches as well, and to its own `notify` when none does. What a route does"
                    + " not say for itself it has from the rule above.")
        Map<String, RuleOptions> routes,
    @Option(
            description = "Of a route: when it matches, the routes after it are looked at as well.",
            defaultValue = "false")
        boolean continue_) {
  /** Copies the collections; the order of the routes counts. */
  public RuleOptions {
    where = Map.copyOf(where);
    checks = List.copyOf(checks);
    notify_ = List.copyOf(notify_);
    escalate = List.copyOf(escalate);
    routes = Collections.unmodifiableMap(new LinkedHashMap<>(routes));
  }

  /** A route with what it has from the rule above; conditions stay its own. */
  RuleOptions below(RuleOptions above) {
    return new RuleOptions(
        when,
        where,
        checks,
        notify_.isEmpty() ? above.notify_ : notify_,
        repeatEvery.or(above::repeatEvery),
        repeat.or(above::repeat),
        activeHours.or(above::activeHours),
        escalate.isEmpty() ? above.escalate : escalate,
        routes,
        continue_);
  }
}
