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
  void ratioThatSaysNotWhatMatchesIsRefused() throws IOException {
    assertThat(problemsOfCheck("{ type: ratio, window: 1m, levels: { crit: \"> 0.2\" } }"))
        .containsExactly(
            "sinks.alerting.checks.high: says not what matches; give 'field' and 'is', or 'tags'");
  }

  @Test
  void newVersionOfWhatIsNoModelIsRefused() throws IOException {
    assertThat(problemsOfCheck("{ type: new_version }"))
        .containsExactly(
            "sinks.alerting.checks.high.by: is missing; name the tags of a model, such as"
                + " [algorithm_name]");
    assertThat(problemsOfCheck("{ type: new_version, by: [model, version], tag: version }"))
        .containsExactly(
            "sinks.alerting.checks.high.by: contains 'version': then each model has one version");
    assertThat(problemsOfCheck("{ type: new_version, by: [model], tag: '', level: ok }"))
        .containsExactlyInAnyOrder(
            "sinks.alerting.checks.high.tag: is empty; name the tag that holds the version",
            "sinks.alerting.checks.high.level: cannot be ok; a new version needs a level worse"
                + " than that");
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
          { type: threshold, field: x, levels: { crit: "> 1" }, forget_after: 1h, window: 5m }      | forget_after: is for single calls; with a 'window', say 'no_data'
          { type: expression, levels: { crit: "a > 1" }, forget_after: 1h, keep_firing_for: 1h }    | forget_after: must be longer than 'keep_firing_for'
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
          { type: threshold, field: x, levels: { crit: "> 2" }, lateness: 5s }                      | lateness: needs a 'window'; calls are judged one by one
          { type: threshold, field: x, levels: { crit: "> 2" }, aggregate: max }                    | aggregate: needs a 'window'; calls are judged one by one
          { type: threshold, field: x, levels: { crit: "> 2" }, min_samples: 3 }                    | min_samples: needs a 'window'; calls are judged one by one
          { type: threshold, field: x, levels: { crit: "> 2" }, window: 1m, min_samples: 0 }        | min_samples: can be 0 for aggregate: count, rate, sum and distinct only
          { type: threshold, field: x, levels: { crit: "> 2" }, window: 1m, aggregate: maximum }    | aggregate: 'maximum' is unknown; known: count, distinct, first, last, max, mean, median, min, p10, p25, p5, p75, p90, p95, p99, p999, rate, spread, stddev, sum
          { type: threshold, field: x, levels: { crit: "> 2" }, by: [a, a] }                        | by: names a tag twice
          { type: threshold, field: x, levels: { crit: "> 2" }, where: { a: "=~ (" } }              | where.a: '(' is not a regular expression: missing closing )
          { type: threshold, field: x, levels: { crit: "> 2" }, measurement: "" }                   | measurement: is empty; leave it out to look at all measurements
          { type: threshold, field: x, levels: { crit: "> 2" }, require: 3 }                        | require: '3' is not understood; write 3 of 5
          { type: threshold, field: x, levels: { crit: "> 2" }, require: 5 of 3 }                   | require: '5 of 3' can never be or is always so; write two numbers from 1 to 100, the smaller one first
          { type: threshold, field: x, levels: { crit: "> 2" }, require: 0 of 3 }                   | require: '0 of 3' can never be or is always so; write two numbers from 1 to 100, the smaller one first
          { type: threshold, field: x, levels: { crit: "> 2" }, require: 3 of 101 }                 | require: '3 of 101' can never be or is always so; write two numbers from 1 to 100, the smaller one first
          { type: threshold, field: x, levels: { crit: "> 2" }, keep_firing_for: 32d }              | keep_firing_for: must be at most 31d
          { type: threshold, field: x, levels: { crit: "> 2" }, no_data: ok }                       | no_data: needs a 'window'; calls are judged one by one
          { type: threshold, field: x, levels: { crit: "> 2" }, no_data_after: 5m }                 | no_data_after: needs a 'window'; calls are judged one by one
          { type: threshold, field: x, levels: { crit: "> 2" }, window: 1m, no_data_after: 5m }     | no_data_after: needs a 'no_data' other than keep, such as unknown
          { type: threshold, field: x, levels: { crit: "> 2" }, window: 5m, every: 1m, no_data: ok, no_data_after: 30s } | no_data_after: must not be shorter than the time between windows
          { type: threshold, levels: { crit: "< 2" }, window: 1m, aggregate: count, min_samples: 0, no_data: ok } | no_data: has no use with min_samples: 0, where each window says something
          { type: threshold, field: x, levels: { crit: "> 5000" }, window: 1m, aggregate: distinct } | levels.crit: is never reached: values are from 0 to 4096
          { type: ratio, field: e, is: "> 0", levels: { crit: "> 0.2" } }                           | window: is required, for example 5m
          { type: ratio, window: 1m, field: e, is: "> 0" }                                          | levels: is required, for example { crit: "> 0.7" }
          { type: ratio, window: 1m, field: e, is: "> 0", levels: { crit: "> 20" } }                | levels.crit: is never reached: values are from 0 to 1
          { type: ratio, window: 1m, field: e, levels: { crit: "> 0.2" } }                          | is: is required with 'field', for example "> 0"
          { type: ratio, window: 1m, is: "> 0", levels: { crit: "> 0.2" } }                         | field: is required with 'is'
          { type: ratio, window: 1m, field: time, is: "> 0", levels: { crit: "> 0.2" } }            | field: 'time' cannot be the name of a field
          { type: ratio, window: 1m, tags: { a: b }, levels: { crit: "> 0.2" } }                    | tags.a: needs a 'by' without it: where it tells series apart, it has one value in each
          { type: ratio, window: 1m, tags: { a: b }, by: [a], levels: { crit: "> 0.2" } }           | tags.a: needs a 'by' without it: where it tells series apart, it has one value in each
          { type: ratio, window: 1m, tags: { "": b }, by: [a], levels: { crit: "> 0.2" } }          | tags: has a tag without a name
          { type: ratio, window: 1m, field: e, is: "> 0", levels: { crit: "> 0.2" }, min_samples: 0 } | min_samples: must be at least 1
          { type: ratio, window: 1m, field: e, is: "> 0", levels: { crit: "> 0.2" }, confidence: 95 } | confidence: must be at most 0.999999
          { type: ratio, window: 1m, field: e, is: "> 0", levels: { crit: "== 1" }, confidence: 0.9 } | levels.crit: is never sure: with 'confidence', take inside and two ends
          { type: ratio, window: 1m, field: e, is: "> 0", levels: { crit: "> 0.2" }, every: 2m }    | every: is longer than 'window': calls between would be seen by none
          { type: ratio, window: 1m, field: e, is: "> 0", levels: { crit: "> 0.2" }, no_data_after: 5m } | no_data_after: needs a 'no_data' other than keep, such as unknown
          { type: ratio, window: 1m, field: e, is: "> 0", levels: { crit: "> 0.2" }, by: [a, a] }   | by: names a tag twice
          { type: change, field: x, levels: { crit: "> 50" } }                                      | window: is required, for example 5m
          { type: change, window: 1m, levels: { crit: "> 50" } }                                    | field: is required, unless calls are counted by aggregate: count
          { type: change, window: 1m, field: time, levels: { crit: "> 50" } }                       | field: 'time' cannot be the name of a field
          { type: change, window: 1m, field: x }                                                    | levels: is required, for example { crit: "> 0.7" }
          { type: change, window: 1m, field: x, levels: { crit: "> 50" }, against: yesterday }      | against: 'yesterday' is not understood; write previous, 1h, 1d or 7d
          { type: change, window: 1m, field: x, levels: { crit: "> 50" }, against: 0d }             | against: '0d' is not understood; write previous, 1h, 1d or 7d
          { type: change, window: 2h, field: x, levels: { crit: "> 50" }, against: 1h }             | against: is shorter than 'window': the two would overlap
          { type: change, window: 7m, field: x, levels: { crit: "> 50" }, against: 1h }             | against: is not a multiple of the 7m between windows: none ends then
          { type: change, window: 5m, every: 2m, field: x, levels: { crit: "> 50" } }               | against: is not a multiple of the 2m between windows: none ends then
          { type: change, window: 1m, field: x, levels: { crit: "> 50" }, against: 7d }             | against: is more than 2016 windows before; take a longer 'every'
          { type: change, window: 1m, field: x, levels: { crit: "> 50" }, unit: percents }          | unit: 'percents' is unknown; did you mean 'percent'?
          { type: change, window: 1m, field: x, levels: { crit: "> 50" }, min_samples: 0 }          | min_samples: can be 0 for aggregate: count, rate, sum and distinct only
          { type: change, window: 1m, field: x, levels: { crit: "> 50" }, every: 2m, against: 2m }  | every: is longer than 'window': calls between would be seen by none
          { type: change, window: 1m, field: x, levels: { crit: "> 50" }, no_data_after: 5m }       | no_data_after: needs a 'no_data' other than keep, such as unknown
          { type: change, window: 1m, field: x, levels: { crit: "> 50" }, by: [a, a] }              | by: names a tag twice
          { type: threshold, field: x, levels: { crit: "> 2" }, grace: 32d }                        | grace: must be at most 31d
          { type: threshold, field: x, levels: { crit: "> 2" }, by: [m], version_tag: v }           | version_tag: needs a 'grace', such as 10m
          { type: threshold, field: x, levels: { crit: "> 2" }, grace: 5m, version_tag: v }         | version_tag: needs a 'by' without it: where it tells series apart, each new one has its grace
          { type: threshold, field: x, levels: { crit: "> 2" }, grace: 5m, by: [v], version_tag: v }| version_tag: needs a 'by' without it: where it tells series apart, each new one has its grace
          { type: threshold, field: x, levels: { crit: "> 2" }, full_window: true }                 | full_window: needs a 'window'; calls are judged one by one
          { type: threshold, field: x, levels: { crit: "> 2" }, amend_for: 5m }                     | amend_for: needs a 'window'; calls are judged one by one
          { type: threshold, field: x, levels: { crit: "> 2" }, at_least: 2 }                       | at_least: needs a 'window'; calls are judged one by one
          { type: threshold, field: x, levels: { crit: "> 2" }, window: 1m, at_least: none }        | at_least: 'none' is not understood; write any, all or a number from 1 on
          { type: threshold, field: x, levels: { crit: "> 2" }, window: 1m, at_least: 2, aggregate: max }| at_least: counts the values themselves; leave 'aggregate' out
          { type: threshold, field: x, levels: { crit: "> 2" }, window: 1m, at_least: any, min_samples: 0 }| min_samples: can be 0 for aggregate: count, rate, sum and distinct only
          { type: threshold, levels: { crit: "> 2" }, window: 1m, at_least: 2 }                     | field: is required, unless calls are counted by aggregate: count
          { type: threshold, field: x, levels: { crit: "> 2" }, window: 1m, amend_for: 2h }         | amend_for: together with 'window' is more than 100 times the time between windows; take a longer 'every'
          { type: ratio, window: 1m, field: e, is: "> 0", levels: { crit: "> 0.2" }, amend_for: 2h }| amend_for: together with 'window' is more than 100 times the time between windows; take a longer 'every'
          { type: ratio, window: 1m, field: e, is: "> 0", levels: { crit: "> 0.2" }, by: [m], version_tag: v }| version_tag: needs a 'grace', such as 10m
          { type: change, window: 1m, field: x, levels: { crit: "> 50" }, by: [m], version_tag: v } | version_tag: needs a 'grace', such as 10m
          { type: change, window: 1m, field: x, levels: { crit: "> 50" }, against_tags: { v: a } }  | against_tags.v: needs a 'by' without it: where it tells series apart, it has one value in each
          { type: change, window: 1m, field: x, levels: { crit: "> 50" }, by: [v], against_tags: { v: a } }| against_tags.v: needs a 'by' without it: where it tells series apart, it has one value in each
          { type: change, window: 1m, field: x, levels: { crit: "> 50" }, by: [m], against_tags: { "": a } }| against_tags: has a tag without a name
          { type: change, window: 1m, field: x, levels: { crit: "> 50" }, by: [m], against_tags: { v: a }, against: 1h }| against: has no use with 'against_tags', which looks at one window
          { type: deadman, after: 5m, report_zero: true }                                           | report_zero: needs a 'field' to look at
          { type: expression, window: 1m }                                                          | levels: is required, for example { crit: "a / b > 0.7" }
          { type: expression, levels: { bad: "a > 1" } }                                            | levels.bad: is no level; known: crit, warn, info
          { type: expression, levels: { crit: "a > 1" }, recover: { bad: "a < 1" } }                | recover.bad: is no level; known: crit, warn, info
          { type: expression, levels: { crit: "a > 1" }, recover: { warn: "a < 1" } }               | recover.warn: there is no such level in 'levels' to recover from
          { type: expression, levels: { crit: "a > 1" }, recover: { crit: "a <" } }                 | recover.crit: column 4: it ends in the middle
          { type: expression, levels: { crit: "a + 1" } }                                           | levels.crit: must be true or false, such as a > 1; this is a number
          { type: expression, levels: { crit: "value > 1" }, value: "a > 1" }                       | value: must be a number, such as a / b; this is true or false
          { type: expression, levels: { crit: "avg(a) > 1" }, window: 1m }                          | levels.crit: column 1: there is no function 'avg'; known: contains, count, distinct, double, endsWith, first, last, matches, max, mean, median, min, p10, p25, p5, p75, p90, p95, p99, p999, rate, size, spread, startsWith, stddev, sum, tag
          { type: expression, levels: { crit: "a > 1" }, window: 1m }                               | levels.crit: column 1: 'a' is a field of each call; say what a window's values are made into: mean(a)
          { type: expression, levels: { crit: "mean(a) > 1" } }                                     | levels.crit: column 1: mean() needs a 'window'
          { type: expression, levels: { crit: "a > 1" }, on_error: alarm }                          | on_error: 'alarm' is unknown; known: crit, info, keep, ok, unknown, warn
          { type: expression, levels: { crit: "a > 1" }, min_samples: 2 }                           | min_samples: needs a 'window'; calls are judged one by one
          { type: expression, levels: { crit: "a > 1" }, amend_for: 5m }                            | amend_for: needs a 'window'; calls are judged one by one
          { type: expression, levels: { crit: "a > 1" }, no_data: ok }                              | no_data: needs a 'window'; calls are judged one by one
          { type: expression, levels: { crit: "a > 1" }, by: [m, m] }                               | by: names a tag twice
          { type: expression, levels: { crit: "mean(a) > 1" }, window: 1m, min_samples: 0 }         | min_samples: can be 0 for count, rate, sum and distinct only
          { type: expression, levels: { crit: "mean(a) > 1" }, window: 1m, every: 2m }              | every: is longer than 'window': calls between would be seen by none
          { type: expression, levels: { crit: "mean(a) > 1" }, window: 1m, amend_for: 2h }          | amend_for: together with 'window' is more than 100 times the time between windows; take a longer 'every'
          { type: expression, levels: { crit: "a > 1" }, grace: 5m, version_tag: v }                | version_tag: needs a 'by' without it: where it tells series apart, each new one has its grace
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

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          { type: composite, by: [a] }                                                              | names no check that has to be bad; give 'all_of' or 'any_of'
          { type: composite, any_of: [low] }                                                        | by: is required, for example [algorithm_name]; [] looks at all together
          { type: composite, any_of: [low], by: [a, a] }                                            | by: names a tag twice
          { type: composite, any_of: [low], by: [a], level: unknown }                               | level: must be info, warn or crit
          { type: composite, any_of: [low], by: [a], level: ok }                                    | level: must be info, warn or crit
          { type: composite, any_of: [low, { check: low, at_least: ok }], by: [a] }                 | any_of[1].at_least: cannot be ok: that is always so
          { type: composite, any_of: [{ at_least: warn }], by: [a] }                                | any_of[0].check: is required
          { type: composite, any_of: [none], by: [a] }                                              | there is no check 'none' to combine
          { type: composite, none_of: [none], any_of: [low], by: [a] }                              | there is no check 'none' to combine
          { type: composite, any_of: [low, high], by: [] }                                          | follows itself: high -> high
          { type: composite, any_of: [grouped], by: [model, version] }                              | by: 'grouped' takes series as one that differ in 'version'
          """)
  void compositeIsRefused(String check, String problem) throws IOException {
    String path =
        "sinks.alerting.checks.high" + (problem.matches("(by|level|any_of).*") ? "." : ": ");
    assertThat(
            problems(
                """
                type: alerting
                checks:
                  low: { type: threshold, field: x, levels: { crit: "< 2" } }
                  grouped: { type: deadman, after: 5m, by: [model] }
                  high: %s
                """
                    .formatted(check)))
        .as(check)
        .containsExactly(path + problem);
  }

  @Test
  void checksThatFollowEachOtherAreRefused() throws IOException {
    assertThat(
            problems(
                """
                type: alerting
                checks:
                  a: { type: composite, any_of: [b], by: [] }
                  b: { type: composite, any_of: [low, c], by: [] }
                  c: { type: composite, any_of: [a], by: [] }
                  d: { type: composite, any_of: [a], by: [] }
                  low: { type: threshold, field: x, levels: { crit: "< 2" } }
                """))
        .containsExactlyInAnyOrder(
            "sinks.alerting.checks.a: follows itself: a -> b -> c -> a",
            "sinks.alerting.checks.b: follows itself: b -> c -> a -> b",
            "sinks.alerting.checks.c: follows itself: c -> a -> b -> c");
  }
}
