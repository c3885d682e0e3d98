package io.modelvane.alerting;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelvane.alerting.check.DeadmanOptions;
import io.modelvane.alerting.check.ThresholdOptions;
import io.modelvane.engine.config.Loaded;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValidationTest {
  @TempDir Path folder;

  private static final String PIPELINES =
      """
      sources:
        insights: { type: kafka, bootstrap_servers: [localhost:9092], topics: [algorithmia-insights] }
      notifiers:
        oncall:  { type: pagerduty, routing_key: "${env:PAGERDUTY_KEY}" }
        ml-team: { type: slack, url: "${env:SLACK_WEBHOOK}" }
      pipelines:
        alerts:  { source: insights, decode: algorithmia-insights, sinks: [alerting] }
      """;

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("modelvane.yaml"), text);
  }

  private List<String> problems(String sink) throws IOException {
    Loaded loaded = Configured.load(file(PIPELINES + "sinks:\n  alerting:\n" + sink.indent(4)));
    return loaded.problems().stream().map(p -> p.path() + ": " + p.message()).toList();
  }

  private List<String> problemsOfCheck(String check) throws IOException {
    return problems("type: alerting\nchecks:\n  high: " + check);
  }

  @Test
  void configurationOfTheDesignLoads() throws IOException {
    AlertingOptions options =
        Configured.options(
            file(
                PIPELINES
                    + """
                    sinks:
                      influx:
                        type: influxdb
                        url: http://localhost:8086
                        org: acme
                        bucket: insights
                        token: ${env:INFLUX_TOKEN}

                      alerting:
                        type: alerting
                        record_to: influx                     # statuses and notifications
                        checks:
                          risky-approvals:
                            type: threshold
                            field: risk_score
                            where: { algorithm_name: credit_card_approval }
                            levels: { crit: "> 0.70", warn: "> 0.50" }
                          silence:
                            type: deadman
                            after: 5m
                        rules:
                          page: { when: { to: crit }, notify: [oncall, ml-team] }
                          tell: { when: { from: ok }, notify: [ml-team], repeat_every: 4h }
                    """));

    assertThat(options.checks()).containsOnlyKeys("risky-approvals", "silence");
    assertThat(options.checks().get("risky-approvals")).isInstanceOf(ThresholdOptions.class);
    assertThat(options.checks().get("silence"))
        .isInstanceOfSatisfying(
            DeadmanOptions.class,
            deadman -> assertThat(deadman.after()).isEqualTo(Duration.ofMinutes(5)));
    assertThat(options.rules()).containsOnlyKeys("page", "tell");
  }

  @Test
  void sinkWithoutChecksIsRefused() throws IOException {
    assertThat(problems("type: alerting"))
        .singleElement()
        .asString()
        .startsWith("sinks.alerting.checks: there is none; add one, for example high: {");
  }

  @Test
  void ruleThatTellsNobodyIsRefused() throws IOException {
    assertThat(
            problems(
                """
                type: alerting
                checks:
                  quiet: { type: deadman, after: 5m }
                rules:
                  page: { when: { to: crit } }
                """))
        .containsExactly(
            "sinks.alerting.rules.page.notify: name at least one notifier, else nobody is told");
  }

  @Test
  void ruleWithAnInvalidRegularExpressionIsRefused() throws IOException {
    assertThat(
            problems(
                """
                type: alerting
                checks:
                  quiet: { type: deadman, after: 5m }
                rules:
                  page: { where: { model: "!~" }, notify: [oncall] }
                """))
        .containsExactly(
            "sinks.alerting.rules.page.where.model: a regular expression must follow the operator");
  }

  @Test
  void allProblemsAreShownAtOnce() throws IOException {
    assertThat(
            problems(
                """
                type: alerting
                checks:
                  a: { type: threshold, field: x, levels: { fatal: "> 1" } }
                  b: { type: deadman, after: 5m, forget_after: 1m }
                  c: { type: threshold, levels: { crit: "> 1" } }
                """))
        .containsExactlyInAnyOrder(
            "sinks.alerting.checks.a.levels.fatal: is no level; known: crit, warn, info",
            "sinks.alerting.checks.b.forget_after: must be longer than 'after'",
            "sinks.alerting.checks.c.field: is required, unless calls are counted by aggregate:"
                + " count");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          { type: threshold, field: x }                                                             | levels: is required, for example { crit: "> 0.7" }
          { type: threshold, field: x, levels: { crit: 1 } }                                        | levels.crit: '1' is no condition; write one of > >= < <= == != and a number, or inside 0.2..0.8, or outside 0.2..0.8
          { type: threshold, field: x, levels: { crit: "=> 1" } }                                   | levels.crit: '=> 1' is no condition; write one of > >= < <= == != and a number, or inside 0.2..0.8, or outside 0.2..0.8
          { type: threshold, field: x, levels: { crit: "inside 3..2" } }                            | levels.crit: 'inside 3..2' begins above its end; write the smaller number first
          { type: threshold, field: x, levels: { crit: "> 1e999" } }                                | levels.crit: '1e999' is too large for a number
          { type: threshold, field: x, levels: { crit: "> 2", warn: "> 3" } }                       | levels.warn: is never reached, since '> 2' of crit holds wherever it does
          { type: threshold, field: x, levels: { crit: "outside 1..9", warn: "> 9" } }              | levels.warn: is never reached, since 'outside 1..9' of crit holds wherever it does
          { type: threshold, field: x, levels: { crit: "> 2" }, recover: { warn: "< 1" } }          | recover.warn: there is no such level in 'levels' to recover from
          { type: threshold, field: x, levels: { crit: "> 2" }, recover: { bad: "< 1" } }           | recover.bad: is no level; known: crit, warn, info
          { type: threshold, field: x, levels: { crit: "> 2" }, recover: { crit: "< 3" } }          | recover.crit: '< 3' must be on the other side of '> 2': a value must not mean both
          { type: threshold, field: x, levels: { crit: ">= 2" }, recover: { crit: "<= 2" } }        | recover.crit: '<= 2' must be on the other side of '>= 2': a value must not mean both
          { type: threshold, field: x, levels: { crit: "outside 1..3" }, recover: { crit: "inside 0..2" } } | recover.crit: 'inside 0..2' must be on the other side of 'outside 1..3': a value must not mean both
          { type: threshold, field: time, levels: { crit: "> 2" } }                                 | field: 'time' cannot be the name of a field
          { type: threshold, field: x, levels: { crit: "> 2" }, window: 1m, every: 2m }             | every: is longer than 'window': calls between would be seen by none
          { type: threshold, field: x, levels: { crit: "> 2" }, window: 7d, every: 1s }             | every: cuts the window into more than 10000 parts; take a longer one, best one that divides 'window'
          { type: threshold, field: x, levels: { crit: "> 2" }, every: 1m }                         | every: needs a 'window'; calls are judged one by one
          { type: threshold, field: x, levels: { crit: "> 2" }, aggregate: max }                    | aggregate: needs a 'window'; calls are judged one by one
          { type: threshold, field: x, levels: { crit: "> 2" }, min_samples: 3 }                    | min_samples: needs a 'window'; calls are judged one by one
          { type: threshold, field: x, levels: { crit: "> 2" }, window: 1m, min_samples: 0 }        | min_samples: can be 0 for aggregate: count, rate and sum only
          { type: threshold, field: x, levels: { crit: "> 2" }, window: 1m, aggregate: maximum }    | aggregate: 'maximum' is unknown; known: count, first, last, max, mean, median, min, p90, p95, p99, rate, spread, stddev, sum
          { type: threshold, field: x, levels: { crit: "> 2" }, by: [a, a] }                        | by: names a tag twice
          { type: threshold, field: x, levels: { crit: "> 2" }, where: { a: "=~ (" } }              | where.a: '(' is not a regular expression: Unclosed group at position 1
          { type: threshold, field: x, levels: { crit: "> 2" }, measurement: "" }                   | measurement: is empty; leave it out to look at all measurements
          { type: deadman }                                                                         | after: is required, for example 5m
          { type: deadman, after: 1ms }                                                             | after: must be at least 1s
          { type: deadman, after: 5m, level: ok }                                                   | level: cannot be ok; silence needs a level worse than that
          { type: deadman, after: 5m, forget_after: 5m }                                            | forget_after: must be longer than 'after'
          { type: deadman, after: 5m, field: time }                                                 | field: 'time' cannot be the name of a field
          { type: deadman, after: 5m, expect: [{}] }                                                | expect[0]: names no tag
          { type: deadman, after: 5m, expect: [{ a: "" }] }                                         | expect[0]: a tag needs a key and a value: 'a'
          { type: deadman, after: 5m, expect: [{ a: x }, { a: x }] }                                | expect: names the same tags twice
          { type: deadman, after: 5m, where: { a: y }, expect: [{ a: x }] }                         | expect[0]: 'x' is not what 'where' looks at
          { type: deadman, after: 5m, by: [b], expect: [{ a: x }] }                                 | expect[0]: 'a' is not among the tags of 'by'
          """)
  void checkIsRefused(String check, String problem) throws IOException {
    assertThat(problemsOfCheck(check))
        .as(check)
        .containsExactly("sinks.alerting.checks.high." + problem);
  }
}
