package io.modelvane.alerting;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelvane.alerting.rule.RuleOptions;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The examples of the README and of the guide can be loaded, there is one for each type of check
 * and each option of rules, and the tests that the guide names are there.
 */
class ReadmeTest {
  private static final Pattern EXAMPLE = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);
  private static final Pattern SHOWN_BY =
      Pattern.compile("^\\|.*\\| ((?:`[\\w.-]+`(?:, )?)+) \\|$", Pattern.MULTILINE);
  private static final Pattern METHOD =
      Pattern.compile("\\b(?:void|Stream<DynamicTest>) (\\w+)\\(");
  private static final String SOURCES =
      """
      sources:
        insights: { type: kafka, topics: [calls] }
      notifiers:
        oncall: { type: pagerduty, routing_key: "${env:PAGERDUTY_KEY}" }
        team-lead: { type: pagerduty, routing_key: "${env:PAGERDUTY_KEY}" }
        head-of-ml: { type: pagerduty, routing_key: "${env:PAGERDUTY_KEY}" }
        ml-team: { type: slack, url: "${env:SLACK_WEBHOOK}" }
        fraud-team: { type: slack, url: "${env:SLACK_WEBHOOK}" }
        audit: { type: slack, url: "${env:SLACK_WEBHOOK}" }
        watchdog: { type: slack, url: "${env:SLACK_WEBHOOK}" }
      """;
  private static final String CHECKS =
      """
      checks:
        silence: { type: deadman, after: 5m }
        risky-mean: { type: threshold, field: risk_score, levels: { crit: "> 0.7" } }
      """;
  private static final String PIPELINES =
      """
      pipelines:
        alerts: { source: insights, decode: algorithmia-insights, sinks: [alerting] }
      """;

  @TempDir Path folder;

  private static List<String> examples(Path page) throws IOException {
    List<String> examples = new ArrayList<>();
    Matcher matcher = EXAMPLE.matcher(Files.readString(page));
    while (matcher.find()) {
      String example = matcher.group(1);
      // A whole one, and one of notifiers, needs all plugins to be loaded.
      if (!example.startsWith("sources:") && !example.startsWith("notifiers:")) {
        examples.add(example);
      }
    }
    return examples;
  }

  /** Tests run in the module's folder, or in that of the whole project. */
  private static Path root() {
    Path beside = Path.of("src/main/java/io/modelvane/alerting");
    return Path.of(Files.isDirectory(beside) ? ".." : ".");
  }

  private static Path readme() {
    return root().resolve("alerting/README.md");
  }

  private static Path guide() {
    return root().resolve("docs/alerting.md");
  }

  /** A sink without its surroundings, checks alone, or rules alone. */
  private static String whole(String example) {
    String part = example.startsWith("rules:") ? CHECKS + example : example;
    return part.startsWith("checks:")
        ? SOURCES + PIPELINES + "sinks:\n  alerting:\n    type: alerting\n" + part.indent(4)
        : SOURCES + PIPELINES + example;
  }

  private AlertingOptions load(String example) throws IOException {
    return Configured.options(Files.writeString(folder.resolve("modelvane.yaml"), whole(example)));
  }

  @TestFactory
  Stream<DynamicTest> examplesLoad() throws IOException {
    return Stream.concat(examples(readme()).stream(), examples(guide()).stream())
        .map(
            example ->
                DynamicTest.dynamicTest(
                    example.lines().skip(1).findFirst().orElseThrow().strip(),
                    () -> assertThat(load(example).checks()).isNotEmpty()));
  }

  @Test
  void testsThatTheGuideNamesAreThere() throws IOException {
    Set<String> tests = tests();
    List<String> missing = new ArrayList<>();
    String guide = Files.readString(guide());
    Matcher row = SHOWN_BY.matcher(guide.substring(guide.indexOf("## 5.")));
    int named = 0;
    while (row.find()) {
      for (String name : row.group(1).split(", ", -1)) {
        named++;
        if (!tests.contains(name.replace("`", ""))) {
          missing.add(name);
        }
      }
    }

    assertThat(missing).isEmpty();
    assertThat(named).isGreaterThan(75);
  }

  /** Folders of cases, and methods with their classes. */
  private static Set<String> tests() throws IOException {
    Set<String> names = new TreeSet<>();
    try (Stream<Path> files = Files.find(root(), 12, (path, is) -> isTest(path))) {
      for (Path file : files.toList()) {
        String simple = file.getFileName().toString().replace(".java", "");
        Matcher method = METHOD.matcher(Files.readString(file));
        while (method.find()) {
          names.add(simple + "." + method.group(1));
        }
      }
    }
    for (String of : List.of("cases", "rule-cases")) {
      Path resources = root().resolve("alerting/src/test/resources");
      try (Stream<Path> cases = Files.list(resources.resolve(of))) {
        cases.forEach(folder -> names.add(folder.getFileName().toString()));
      }
    }
    return names;
  }

  private static boolean isTest(Path path) {
    String name = path.toString();
    return (name.contains("src/test/java") && name.endsWith("Test.java"))
        || name.endsWith("Contract.java"); // what all notifiers are tested by
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void eachTypeOfCheckHasAnExample(boolean inTheReadme) throws IOException {
    TreeSet<String> types = new TreeSet<>();
    for (String example : examples(inTheReadme ? readme() : guide())) {
      AlertingSinkFactory.checks(load(example)).forEach(check -> types.add(check.type()));
    }

    assertThat(types)
        .containsExactly(
            "change", "composite", "deadman", "expression", "new_version", "ratio", "threshold");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void eachOptionOfRulesHasAnExample(boolean inTheReadme) throws IOException {
    String all = String.join("\n", examples(inTheReadme ? readme() : guide()));
    for (RecordComponent option : RuleOptions.class.getRecordComponents()) {
      String name =
          option
              .getName()
              .replaceAll("_$", "")
              .replaceAll("([A-Z])", "_$1")
              .toLowerCase(Locale.ROOT);
      assertThat(all).contains(name + ":");
    }
    assertThat(all).contains("maintenance:", "inhibit:");
  }
}
