package io.modelvane.alerting.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelvane.alerting.incident.IncidentChange;
import io.modelvane.alerting.outbox.RuleMaker;
import io.modelvane.alerting.outbox.Story;
import io.modelvane.alerting.rule.Decision.Told;
import io.modelvane.spi.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RulesTest {
  private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");
  private static final Duration HOUR = Duration.ofHours(1);

  private final Map<String, RuleOptions> options = new LinkedHashMap<>();

  /** Who is told at each step of a walk through levels. */
  private List<String> told(Level... levels) {
    Rules rules = new Rules(options);
    Story story = new Story("credit");
    List<String> told = new ArrayList<>();
    for (Level level : levels) {
      IncidentChange change = story.to(level, NOW);
      for (Told next : rules.decide(change, List.of(), Map.of()).told()) {
        told.add(change.previous().text() + ">" + level.text() + " " + next.endpoint());
      }
    }
    return told;
  }

  private static RuleOptions of(When when) {
    return RuleMaker.when(when, "slack");
  }

  @Test
  void toMeansArrivingThereFromAnotherLevel() {
    options.put("r", RuleMaker.to(LevelChoice.WARN, "slack"));
    assertThat(told(Level.WARN, Level.CRIT, Level.WARN, Level.OK))
        .containsExactly("ok>warn slack", "crit>warn slack");
  }

  @Test
  void fromOkMeansTheOpening() {
    options.put("r", RuleMaker.from(LevelChoice.OK, "slack"));
    assertThat(told(Level.WARN, Level.CRIT, Level.OK, Level.CRIT))
        .containsExactly("ok>warn slack", "ok>crit slack");
  }

  @Test
  void bothMustFit() {
    options.put("r", of(When.of(List.of(LevelChoice.CRIT), List.of(LevelChoice.OK))));
    assertThat(told(Level.WARN, Level.CRIT, Level.OK, Level.CRIT)).containsExactly("ok>crit slack");
  }

  @Test
  void aListMeansAnyOfThemAndAnyMeansAll() {
    options.put(
        "r", of(When.of(List.of(LevelChoice.INFO, LevelChoice.UNKNOWN), List.of(LevelChoice.ANY))));
    assertThat(told(Level.INFO, Level.UNKNOWN, Level.CRIT, Level.OK))
        .containsExactly("ok>info slack", "info>unknown slack");
    options.put("r", of(When.of(List.of(LevelChoice.ANY), List.of())));
    assertThat(told(Level.INFO, Level.OK)).containsExactly("ok>info slack", "info>ok slack");
  }

  @Test
  void anEndpointNamedByTwoRulesIsToldOnceAndByBoth() {
    options.put("first", RuleMaker.to(LevelChoice.CRIT, "slack", "pager"));
    options.put("second", RuleMaker.all("slack", "mail"));
    IncidentChange change = new Story("credit").to(Level.CRIT, NOW);
    assertThat(new Rules(options).decide(change, List.of(), Map.of()).told())
        .containsExactly(
            new Told("slack", List.of("first", "second")),
            new Told("pager", List.of("first")),
            new Told("mail", List.of("second")));
  }

  @Test
  void theEndIsToldToEverybodyInformed() {
    options.put("r", RuleMaker.to(LevelChoice.CRIT, "pager"));
    Story story = new Story("credit");
    var unused = story.to(Level.CRIT, NOW);
    assertThat(
            new Rules(options).decide(story.to(Level.OK, NOW), List.of("pager"), Map.of()).told())
        .containsExactly(new Told("pager", List.of()));
    options.put("ends", RuleMaker.to(LevelChoice.OK, "pager", "slack"));
    unused = story.to(Level.CRIT, NOW);
    assertThat(
            new Rules(options).decide(story.to(Level.OK, NOW), List.of("pager"), Map.of()).told())
        .containsExactly(new Told("pager", List.of("ends")), new Told("slack", List.of("ends")));
  }

  @Test
  void tagsAndChecksNarrowARule() {
    RuleOptions all = RuleMaker.all("slack");
    options.put("tag", RuleMaker.about(all, Map.of("model", "!~ cred.*"), List.of()));
    options.put("check", RuleMaker.about(all, Map.of(), List.of("other")));
    assertThat(told(Level.CRIT)).isEmpty();
    options.put(
        "tag",
        RuleMaker.about(all, Map.of("model", "=~ cred.*", "team", "!= x"), List.of("risky")));
    assertThat(told(Level.CRIT)).hasSize(1);
  }

  @Test
  void remindersAndEscalationAreForRulesAboutTheLevel() {
    options.put("page", RuleMaker.repeating(RuleMaker.to(LevelChoice.CRIT, "pager"), HOUR));
    options.put("tell", RuleMaker.repeating(RuleMaker.from(LevelChoice.OK, "slack"), HOUR));
    Rules rules = new Rules(options);
    Story story = new Story("credit");
    IncidentChange opened = story.to(Level.CRIT, NOW);
    assertThat(rules.decide(opened, List.of(), Map.of()).ended()).isEmpty();
    assertThat(rules.lasting(opened.incident())).containsExactly("page", "tell");
    IncidentChange improved = story.to(Level.WARN, NOW);
    assertThat(rules.decide(improved, List.of(), Map.of()).ended()).containsExactly("page");
    assertThat(rules.lasting(improved.incident())).containsExactly("tell");
    assertThat(rules.nextReminder("tell", 3)).contains(HOUR);
    assertThat(rules.nextReminder("gone", 0)).isEmpty();
    assertThat(rules.tells("tell", "slack")).isTrue();
    assertThat(rules.tells("tell", "pager")).isFalse();
    assertThat(rules.decide(story.to(Level.OK, NOW), List.of(), Map.of()).ended())
        .containsExactly("page", "tell");
  }
}
