package io.modelvane.alerting.rule;

import io.modelvane.spi.NotifierRef;
import io.modelvane.spi.Problems;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What is wrong with one rule beyond its single options. */
final class RuleValidation {
  private static final Duration SHORTEST = Duration.ofMinutes(1);

  private final RuleOptions rule;
  private final Collection<String> checks;
  private final Problems problems;

  RuleValidation(RuleOptions rule, Collection<String> checks, Problems problems) {
    this.rule = rule;
    this.checks = checks;
    this.problems = problems;
  }

  void run() {
    endpoints();
    levels();
    if (rule.where().containsKey("")) {
      problems.add("where", "has a tag without a name");
    }
    for (String check : rule.checks()) {
      if (!checks.contains(check)) {
        problems.add("checks", "there is no check '" + check + "'; name one under checks:");
      }
    }
    repeats();
  }

  private void endpoints() {
    if (rule.notify_().isEmpty()) {
      problems.add("notify", "name at least one notifier, else nobody is told");
    }
    Set<NotifierRef> seen = new HashSet<>();
    for (NotifierRef endpoint : rule.notify_()) {
      if (!seen.add(endpoint)) {
        problems.add("notify", "'" + endpoint.name() + "' is named twice; name it once");
      }
    }
  }

  private void levels() {
    When when = rule.when().orElse(When.ALWAYS);
    mixed("when.to", when.to());
    mixed("when.from", when.from());
    if (!when.possible()) {
      problems.add(
          "when", "never happens: a step leads from one level to another; change to or from");
    }
  }

  private void mixed(String option, List<LevelChoice> choices) {
    if (choices.size() > 1 && choices.contains(LevelChoice.ANY)) {
      problems.add(option, "'any' beside other levels says nothing more; keep one or the others");
    }
  }

  private void repeats() {
    if (rule.repeatEvery().isEmpty()) {
      return;
    }
    if (rule.repeatEvery().get().compareTo(SHORTEST) < 0) {
      problems.add("repeat_every", "must be at least 1m, else the reminders drown the alert");
    }
    if (!rule.when().orElse(When.ALWAYS).lasting()) {
      problems.add(
          "repeat_every",
          "never applies: the rule is only about the return to ok; leave it out, or widen when.to");
    }
  }
}
