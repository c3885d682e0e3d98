package io.modelvane.alerting.outbox;

import io.modelvane.alerting.rule.GroupOptions;
import io.modelvane.alerting.rule.LevelChoice;
import io.modelvane.alerting.rule.RuleOptions;
import io.modelvane.alerting.rule.When;
import io.modelvane.alerting.tag.TagPattern;
import io.modelvane.spi.NotifierRef;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
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
    return rule(Optional.of(When.of(List.of(level), List.of())), Optional.empty(), endpoints);
  }

  /** Steps that leave a level. */
  public static RuleOptions from(LevelChoice level, String... endpoints) {
    return rule(Optional.of(When.of(List.of(), List.of(level))), Optional.empty(), endpoints);
  }

  /** The same, with reminders. */
  public static RuleOptions repeating(RuleOptions rule, Duration every) {
    return rule(rule.when(), rule.where(), rule.checks(), rule.notify_(), Optional.of(every));
  }

  /** The same, told as groups. */
  public static RuleOptions grouped(RuleOptions rule, GroupOptions group) {
    return new RuleOptions(
        rule.when(),
        rule.where(),
        rule.checks(),
        rule.notify_(),
        rule.repeatEvery(),
        rule.repeat(),
        rule.activeHours(),
        rule.escalate(),
        Optional.of(group),
        rule.routes(),
        rule.continue_());
  }

  /** The same, about fewer incidents. */
  public static RuleOptions about(
      RuleOptions rule, Map<String, String> where, List<String> checks) {
    Map<String, TagPattern> demands = new LinkedHashMap<>();
    where.forEach((tag, text) -> demands.put(tag, TagPattern.parse(text)));
    return rule(rule.when(), demands, checks, rule.notify_(), rule.repeatEvery());
  }

  /** Steps of some kind. */
  public static RuleOptions when(When when, String... endpoints) {
    return rule(Optional.of(when), Optional.empty(), endpoints);
  }

  private static RuleOptions rule(
      Optional<When> when, Optional<Duration> repeat, String... endpoints) {
    List<NotifierRef> told = Arrays.stream(endpoints).map(NotifierRef::new).toList();
    return rule(when, Map.of(), List.of(), told, repeat);
  }

  private static RuleOptions rule(
      Optional<When> when,
      Map<String, TagPattern> where,
      List<String> checks,
      List<NotifierRef> told,
      Optional<Duration> repeat) {
    return new RuleOptions(
        when,
        where,
        checks,
        told,
        repeat,
        Optional.empty(),
        Optional.empty(),
        List.of(),
        Optional.empty(),
        Map.of(),
        false);
  }
}
