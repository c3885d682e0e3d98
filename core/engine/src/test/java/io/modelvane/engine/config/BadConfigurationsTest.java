package io.modelvane.engine.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelvane.engine.EnginePlugin;
import io.modelvane.engine.FakePlugin;
import io.modelvane.engine.plugin.PluginCatalogue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each file of {@code cases/bad} holds one mistake; the file of the same name that ends in {@code
 * .expected} holds what the user reads.
 */
class BadConfigurationsTest {
  private static final Path CASES = Path.of("src/test/resources/cases/bad");

  static List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(CASES)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".yaml"))
          .map(name -> name.substring(0, name.length() - 5))
          .sorted()
          .toList();
    }
  }

  @SuppressWarnings("NullAway") // it does not see that the lookup may answer null
  static Loaded load(Path... files) {
    Map<String, String> environment =
        Map.of("SECRET", "hunter2hunter2", "TOKEN", "t0ken", "EMPTY", "");
    return new ConfigurationLoader(
            PluginCatalogue.of(new EnginePlugin(), new FakePlugin()), environment::get)
        .load(List.of(files));
  }

  @ParameterizedTest
  @MethodSource("names")
  void isReportedWithPlaceAndWords(String name) throws IOException {
    Loaded loaded = load(CASES.resolve(name + ".yaml"));
    String shown =
        String.join("\n", loaded.problems().stream().map(Problem::toString).toList()) + "\n";
    Path expected = CASES.resolve(name + ".expected");
    assertThat(shown.replace(CASES + "/", "")).isEqualTo(Files.readString(expected));
    assertThat(loaded.configuration()).isEmpty();
    assertThat(shown).doesNotContain("hunter2");
  }

  @Test
  void thereAreManyAndEachHasAnExpectation() throws IOException {
    try (Stream<Path> files = Files.list(CASES)) {
      assertThat(names()).hasSizeGreaterThan(70);
      assertThat(files.count()).isEqualTo(2L * names().size());
    }
  }
}
