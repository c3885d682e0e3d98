package io.modelvane.alerting;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelvane.engine.config.Loaded;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever writes rules that tell nobody is told so before the night. */
class RuleWarningsTest {
  private static final String CHECKS =
      """
      sinks:
        alerting:
          type: alerting
          checks:
            high: { type: threshold, field: score, levels: { crit: "> 0.9" } }
            slow: { type: threshold, field: latency, levels: { warn: "> 300" }, window: 1m, by: [model], no_data: unknown }
            odd: { type: expression, levels: { crit: "a / b > 1" }, on_error: info }
            silent: { type: deadman, after: 5m, level: warn }
            both: { type: composite, all_of: [high, slow], by: [model] }
            fresh: { type: new_version, by: [model] }
            share: { type: ratio, field: error, is: "> 0", window: 1m, levels: { info: "> 0.1" }, no_data: ok }
            jump: { type: change, field: score, window: 1m, levels: { warn: "> 50" } }
      """;

  @TempDir Path folder;

  private List<String> warnings(String rules) throws Exception {
    Path file = Files.writeString(folder.resolve("modelvane.yaml"), CHECKS + rules.indent(4));
    Loaded loaded = Configured.load(CasesTest.resource("/rule-pipelines.yaml"), file);
    assertThat(loaded.problems()).isEmpty();
    return loaded.warnings().stream()
        .filter(warning -> !warning.path().startsWith("notifiers."))
        .map(p -> p.path().replace("sinks.alerting.", "") + ": " + p.message())
        .toList();
  }

  private List<String> warningsOfRule(String options) throws Exception {
    return warnings("rules: { page: { notify: [team], " + options + " } }");
  }

  @Test
  void alertingThatTellsNobodySaysSo() throws Exception {
    assertThat(warnings(""))
        .containsExactly(
            "rules: there is none: nobody is told of any incident; add one, for example page: {"
                + " when: { to: crit }, notify: [oncall] }");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "when: { to: [crit, info] }, checks: [odd]",
        "when: { to: unknown, from: warn }, checks: [slow]",
        "when: { to: warn }, checks: [silent]",
        "when: { to: crit, from: ok }, checks: [both]",
        "when: { to: info }, checks: [fresh]",
        "when: { to: info }, checks: [share]",
        "when: { from: warn }, checks: [jump]",
        "where: { region: eu }",
        "where: { region: \"!= eu\", model: a }, checks: [slow]",
        "routes: { a: { when: { to: crit } }, b: { when: { to: ok } } }",
        "routes: { a: { where: { model: a } }, b: { where: { model: b } } }",
        "routes: { a: { continue: true }, b: {} }",
        "routes: { a: { when: { count: 2, within: 1h } }, b: {} }",
      })
  void whatCanHappenIsNoWorry(String options) throws Exception {
    assertThat(warningsOfRule(options)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          when: { to: warn }, checks: [high] | when: never happens: the checks it is about have the levels ok and crit; nobody is ever told
          when: { to: unknown }, checks: [high, silent, share] | when: never happens: the checks it is about have the levels ok and crit, or ok and warn, or ok and info; nobody is ever told
          when: { from: warn, to: crit } | when: never happens: the checks it is about have the levels ok and crit, or ok and warn and unknown, or ok and info and crit, or ok and warn, or ok and info; nobody is ever told
          when: { to: crit }, checks: [both, slow], where: { region: eu } | where: asks for a tag that no check it is about has in its 'by'; nobody is ever told
          checks: [high], routes: { a: { checks: [slow] } } | routes.a.checks: names no check that comes here; nobody is ever told
          when: { to: crit }, routes: { a: { routes: { b: { when: { to: ok } } } } } | routes.a.routes.b.when: never happens: the checks it is about have the levels ok and crit, or ok and info and crit; nobody is ever told
          routes: { a: {}, b: { when: { to: crit } } } | routes.b: is never reached: routes before it take all it is about; move it up
          routes: { a: { when: { to: crit } }, b: { when: { to: crit } } } | routes.b: is never reached: routes before it take all it is about; move it up
          """)
  void whatNeverHappensIsNamed(String options, String warning) throws Exception {
    assertThat(warningsOfRule(options)).containsExactly("rules.page." + warning);
  }
}
