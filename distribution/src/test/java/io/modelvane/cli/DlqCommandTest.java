package io.modelvane.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.modelvane.built.SmallPlugin;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DlqCommandTest {
  private static final String GOOD = "{\"time\":\"2026-01-01T00:00:00\",\"risk_score\":0.5}";
  private static final String BAD = "{\"time\":";

  @TempDir static Path plugins;
  @TempDir Path folder;
  private Path letters;

  @BeforeAll
  static void makeAPlugin() throws IOException {
    SmallPlugin.folderWithOne(plugins);
  }

  @BeforeEach
  void keepLetters() throws IOException {
    letters = Files.createDirectories(folder.resolve("data/dead-letters"));
    Files.writeString(
        letters.resolve("dead-letters-20260101T120000000.jsonl"),
        letter(1, "decode", "is not valid JSON at byte 8", BAD)
            + letter(2, "decode", "is not valid JSON at byte 17", BAD)
            + letter(3, "sink:store", "field type conflict", GOOD));
    Files.writeString(
        folder.resolve("modelvane.yaml"),
        """
        data: %s
        http: { port: 0 }
        sources: { calls: { type: steady } }
        sinks: { store: { type: memory } }
        pipelines: { metrics: { source: calls, decode: algorithmia-insights, sinks: [store] } }
        """
            .formatted(folder.resolve("data")));
  }

  private static String letter(int offset, String stage, String reason, String value) {
    return """
    {"format":1,"at":"2026-01-01T12:00:0%d.5Z","pipeline":"metrics","stage":"%s","reason":"%s",\
    "stream":"calls","partition":0,"offset":%d,"time":"2026-01-01T11:59:00Z","key":"AAE=",\
    "value":"%s","text":"%s","headers":[{"key":"trace","value":"YWJj"}]}
    """
        .formatted(
            offset,
            stage,
            reason,
            offset,
            Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8)),
            value.replace("\"", "\\\""));
  }

  private Invocation dlq(String... arguments) {
    List<String> all = new ArrayList<>(List.of("dlq"));
    all.addAll(List.of(arguments));
    all.addAll(List.of("--plugins", plugins.toString()));
    all.addAll(List.of("-c", folder.resolve("modelvane.yaml").toString()));
    return Invocation.of(all.toArray(String[]::new));
  }

  @Test
  void listsWhatIsAlikeTogetherWithCountTimesAndAnExample() {
    Invocation listed = dlq("list");

    assertThat(listed.code()).isZero();
    assertThat(listed.out().lines())
        .containsExactly(
            "       2  metrics, decode: is not valid JSON at byte #",
            "          2026-01-01T12:00:01.500Z to 2026-01-01T12:00:02.500Z, for example"
                + " 20260101T120000000:0",
            "       1  metrics, sink:store: field type conflict",
            "          2026-01-01T12:00:03.500Z to 2026-01-01T12:00:03.500Z, for example " + id(3),
            "       3  in all");
  }

  private String id(int number) {
    try {
      String text = Files.readString(letters.resolve("dead-letters-20260101T120000000.jsonl"));
      int at = 0;
      for (int i = 1; i < number; i++) {
        at = text.indexOf('\n', at) + 1;
      }
      return "20260101T120000000:" + at;
    } catch (IOException failure) {
      throw new java.io.UncheckedIOException(failure);
    }
  }

  @Test
  void listsAsJsonForPrograms() throws IOException {
    JsonNode groups = new ObjectMapper().readTree(dlq("list", "--json").out());

    assertThat(groups).hasSize(2);
    assertThat(groups.get(0).path("count").asInt()).isEqualTo(2);
    assertThat(groups.get(0).path("first").asText()).isEqualTo("2026-01-01T12:00:01.500Z");
    assertThat(groups.get(1).path("reason").asText()).isEqualTo("field type conflict");
    assertThat(groups.get(1).path("example").asText()).isEqualTo(id(3));
  }

  @Test
  void eachFilterLeavesOutTheOthers() {
    assertThat(dlq("list", "--stage", "sink:store").out()).contains("1  in all");
    Invocation other = dlq("list", "--pipeline", "other");
    assertThat(other.code()).isEqualTo(64);
    assertThat(other.err()).contains("there is no pipeline 'other'", "there are metrics");
    assertThat(dlq("list", "--reason", "BYTE 17").out()).contains("1  in all");
    assertThat(dlq("list", "--since", "2026-01-01T12:00:02.5Z").out()).contains("2  in all");
    assertThat(dlq("list", "--until", "2026-01-01T12:00:02.5Z").out()).contains("1  in all");
  }

  @Test
  void aFolderCanBeLookedAtWithoutAConfiguration() {
    Invocation listed = Invocation.of("dlq", "list", "--folder", letters.toString());

    assertThat(listed.code()).isZero();
    assertThat(listed.out()).contains("3  in all");
    assertThat(Invocation.of("dlq", "list").code()).isEqualTo(64);
    assertThat(Invocation.of("dlq", "list", "--folder", "/nowhere").code()).isEqualTo(78);
    assertThat(Invocation.of("dlq").code()).isEqualTo(64);
    assertThat(Invocation.of("dlq", "replay", "--folder", letters.toString()).code()).isEqualTo(64);
  }

  @Test
  void secretsOfOtherPartsNeedNotBeAtHandToLookAndToSetAside() throws IOException {
    Path file = folder.resolve("modelvane.yaml");
    Files.writeString(
        file,
        Files.readString(file)
            .replace("port: 0", "port: 0, token: '${env:NOT_SET_HERE}'")
            .replace("type: steady", "type: steady, messages: ['${env:NOT_SET_EITHER}']")
            .replace("type: memory", "type: memory, limit: '${env:NOR_THIS}'"));

    Invocation listed = dlq("list");
    assertThat(listed.err()).isEmpty();
    assertThat(listed.out()).contains("3  in all");
    assertThat(dlq("list", "--pipeline", "metrics").out()).contains("3  in all");
    assertThat(dlq("show", id(3)).code()).isZero();
    assertThat(dlq("discard", id(3)).out()).contains("1 put aside");
    Invocation replayed = dlq("replay");
    assertThat(replayed.code()).isEqualTo(78);
    assertThat(replayed.err()).contains("NOR_THIS");
  }

  @Test
  void showsALetterInFullWithBytesAsTextWhereTheyAreText() {
    Invocation shown = dlq("show", id(3));

    assertThat(shown.code()).isZero();
    assertThat(shown.out().lines())
        .containsExactly(
            "letter    " + id(3),
            "given up  2026-01-01T12:00:03.500Z",
            "pipeline  metrics, sink:store",
            "reason    field type conflict",
            "position  calls-0@3",
            "time      2026-01-01T11:59:00Z",
            "key       base64 AAE=",
            "header trace abc",
            "value     " + GOOD,
            "");
    assertThat(dlq("show", "--limit", "2", "--json").out().lines())
        .hasSize(2)
        .allMatch(line -> line.startsWith("{\"format\":1"));
    assertThat(dlq("show", "20260101T120000000:7").code()).isEqualTo(1);
  }

  @Test
  void aReplayTellsWhatCameOfItAndIsRemembered() {
    assertThat(dlq("replay", "--dry-run").out()).contains("3 would be tried");

    String put = id(3);
    Invocation replayed = dlq("replay");

    assertThat(replayed.out()).contains("1 put back, 2 can still not be stored, 0 not tried");
    assertThat(replayed.code()).isEqualTo(1);
    assertThat(dlq("list").out()).contains("2  in all").doesNotContain("sink:store");
    String old = letters.resolve("replayed").toString();
    assertThat(dlq("show", put, "--folder", old).out()).contains(put + " (put back, or aside)");
    Invocation again = dlq("replay", "--stage", "sink:store");
    assertThat(again.out()).contains("0 put back, 0 can still not be stored, 0 not tried");
    assertThat(again.code()).isZero();
  }

  @Test
  void whatIsNotThereOrIsNoValueIsWrongUsage() {
    assertThat(dlq("replay", "NOSUCHID").code()).isEqualTo(64);
    assertThat(dlq("replay", "--pipeline", "nope").err()).contains("no pipeline 'nope'");
    assertThat(dlq("show", "--limit", "0").code()).isEqualTo(64);
    assertThat(dlq("list", "--since", "yesterday").err())
        .contains("'yesterday' is not a time; write it as")
        .doesNotContain("Exception");
    assertThat(dlq("replay", "--dry-run", "--patience", "5s").code()).isZero();
  }

  @Test
  void hostileBytesAreShownByName() throws IOException {
    Path file = letters.resolve("dead-letters-20260101T120000000.jsonl");
    Files.writeString(
        file,
        letter(1, "decode", "bad", "x")
            .replace("\"text\":\"x\"", "\"text\":\"\\u001b]0;a\\u0007\\r\""));

    assertThat(dlq("show").out())
        .contains("value     <U+001B>]0;a<U+0007><U+000D>")
        .doesNotContain("\u001b", "\u0007");
    assertThat(dlq("show", "--json").out()).contains("\\u001b]0;a");
  }

  @Test
  void whatIsDiscardedIsPassedOver() {
    assertThat(dlq("discard").code()).isEqualTo(64);
    assertThat(dlq("discard", "--stage", "decode").out()).contains("2 put aside");
    assertThat(dlq("list").out()).contains("1  in all");
    assertThat(dlq("discard", id(3)).out()).contains("1 put aside");
    assertThat(dlq("list").out()).contains("no dead letters");
    assertThat(dlq("discard", "--stage", "decode").code()).isEqualTo(1);
  }

  @Test
  void nothingIsDiscardedWhenAnIdLeadsNowhere() {
    Invocation ran = dlq("discard", id(3), "20260101T120000000:7");
    assertThat(ran.code()).isEqualTo(64);
    assertThat(ran.err()).contains("there is no dead letter 20260101T120000000:7");
    assertThat(dlq("list").out()).contains("3  in all");
  }

  @Test
  void theFolderOfTheOptionWinsOverThatOfTheConfiguration() throws IOException {
    Path file = folder.resolve("modelvane.yaml");
    String other = "\ndead_letters: { type: file, folder: %s }\n".formatted(folder.resolve("o"));
    Files.writeString(file, Files.readString(file) + other);

    assertThat(dlq("list").out()).as("none there").contains("no dead letters");
    assertThat(dlq("list", "--folder", letters.toString()).out()).contains("3  in all");
  }
}
