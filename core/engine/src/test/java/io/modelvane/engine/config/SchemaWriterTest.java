package io.modelvane.engine.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.modelvane.engine.EnginePlugin;
import io.modelvane.engine.FakePlugin;
import io.modelvane.engine.plugin.PluginCatalogue;
import io.modelvane.spi.ComponentContext;
import io.modelvane.spi.ComponentFactory;
import io.modelvane.spi.Option;
import io.modelvane.spi.Plugin;
import io.modelvane.spi.Sink;
import io.modelvane.spi.SinkFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

class SchemaWriterTest {
  private static final String GOOD =
      """
      data: /var/lib/modelvane
      http: { port: 0 }
      stop_within: 5s
      sources: { in: { type: fake }, plain: fake }
      notifiers: { n: { type: fake } }
      sinks:
        out:
          type: fake
          url: http://localhost:8086
          token: ${env:TOKEN}
          rows: 5
          share: 0.5
          pause: 5m
          size: 4096
          mode: careful
          checked: ${env:CHECKED:-true}
          tls: { key: a, certificate: b }
          auth: { type: basic, user: u, password: p4ssword }
          spans: { a: 3-5 }
          labels: { a: b }
          hosts: one
          tell: [n]
      pipelines:
        p: { source: in, decode: algorithmia-insights, sinks: [out], max_rows: 10, linger: 1s }
        q: { source: plain, decode: { type: json, measurement: m, tags: [a, {name: b, from: c}] }, sinks: out }
      dead_letters: { type: file, limit: 1GiB }
      """;

  @TempDir Path temp;

  private final JsonSchema schema =
      JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
          .getSchema(
              new SchemaWriter(PluginCatalogue.of(new EnginePlugin(), new FakePlugin())).write());

  private boolean accepts(String yaml) {
    return accepts(schema, yaml);
  }

  private static boolean accepts(JsonSchema schema, String yaml) {
    Object tree = new Load(LoadSettings.builder().build()).loadFromString(yaml);
    return schema
        .validate(new ObjectMapper().<com.fasterxml.jackson.databind.JsonNode>valueToTree(tree))
        .isEmpty();
  }

  @Test
  void whatTheLoaderAcceptsTheSchemaAccepts() throws IOException {
    Path file = Files.writeString(temp.resolve("good.yaml"), GOOD);
    assertThat(BadConfigurationsTest.load(file).problems()).isEmpty();
    assertThat(accepts(GOOD)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "unknown-option",
        "misspelt-section",
        "misspelt-type",
        "no-type",
        "number-as-text",
        "number-too-small",
        "number-over-the-limit",
        "duration-without-unit",
        "mode-unknown",
        "url-missing",
        "list-for-text",
        "text-for-mapping",
        "nested-unknown-option",
        "variant-unknown",
        "mapping-for-parsed-text",
        "variant-missing-option",
        "pipeline-without-source",
        "pipeline-without-decode",
        "decoder-unknown",
        "pipelines-missing",
        "pipelines-as-list",
        "port-out-of-range",
        "dead-letters-unknown",
        "top-is-a-list"
      })
  void whatASchemaCanSeeItRejects(String name) throws IOException {
    assertThat(accepts(Files.readString(Path.of("src/test/resources/cases/bad", name + ".yaml"))))
        .isFalse();
  }

  @Test
  void aFolderIsAllItsFilesMerged() throws IOException {
    Path folder = Files.createDirectory(temp.resolve("conf"));
    Files.writeString(
        folder.resolve("a.yaml"),
        "sources: { in: fake }\nsinks: { a: { type: fake, url: \"http://h\" } }\n");
    Files.writeString(
        folder.resolve("b.yml"),
        """
        sinks: { b: { type: fake, url: "http://h" } }
        pipelines: { p: { source: in, decode: algorithmia-insights, sinks: [a, b] } }
        """);
    Files.writeString(folder.resolve("notes.txt"), "no: yaml");
    assertThat(BadConfigurationsTest.load(folder).problems()).isEmpty();
    Files.writeString(
        folder.resolve("c.yaml"), "sinks: { a: { type: fake, url: \"http://h\" } }\n");
    assertThat(BadConfigurationsTest.load(folder).problems())
        .singleElement()
        .asString()
        .isEqualTo(
            "%s:1:10: sinks.a: occurs twice, first at %s:2:10; remove one of the two",
            folder.resolve("c.yaml"), folder.resolve("a.yaml"));
  }

  /** Options that hold themselves. */
  record Tree(
      @Option(description = "A number.") Optional<Integer> size,
      @Option(description = "Below.") Map<String, Tree> branches) {}

  /** A sink with such options. */
  private static final class Forest implements SinkFactory<Forest.Options> {
    record Options(@Option(description = "A tree.") Optional<Tree> tree) {}

    @Override
    public String type() {
      return "forest";
    }

    @Override
    public String description() {
      return "Holds trees.";
    }

    @Override
    public Class<Options> options() {
      return Options.class;
    }

    @Override
    public Sink create(Options options, ComponentContext context) {
      throw new UnsupportedOperationException();
    }
  }

  private static final class ForestPlugin implements Plugin {
    @Override
    public List<ComponentFactory<?, ?>> factories() {
      return List.of(new Forest());
    }
  }

  @Test
  void optionsThatHoldThemselvesAreDefinedOnce() {
    PluginCatalogue catalogue =
        PluginCatalogue.of(new EnginePlugin(), new FakePlugin(), new ForestPlugin());
    JsonSchema trees =
        JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
            .getSchema(new SchemaWriter(catalogue).write());
    String yaml =
        GOOD.replace(
            "sinks:\n",
            "sinks:\n  trees: { type: forest, tree: { size: 1, branches: { a: { branches: { b: {"
                + " size: SIZE } } } } } }\n");
    assertThat(accepts(trees, yaml.replace("SIZE", "3"))).isTrue();
    assertThat(accepts(trees, yaml.replace("SIZE", "tall"))).isFalse();
  }
}
