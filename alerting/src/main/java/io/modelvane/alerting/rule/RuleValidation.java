package io.modelvane.alerting.rule;

import io.modelvane.alerting.tag.Scope;
import io.modelvane.spi.NotifierRef;
import io.modelvane.spi.Problems;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What is wrong with one rule, and the routes below it, beyond its single options. */
final class RuleValidation {
  private static final Duration SHORTEST = Duration.ofMinutes(1);

  private final RuleOptions rule;
  private final RuleOptions whole;
  private final Collection<String> checks;
  private final Problems problems;

  /**
   * A validation.
   *
   * @param rule as it is written
   * @param whole the same, completed by what it has from the rule above it
   * @param checks the names of the configured checks
   * @param problems gets what is wrong, with paths below the rule
   */
  RuleValidation(
      RuleOptions rule, RuleOptions whole, Collection<String> checks, Problems problems) {
    this.rule = rule;
    this.whole = whole;
    this.checks = checks;
    this.problems = problems;
  }

  /** Problems of a part. */
  static Problems below(String part, Problems problems) {
    return (path, words) -> problems.add(path.isEmpty() ? part : part + "." + path, words);
  }

  void run() {
    endpoints("notify", rule.notify_());
    if (whole.notify_().isEmpty() && rule.routes().isEmpty()) {
      problems.add("notify", "name at least one notifier, else nobody is told");
    }
    levels();
    counting();
    new Scope(rule.where(), rule.checks()).validate(checks, problems);
    repeats();
    rule.activeHours().ifPresent(hours -> hours.validate(below("active_hours", problems)));
    rule.group().ifPresent(group -> group.validate(below("group", problems)));
    escalation();
    rule.routes().forEach(this::route);
  }

  private void route(String name, RuleOptions route) {
    Problems own = below("routes." + name, problems);
    if (name.isBlank() || name.contains("/")) {
      own.add("", "a route needs a name, without a slash");
    }
    new RuleValidation(route, route.below(whole), checks, own).run();
  }

  private void endpoints(String option, List<NotifierRef> endpoints) {
    Set<NotifierRef> seen = new HashSet<>();
    for (NotifierRef endpoint : endpoints) {
      if (!seen.add(endpoint)) {
        problems.add(option, "'" + endpoint.name() + "' is named twice; name it once");
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

  private void counting() {
    When when = rule.when().orElse(When.ALWAYS);
    if (when.count().isPresent() && when.within().isEmpty()) {
      problems.add("when.within", "is missing: count needs a time, for example within: 1h");
    } else if (when.count().isEmpty() && when.within().isPresent()) {
      problems.add("when.count", "is missing: within says in which time how many steps count");
    }
    if (when.within().isPresent() && when.within().get().isZero()) {
      problems.add("when.within", "must be longer than nothing");
    }
  }

  private void repeats() {
    if (rule.repeatEvery().isPresent()) {
      if (rule.repeatEvery().get().compareTo(SHORTEST) < 0) {
        problems.add("repeat_every", "must be at least 1m, else the reminders drown the alert");
      }
      neverApplies("repeat_every");
    }
    if (rule.repeat().isEmpty()) {
      return;
    } else if (whole.repeatEvery().isEmpty()) {
      problems.add("repeat", "changes nothing without repeat_every");
      return;
    }
    Duration every = whole.repeatEvery().get();
    if (rule.repeat().get().upTo().filter(limit -> limit.compareTo(every) < 0).isPresent()) {
      problems.add("repeat.up_to", "is shorter than repeat_every; it can only grow");
    }
  }

  private void neverApplies(String option) {
    if (!rule.when().orElse(When.ALWAYS).lasting()) {
      problems.add(
          option,
          "never applies: the rule is only about the return to ok; leave it out, or widen when.to");
    }
  }

  private void escalation() {
    Duration before = Duration.ZERO;
    for (int i = 0; i < rule.escalate().size(); i++) {
      EscalationLevel level = rule.escalate().get(i);
      String path = "escalate[" + i + "].";
      endpoints(path + "notify", level.notify_());
      if (level.notify_().isEmpty()) {
        problems.add(path + "notify", "name at least one notifier, else nobody is told");
      }
      if (level.after().compareTo(before) <= 0) {
        problems.add(path + "after", "must be later than the level before it");
      }
      before = level.after();
    }
    if (!rule.escalate().isEmpty()) {
      neverApplies("escalate");
    }
  }
}
