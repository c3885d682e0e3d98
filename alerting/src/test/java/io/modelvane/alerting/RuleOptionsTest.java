package io.modelvane.alerting;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelvane.engine.config.Loaded;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every mistake in what is said about who is told what, and when, is named. */
class RuleOptionsTest {
  @TempDir Path folder;

  private List<String> problems(String yaml) throws IOException, URISyntaxException {
    String sink =
        """
        sinks:
          alerting:
            type: alerting
            checks:
              high: { type: threshold, field: score, levels: { crit: "> 0.9" } }
        """;
    Path file = Files.writeString(folder.resolve("modelvane.yaml"), sink + (yaml + "\n").indent(4));
    Loaded loaded = Configured.load(CasesTest.resource("/rule-pipelines.yaml"), file);
    return loaded.problems().stream()
        .map(p -> p.path().replace("sinks.alerting.", "") + ": " + p.message())
        .toList();
  }

  @Test
  void whatIsRightHasNoProblems() throws Exception {
    String yaml =
        """
        rules:
          all:
            when: { from: ok, count: 2, within: 1h }
            notify: [team]
            repeat_every: 10m
            repeat: { factor: 1.5, up_to: 1h, at_most: 3 }
            active_hours: { days: [mon, fri], from: 08:00, to: 18:00, zone: Europe/Berlin }
            escalate:
              - { after: 10m, notify: [lead] }
              - { after: 20m, notify: boss }
            routes:
              a: { where: { model: a }, notify: [mail], continue: true }
              b: { when: { to: ok }, checks: [high] }
        maintenance:
          night: { from: 22:00, to: 06:00, zone: UTC }
        inhibit:
          a: { source: { checks: [high], at_least: crit }, target: { where: { model: b } } }
        """;
    assertThat(problems(yaml)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {count: 2} | when.within: is missing
          {within: 1h} | when.count: is missing
          {count: 2, within: 0s} | when.within: must be longer than nothing
          {count: 1, within: 1h} | when.count: must be at least 2
          """)
  void countingNeedsBoth(String when, String problem) throws Exception {
    assertThat(problems("rules: { page: { notify: [team], when: " + when + " } }"))
        .singleElement()
        .asString()
        .startsWith("rules.page." + problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          repeat: { factor: 2 } | repeat: changes nothing without repeat_every
          repeat_every: 1h, repeat: { up_to: 30m } | repeat.up_to: is shorter than repeat_every
          repeat_every: 1h, repeat: { factor: 0.5 } | repeat.factor: must be at least 1
          repeat_every: 1h, repeat: { at_most: 0 } | repeat.at_most: must be at least 1
          active_hours: { from: 8:00, to: 8:00, zone: UTC } | active_hours.to: leaves no time
          active_hours: { from: 24:00, to: 8:00, zone: UTC } | active_hours.to: leaves no time
          active_hours: { from: 8:00, to: 9:00 } | active_hours.zone: is required
          active_hours: { from: 8:00, to: 9:00, zone: Berlin } | active_hours.zone: 'Berlin' is not
          active_hours: { from: 8, to: 9:00, zone: UTC } | active_hours.from: '8' is not a time
          active_hours: { days: [mon, mon], from: 8:00, to: 9:00, zone: UTC } | active_hours.days: names a day twice
          escalate: [{ after: 10m, notify: [] }] | escalate[0].notify: name at least one
          escalate: [{ after: 10m, notify: [lead, lead] }] | escalate[0].notify: 'lead' is named twice
          escalate: [{ after: 10m, notify: [lead] }, { after: 10m, notify: [boss] }] | escalate[1].after: must be later
          escalate: [{ after: 10s, notify: [lead] }] | escalate[0].after: must be at least 1m
          escalate: [{ after: 1m, notify: [lead] }], when: { to: ok } | escalate: never applies
          escalate: [{ after: 1m, notify: [nobody] }] | escalate[0].notify[0]: there is no notifier 'nobody'
          continue: true | continue: only a route can go on
          routes: { a/b: { where: { x: y } } } | routes.a/b: a route needs a name, without a slash
          routes: { a: { checks: [hihg] } } | routes.a.checks: there is no check 'hihg'
          routes: { a: { routes: { b: { repeat_every: 1s } } } } | routes.a.routes.b.repeat_every: must be at least 1m
          """)
  void mistakesInARuleAreNamed(String options, String problem) throws Exception {
    assertThat(problems("rules: { page: { notify: [team], " + options + " } }"))
        .singleElement()
        .asString()
        .startsWith("rules.page." + problem);
  }

  @Test
  void aRouteWithoutAnybodyAboveItHasToNameSomebody() throws Exception {
    assertThat(
            problems(
                "rules: { page: { routes: { a: { notify: [team] }, b: { where: { x: y } } } } }"))
        .containsExactly(
            "rules.page.routes.b.notify: name at least one notifier, else nobody is told");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          days: [sun, sun], to: 4:00 | days: names a day twice
          to: 2:00 | to: leaves no time
          to: 4:00, checks: [hihg] | checks: there is no check 'hihg'
          to: 4:00, where: { "": x } | where: has a tag without a name
          """)
  void mistakesInMaintenanceAreNamed(String options, String problem) throws Exception {
    String yaml = "maintenance: { night: { from: 2:00, zone: UTC, " + options + " } }";
    assertThat(problems(yaml))
        .singleElement()
        .asString()
        .startsWith("maintenance.night." + problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          source: { at_least: warn }, target: {} | source: stands for every incident
          source: { checks: [hihg] }, target: {} | source.checks: there is no check 'hihg'
          source: { checks: [high], at_least: ok }, target: {} | source.at_least: what is ok
          source: { checks: [high] }, target: { where: { "": x } } | target.where: has a tag
          source: { checks: [high] }, target: {}, equal: [a, a] | equal: names a tag twice
          source: { checks: [high] }, target: {}, equal: [""] | equal: has a tag without a name
          source: { checks: [high] } | target: is required
          """)
  void mistakesInAnInhibitionAreNamed(String options, String problem) throws Exception {
    assertThat(problems("inhibit: { down: { " + options + " } }"))
        .singleElement()
        .asString()
        .startsWith("inhibit.down." + problem);
  }
}
