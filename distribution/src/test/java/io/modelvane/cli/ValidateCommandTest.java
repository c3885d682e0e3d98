package io.modelvane.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelvane.built.SmallPlugin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ValidateCommandTest {
  private static final String SOURCE = "sources: { calls: { type: steady } }\n";
  private static final String SINK = "sinks: { memory: { type: memory } }\n";
  private static final String PIPELINE =
      "pipelines: { metrics: { source: calls, decode: algorithmia-insights, sinks: [memory] } }\n";

  @TempDir Path folder;
  private Path plugins;

  @BeforeEach
  void buildAPlugin() throws IOException {
    plugins = SmallPlugin.folderWithOne(folder.resolve("plugins"));
  }

  private Invocation validate(Path... configurations) {
    String[] arguments = new String[3 + 2 * configurations.length];
    arguments[0] = "validate";
    arguments[1] = "--plugins";
    arguments[2] = plugins.toString();
    for (int i = 0; i < configurations.length; i++) {
      arguments[3 + 2 * i] = "-c";
      arguments[4 + 2 * i] = configurations[i].toString();
    }
    return Invocation.of(arguments);
  }

  private Path write(String name, String yaml) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, yaml);
  }

  @Test
  void saysSoWhenAllIsWell() throws IOException {
    Invocation valid = validate(write("good.yaml", SOURCE + SINK + PIPELINE));

    assertThat(valid.err()).isEmpty();
    assertThat(valid.out()).isEqualToIgnoringNewLines("configuration is valid");
    assertThat(valid.code()).isZero();
  }

  @Test
  void listsEveryProblemWithItsPlaceAndCountsThem() throws IOException {
    Path file =
        write(
            "bad.yaml",
            """
            sources:
              calls: { type: stedy }
            sinks:
              memory:
                type: memory
                limt: 3
            stop_within: soon
            pipelines:
              metrics: { source: cals, decode: algorithmia-insights, sinks: [] }
            """);

    Invocation invalid = validate(file);

    assertThat(invalid.code()).isEqualTo(78);
    assertThat(invalid.out()).isEmpty();
    assertThat(invalid.errLines())
        .anySatisfy(line -> assertThat(line).startsWith(file + ":2:").contains("steady"))
        .anySatisfy(line -> assertThat(line).startsWith(file + ":6:5").contains("limit"))
        .anySatisfy(line -> assertThat(line).startsWith(file + ":7:14").contains("stop_within"))
        .anySatisfy(line -> assertThat(line).startsWith(file + ":9:").contains("calls"))
        .anySatisfy(line -> assertThat(line).startsWith(file + ":9:").contains("at least one"))
        .last()
        .isEqualTo("5 problems");
    assertThat(invalid.errLines().stream().filter(line -> !line.endsWith("(warning)"))).hasSize(6);
  }

  @Test
  void oneProblemIsCountedInTheSingular() throws IOException {
    Invocation invalid = validate(write("bad.yaml", SOURCE + SINK + PIPELINE + "datta: x\n"));

    assertThat(invalid.code()).isEqualTo(78);
    assertThat(invalid.errLines()).hasSize(2).last().isEqualTo("1 problem");
    assertThat(invalid.err()).contains("did you mean").contains("data");
  }

  @Test
  void aFolderStandsForAllItsYamlFilesMerged() throws IOException {
    write("conf/10-sources.yaml", SOURCE + SINK);
    write("conf/20-pipelines.yml", PIPELINE);
    write("conf/notes.txt", "not: [yaml");

    assertThat(validate(folder.resolve("conf")).code()).isZero();
  }

  @Test
  void aProblemInAFolderNamesTheFile() throws IOException {
    write("conf/10-sources.yaml", SOURCE + SINK);
    Path wrong = write("conf/20-pipelines.yaml", PIPELINE.replace("[memory]", "[memori]"));

    Invocation invalid = validate(folder.resolve("conf"));

    assertThat(invalid.code()).isEqualTo(78);
    assertThat(invalid.err()).startsWith(wrong + ":1:").contains("memory");
  }

  @Test
  void severalFilesAreMerged() throws IOException {
    Path one = write("one.yaml", SOURCE + SINK);
    Path two = write("two.yaml", PIPELINE);

    assertThat(validate(one, two).code()).isZero();
  }

  @Test
  void oneNameTwiceInTwoFilesIsAProblem() throws IOException {
    Path one = write("one.yaml", SOURCE + SINK);
    Path two = write("two.yaml", PIPELINE + SINK);

    Invocation invalid = validate(one, two);

    assertThat(invalid.code()).isEqualTo(78);
    assertThat(invalid.err()).contains("memory");
  }

  @Test
  void whatIsProbablyNotMeantIsAWarningAndNoFailure() throws IOException {
    Invocation valid =
        validate(
            write(
                "spare.yaml",
                SOURCE
                    + "sinks: { memory: { type: memory }, spare: { type: memory } }\n"
                    + PIPELINE));

    assertThat(valid.code()).isZero();
    assertThat(valid.errLines())
        .singleElement()
        .asString()
        .contains("sinks.spare", "is not used", "(warning)");
  }

  @Test
  void anEnvironmentVariableThatIsNotSetIsAProblem() throws IOException {
    Invocation invalid =
        validate(
            write("env.yaml", SOURCE + SINK + PIPELINE + "data: ${env:MODELVANE_NOT_SET_HERE}\n"));

    assertThat(invalid.code()).isEqualTo(78);
    assertThat(invalid.err()).contains("MODELVANE_NOT_SET_HERE");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "- a list\n", "a: [\n", "a: b: c\n", "# nothing but a comment\n"})
  void whatIsNoMappingIsAProblemWithoutAStackTrace(String text) throws IOException {
    Invocation invalid = validate(write("odd.yaml", text));

    assertThat(invalid.code()).isEqualTo(78);
    assertThat(invalid.err()).contains("odd.yaml").doesNotContain("Exception");
  }

  @Test
  void aFileThatDoesNotExistIsAProblem() {
    Invocation invalid = validate(folder.resolve("none.yaml"));

    assertThat(invalid.code()).isEqualTo(78);
    assertThat(invalid.err()).contains("none.yaml: no such file");
  }

  @Test
  void aFolderWithoutYamlIsAProblem() throws IOException {
    Path empty = Files.createDirectory(folder.resolve("empty"));

    Invocation invalid = validate(empty);

    assertThat(invalid.code()).isEqualTo(78);
    assertThat(invalid.err()).contains("has no *.yaml file");
  }

  @Test
  void aBrokenPluginIsNamedAndDoesNotHinderTheOthers() throws IOException {
    Files.writeString(plugins.resolve("broken.jar"), "not a jar");

    Invocation valid = validate(write("good.yaml", SOURCE + SINK + PIPELINE));

    assertThat(valid.code()).isZero();
    assertThat(valid.err()).contains("plugin broken.jar: not a readable jar");
  }

  @Test
  void runRefusesAWrongConfigurationWithTheSameWords() throws IOException {
    Path file = write("bad.yaml", SOURCE + SINK + PIPELINE + "datta: x\n");

    Invocation run = Invocation.of("run", "--plugins", plugins.toString(), "-c", file.toString());

    assertThat(run.code()).isEqualTo(78);
    assertThat(run.err()).contains(file + ":4:1: datta");
    assertThat(run.out()).isEmpty();
  }
}
