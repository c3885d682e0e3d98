package io.modelvane.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelvane.engine.config.ConfigurationLoader;
import io.modelvane.engine.config.Problem;
import io.modelvane.engine.plugin.PluginCatalogue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExampleTest {
  private static final Path EXAMPLE = Path.of("src/test/resources/example.yaml");

  @TempDir Path folder;

  @Test
  void exampleIsRightAsFarAsItGoes() {
    assertThat(problems(EXAMPLE)).extracting(Problem::path).containsExactly("pipelines");
  }

  @Test
  void mistakesInTheExampleWouldBeSeen() throws Exception {
    String wrong =
        Files.readString(EXAMPLE)
            .replace("start: 2026-01-31T12:00:00Z", "start: yesterday")
            .replace("client.rack", "group.id")
            .replace("  topic: ", "  topics: ");

    assertThat(problems(Files.writeString(folder.resolve("wrong.yaml"), wrong)))
        .extracting(Problem::path)
        .contains("sources.models.start", "dead_letters.topics");
  }

  private static List<Problem> problems(Path file) {
    ConfigurationLoader loader =
        new ConfigurationLoader(PluginCatalogue.of(new KafkaPlugin()), name -> "hush-hush");
    return loader.load(List.of(file)).problems();
  }
}
