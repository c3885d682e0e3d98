package io.modelvane.engine.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelvane.engine.EnginePlugin;
import io.modelvane.engine.FakePlugin;
import io.modelvane.engine.plugin.PluginCatalogue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WarningsTest {
  @TempDir Path folder;

  private Loaded load(String store) throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("modelvane.yaml"),
            """
            sources:
              calls: { type: fake }
            sinks:
              store: { type: fake, url: "http://localhost:8086", rows: 5, %s }
            notifiers:
              oncall: { type: fake }
            pipelines:
              all: { source: calls, decode: algorithmia-insights, sinks: [store] }
            """
                .formatted(store));
    return new ConfigurationLoader(
            PluginCatalogue.of(new EnginePlugin(), new FakePlugin()), name -> "s3cret-of-a-test")
        .load(List.of(file));
  }

  @Test
  void whatAFactoryWarnsOfIsShownWithItsPlaceAndKeepsNothingFromStarting() throws Exception {
    Loaded loaded = load("tell: [oncall], hosts: [fast, slow]");

    assertThat(loaded.problems()).isEmpty();
    assertThat(loaded.configuration()).isPresent();
    assertThat(loaded.warnings())
        .singleElement()
        .asString()
        .endsWith("modelvane.yaml:4:93: sinks.store.hosts[1]: is slow");
  }

  @Test
  void aNotifierThatNothingNamesIsKeptForTheEndsItIsOwed() throws Exception {
    assertThat(load("tell: []").warnings())
        .singleElement()
        .asString()
        .endsWith(
            "modelvane.yaml:6:11: notifiers.oncall: is named by nothing: it hears of nothing new,"
                + " only of the end of what it was told before; take it out when none of that is"
                + " open any more");
  }

  @Test
  void aWarningHidesSecrets() throws Exception {
    assertThat(load("tell: oncall, hosts: [slow], token: \"${env:TOKEN}\"").warnings())
        .singleElement()
        .extracting(Problem::message)
        .isEqualTo("is slow, for ****");
  }

  @Test
  void whatIsWrongIsToldWithoutDoubts() throws Exception {
    Loaded loaded = load("tell: oncall, hosts: [down, slow]");

    assertThat(loaded.problems()).hasSize(1);
    assertThat(loaded.warnings()).isEmpty();
  }
}
