package io.modelvane.notifier.email;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelvane.engine.config.ConfigurationLoader;
import io.modelvane.engine.config.Loaded;
import io.modelvane.engine.plugin.PluginCatalogue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReadmeTest {
  private static final Pattern EXAMPLE = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);

  @TempDir private Path folder;

  private List<String> examples() throws IOException {
    return EXAMPLE
        .matcher(Files.readString(Path.of("README.md")))
        .results()
        .map((MatchResult result) -> result.group(1))
        .toList();
  }

  /** What is wrong with the notifiers of a configuration. */
  private List<String> problems(String yaml) throws IOException {
    Path file = Files.writeString(folder.resolve("example.yaml"), yaml);
    // Whatever a variable is for: a URL, a key of 32 characters, a signing secret.
    Loaded loaded =
        new ConfigurationLoader(PluginCatalogue.of(new EmailPlugin()), ReadmeTest::variable)
            .load(List.of(file));
    return loaded.problems().stream()
        .map(problem -> problem.path() + ": " + problem.message())
        .filter(problem -> problem.startsWith("notifiers"))
        .toList();
  }

  private static String variable(String name) {
    if (name.contains("SECRET")) {
      return "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    }
    return name.contains("URL") || name.contains("WEBHOOK") ? "https://x.example.com/y" : "k3y";
  }

  @Test
  void every_example_of_the_readme_loads() throws Exception {
    assertThat(examples()).hasSize(2);
    for (String example : examples()) {
      assertThat(problems(example)).as(example).isEmpty();
    }
  }

  @Test
  void an_example_with_a_mistake_would_not_load() throws Exception {
    for (String example : examples()) {
      assertThat(problems(example + "    no_such_option: 1\n")).hasSize(1);
    }
  }
}
