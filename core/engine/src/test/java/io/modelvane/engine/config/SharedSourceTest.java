package io.modelvane.engine.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelvane.engine.EnginePlugin;
import io.modelvane.engine.FakePlugin;
import io.modelvane.engine.plugin.PluginCatalogue;
import io.modelvane.spi.ComponentContext;
import io.modelvane.spi.ComponentFactory;
import io.modelvane.spi.Option;
import io.modelvane.spi.Plugin;
import io.modelvane.spi.Source;
import io.modelvane.spi.SourceFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SharedSourceTest {
  @TempDir Path folder;

  /** Options of a source whose instances divide what comes, if they are in one group. */
  record Grouped(@Option(description = "The group.") Optional<String> group) {}

  /** Is configured and never made. */
  private static final class GroupedSources implements SourceFactory<Grouped>, Plugin {
    @Override
    public String type() {
      return "grouped";
    }

    @Override
    public String description() {
      return "Divides.";
    }

    @Override
    public Class<Grouped> options() {
      return Grouped.class;
    }

    @Override
    public Optional<String> whyOnlyOne(Grouped options) {
      return options.group().map(group -> "each would get a part of " + group);
    }

    @Override
    public Source create(Grouped options, ComponentContext context) {
      throw new UnsupportedOperationException("only read");
    }

    @Override
    public List<ComponentFactory<?, ?>> factories() {
      return List.of(this);
    }
  }

  private List<String> problems(String source, String pipelines) throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("modelvane.yaml"),
            """
            sources:
              calls: %s
            sinks:
              store: { type: fake, url: "http://localhost:8086", rows: 5 }
            pipelines:
            %s
            """
                .formatted(source, pipelines));
    PluginCatalogue catalogue =
        PluginCatalogue.of(new EnginePlugin(), new FakePlugin(), new GroupedSources());
    return new ConfigurationLoader(catalogue, name -> "")
        .load(List.of(file)).problems().stream().map(Problem::toString).toList();
  }

  @Test
  void aSourceThatWouldDivideItsEventsServesOnePipeline() throws Exception {
    String one = "  a: { source: calls, decode: algorithmia-insights, sinks: [store] }\n";
    String two = one + "  b: { source: calls, decode: algorithmia-insights, sinks: [store] }\n";

    assertThat(problems("{ type: grouped, group: g }", two))
        .singleElement()
        .asString()
        .endsWith(":2:10: sources.calls: serves pipelines a and b; each would get a part of g");
    assertThat(problems("{ type: grouped, group: g }", one)).isEmpty();
    assertThat(problems("{ type: grouped }", two)).isEmpty();
  }
}
