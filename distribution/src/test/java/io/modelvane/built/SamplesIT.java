package io.modelvane.built;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import io.modelvane.engine.EnginePlugin;
import io.modelvane.engine.config.ConfigurationLoader;
import io.modelvane.engine.config.Loaded;
import io.modelvane.engine.config.SchemaWriter;
import io.modelvane.engine.plugin.PluginHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Every sample configuration loads with the built plugins, and editors agree that it is right. */
class SamplesIT {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static PluginHost host;
  private static JsonSchema schema;

  @TempDir static Path plugins;
  @TempDir Path folder;

  @BeforeAll
  static void loadThePluginsAndTheTutorials() throws Exception {
    Built.copyPlugins(plugins);
    TutorialIT.build(plugins, Files.createDirectory(plugins.resolve(".classes")));
    host = PluginHost.load(plugins, List.of(new EnginePlugin()));
    assertThat(host.catalogue().failures()).isEmpty();
    schema =
        JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
            .getSchema(new SchemaWriter(host.catalogue()).write());
  }

  @AfterAll
  static void closeThem() {
    host.close();
  }

  /** Any variable has a value in the form its name lets expect. */
  private static String environment(String name) {
    if (name.contains("SECRET")) {
      return "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    }
    if (name.contains("WEBHOOK") || name.contains("URL")) {
      return "https://hooks.slack.com/services/T000/B000/sample";
    }
    return name.contains("KEY") ? "0123456789abcdef0123456789abcdef" : "value-of-a-sample";
  }

  static List<Samples.Sample> samples() throws IOException {
    return Samples.all(Built.root());
  }

  @Test
  void theSampleOfTheDistributionIsAmongThem() throws IOException {
    assertThat(samples())
        .extracting(Samples.Sample::place)
        .contains("distribution/src/main/dist/conf/modelvane.yaml");
  }

  @ParameterizedTest
  @MethodSource("samples")
  void loads(Samples.Sample sample) throws IOException {
    Path file = Files.writeString(folder.resolve("sample.yaml"), sample.yaml());
    Loaded loaded =
        new ConfigurationLoader(host.catalogue(), SamplesIT::environment).load(List.of(file));

    assertThat(loaded.problems()).allMatch(sample::mayHave);
    assertThat(!sample.isWhole() || loaded.warnings().isEmpty())
        .as("%s", loaded.warnings())
        .isTrue();
  }

  @ParameterizedTest
  @MethodSource("samples")
  void isRightInTheEyesOfAnEditor(Samples.Sample sample) {
    Object yaml = new Load(LoadSettings.builder().build()).loadFromString(sample.yaml());
    JsonNode node = JSON.valueToTree(yaml);

    assertThat(schema.validate(node))
        .filteredOn(message -> sample.isWhole() || !isForWantOfPipelines(message))
        .isEmpty();
  }

  private static boolean isForWantOfPipelines(ValidationMessage message) {
    return message.getType().equals("required") && message.getMessage().contains("'pipelines'");
  }
}
