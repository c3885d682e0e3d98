package io.modelvane.alerting.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelvane.alerting.outbox.RuleMaker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RuleValidationTest {
  private static List<String> problems(RuleOptions rule) {
    List<String> problems = new ArrayList<>();
    Rules.validate(
        Map.of("page", rule), List.of("risky"), (path, words) -> problems.add(path + ": " + words));
    return problems;
  }

  private static RuleOptions rule(When when) {
    return RuleMaker.when(when, "slack");
  }

  private static RuleOptions where(String tag, String condition) {
    return RuleMaker.about(RuleMaker.all("slack"), Map.of(tag, condition), List.of());
  }

  @Test
  void aGoodRuleHasNoProblems() {
    RuleOptions all = RuleMaker.repeating(RuleMaker.all("slack"), Duration.ofMinutes(1));
    assertThat(problems(all)).isEmpty();
    assertThat(problems(RuleMaker.to(LevelChoice.OK, "slack"))).isEmpty();
    assertThat(problems(where("model", "=~ a.*"))).isEmpty();
  }

  @Test
  void aRuleThatTellsNobodyIsRefused() {
    assertThat(problems(RuleMaker.all()))
        .containsExactly("rules.page.notify: name at least one notifier, else nobody is told");
  }

  @Test
  void anEndpointNamedTwiceIsRefused() {
    assertThat(problems(RuleMaker.all("slack", "slack")))
        .containsExactly("rules.page.notify: 'slack' is named twice; name it once");
  }

  @Test
  void aRuleThatNeverMatchesIsRefused() {
    List<LevelChoice> crit = List.of(LevelChoice.CRIT);
    assertThat(problems(rule(When.of(crit, crit))))
        .singleElement()
        .asString()
        .startsWith("rules.page.when: never happens");
    assertThat(problems(rule(When.of(crit, List.of(LevelChoice.CRIT, LevelChoice.WARN)))))
        .isEmpty();
  }

  @Test
  void anyBesideOthersIsRefused() {
    List<LevelChoice> mixed = List.of(LevelChoice.ANY, LevelChoice.CRIT);
    assertThat(problems(rule(When.of(mixed, mixed))))
        .hasSize(2)
        .anyMatch(problem -> problem.startsWith("rules.page.when.to: 'any' beside other levels"))
        .anyMatch(problem -> problem.startsWith("rules.page.when.from: "));
  }

  @Test
  void aTagWithoutANameIsRefused() {
    assertThat(problems(where("", "x")))
        .containsExactly("rules.page.where: has a tag without a name");
  }

  @Test
  void anUnknownCheckIsRefused() {
    RuleOptions rule = RuleMaker.about(RuleMaker.all("slack"), Map.of(), List.of("risky", "riski"));
    assertThat(problems(rule))
        .containsExactly("rules.page.checks: there is no check 'riski'; name one under checks:");
  }

  @Test
  void remindersFasterThanAMinuteAreRefused() {
    assertThat(problems(RuleMaker.repeating(RuleMaker.all("slack"), Duration.ofSeconds(59))))
        .singleElement()
        .asString()
        .startsWith("rules.page.repeat_every: must be at least 1m");
  }

  @Test
  void remindersOfWhatIsOverAreRefused() {
    RuleOptions rule =
        RuleMaker.repeating(RuleMaker.to(LevelChoice.OK, "slack"), Duration.ofHours(1));
    assertThat(problems(rule))
        .singleElement()
        .asString()
        .startsWith("rules.page.repeat_every: never applies");
  }
}
