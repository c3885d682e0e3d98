package io.modelvane.alerting.outbox;

import io.modelvane.alerting.rule.LevelChoice;
import io.modelvane.alerting.rule.RuleOptions;
import io.modelvane.alerting.rule.When;
import io.modelvane.spi.NotifierRef;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Rules in few words. */
public final class RuleMaker {
  private RuleMaker() {}

  /** All steps. */
  public static RuleOptions all(String... endpoints) {
    return rule(Optional.empty(), Optional.empty(), endpoints);
  }

  /** Steps that arrive at a level. */
  public static RuleOptions to(LevelChoice level, String... endpoints) {
    return rule(Optional.of(new When(List.of(level), List.of())), Optional.empty(), endpoints);
  }

  /** Steps that leave a level. */
  public static RuleOptions from(LevelChoice level, String... endpoints) {
    return rule(Optional.of(new When(List.of(), List.of(level))), Optional.empty(), endpoints);
  }

  /** The same, with reminders. */
  public static RuleOptions repeating(RuleOptions rule, Duration every) {
    return new RuleOptions(
        rule.when(), rule.where(), rule.checks(), rule.notify_(), Optional.of(every));
  }

  private static RuleOptions rule(
      Optional<When> when, Optional<Duration> repeat, String... endpoints) {
    return new RuleOptions(
        when, Map.of(), List.of(), Arrays.stream(endpoints).map(NotifierRef::new).toList(), repeat);
  }
}
