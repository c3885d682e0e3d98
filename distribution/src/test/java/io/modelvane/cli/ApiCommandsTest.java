package io.modelvane.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelvane.built.SmallPlugin;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the commands ask of a running Modelvane, and what they say of its answers. */
class ApiCommandsTest {
  private static final String TOKEN = "sesame-open-0815-4711";
  private static final String INCIDENT =
      """
      {"id":"0123456789-abcd-1","check":"high","state":"open","level":"crit",
       "since":"2026-03-01T12:00:00Z","series":{"measurement":"calls","tags":{"model":"a"}},
       "status":{"message":"score is 0.9"}%s}
      """;

  @TempDir Path folder;
  private ScriptedApi api;

  @BeforeEach
  void start() throws IOException {
    api = new ScriptedApi();
  }

  @AfterEach
  void stop() {
    api.close();
  }

  private Invocation run(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--url", api.url()));
    return Invocation.of(all.toArray(String[]::new));
  }

  private Path configuration(int port) throws IOException {
    return Files.writeString(
        folder.resolve("modelvane.yaml"),
        """
        http: { port: %d, token: %s }
        sources: { calls: { type: steady } }
        sinks: { memory: { type: memory } }
        pipelines: { p: { source: calls, decode: algorithmia-insights, sinks: [memory] } }
        """
            .formatted(port, TOKEN));
  }

  @Test
  void incidentsAreShownAsATable() {
    api.answering(
        200,
        "{\"items\":["
            + INCIDENT.formatted("")
            + ","
            + INCIDENT.formatted(",\"acknowledged\":{}")
            + "]}");
    Invocation shown = run("incidents", "--all", "--level", "crit");

    assertThat(shown.code()).isZero();
    assertThat(shown.out().lines())
        .containsExactly(
            "ID          LEVEL         SINCE                 CHECK  SERIES         WHAT",
            "01234567-1  crit          2026-03-01T12:00:00Z  high   calls,model=a  score is 0.9",
            "01234567-1  crit (acked)  2026-03-01T12:00:00Z  high   calls,model=a  score is 0.9");
    assertThat(api.asked()).containsExactly("GET /api/v1/incidents?state=any&limit=100&level=crit");
  }

  @Test
  void thatThereIsNothingIsSaid() {
    api.answering(200, "{\"items\":[]}");
    assertThat(run("incidents").out().strip()).isEqualTo("no incidents");
    assertThat(run("silence", "list").out().strip()).isEqualTo("no silences");
  }

  @Test
  void jsonIsWhatTheApiAnswers() {
    api.answering(200, "{\"items\":[]}");
    assertThat(run("incidents", "--json").out()).contains("\"items\" : [ ]");
  }

  @Test
  void anAnswerCannotMoveTheCursor() {
    api.answering(
        200, "{\"items\":[" + INCIDENT.formatted("").replace("0.9", "\\u001b[2J0.9") + "]}");
    assertThat(run("incidents").out()).doesNotContain("\u001b");
  }

  @Test
  void acknowledgingSaysWhoAndWhat() {
    api.answering(200, INCIDENT.formatted(",\"acknowledged\":{\"author\":\"ann\"}"));
    Invocation said = run("ack", "0123", "--author", "ann", "--comment", "rolling back");

    assertThat(said.out().strip()).isEqualTo("01234567-1 acknowledged by ann: high, score is 0.9");
    assertThat(api.asked().get(0))
        .isEqualTo(
            "POST /api/v1/incidents/0123/acknowledge"
                + " {\"author\":\"ann\",\"comment\":\"rolling back\"}");
  }

  @Test
  void anAcknowledgementIsTakenBack() {
    api.answering(200, INCIDENT.formatted(""));
    Invocation said = run("ack", "0123", "--undo", "--author", "ann");

    assertThat(said.out().strip())
        .isEqualTo("01234567-1 is not acknowledged any more: high, score is 0.9");
    assertThat(api.asked().get(0))
        .isEqualTo(
            "POST /api/v1/incidents/0123/unacknowledge {\"author\":\"ann\",\"comment\":\"\"}");
  }

  @Test
  void anIncidentIsClosedByHand() {
    api.answering(200, INCIDENT.formatted("").replace("score is 0.9", "closed by ann: model gone"));
    Invocation said = run("close", "0123", "--author", "ann", "--comment", "model gone");

    assertThat(said.out().strip()).isEqualTo("01234567-1 closed by ann: model gone: high");
    assertThat(api.asked().get(0))
        .isEqualTo(
            "POST /api/v1/incidents/0123/close {\"author\":\"ann\",\"comment\":\"model gone\"}");
  }

  @Test
  void aSnoozeHasALengthOrAnEnd() {
    api.answering(200, INCIDENT.formatted(",\"snoozed\":{\"until\":\"2026-03-01T13:00:00Z\"}"));
    assertThat(run("snooze", "0123", "--for", "1h", "--author", "ann").out().strip())
        .isEqualTo("01234567-1 is snoozed until 2026-03-01T13:00:00Z");
    assertThat(run("snooze", "0123", "--end", "--author", "ann").out().strip())
        .isEqualTo("01234567-1 is not snoozed any more");
    assertThat(run("snooze", "0123").code()).isEqualTo(ExitCode.USAGE);
    assertThat(api.asked())
        .containsExactly(
            "POST /api/v1/incidents/0123/snooze"
                + " {\"author\":\"ann\",\"comment\":\"\",\"for\":\"1h\"}",
            "POST /api/v1/incidents/0123/wake {\"author\":\"ann\",\"comment\":\"\"}");
  }

  @Test
  void silencesAreMadeListedAndEnded() {
    api.answering(
        201,
        "{\"id\":\"5\",\"state\":\"active\",\"ends\":\"2026-03-01T14:00:00Z\",\"open_incidents\":3}");
    Invocation made =
        run("silence", "add", "check=high", "model==~ a.*", "--for", "2h", "--author", "ann");
    assertThat(made.out().strip())
        .isEqualTo(
            "silence 5, active until 2026-03-01T14:00:00Z; it is about 3 of the open incidents");
    api.answering(
        200,
        "{\"items\":[{\"id\":\"5\",\"state\":\"ended\"},{\"id\":\"6\",\"state\":\"active\","
            + "\"starts\":\"S\",\"ends\":\"E\",\"matchers\":{\"check\":\"= high\"},"
            + "\"author\":\"ann\",\"comment\":\"deploy\"}]}");
    assertThat(run("silence", "list").out().lines())
        .containsExactly(
            "ID  STATE   FROM  UNTIL  ABOUT         BY   WHY",
            "6   active  S     E      check = high  ann  deploy");
    api.answering(200, "{\"id\":\"5\"}");
    assertThat(run("silence", "end", "5", "--author", "ann").out().strip())
        .isEqualTo("silence 5 has ended");
    assertThat(api.asked().get(0))
        .isEqualTo(
            "POST /api/v1/silences {\"matchers\":{\"check\":\"high\",\"model\":\"=~ a.*\"},"
                + "\"author\":\"ann\",\"comment\":\"\",\"for\":\"2h\"}");
    assertThat(api.asked().get(2)).isEqualTo("DELETE /api/v1/silences/5?author=ann");
  }

  @Test
  void whyTellsTheStoryLineByLine() {
    api.answering(
        200,
        "{\"incident\":"
            + INCIDENT.formatted("")
            + ",\"story\":[{\"time\":\"T\",\"kind\":\"level\",\"text\":\"opened at crit\"}]}");
    assertThat(run("why", "0123").out().lines())
        .containsExactly(
            "0123456789-abcd-1: check high on calls,model=a, at crit",
            "TIME  WHAT",
            "T     opened at crit");
  }

  @Test
  void whyNotListsWhatIsKnownOfEachSeries() {
    api.answering(
        200,
        "{\"check\":\"high\",\"at\":\"T\",\"series\":[{\"level\":\"ok\",\"series\":"
            + "{\"measurement\":\"calls\",\"tags\":{\"model\":\"a\"}},\"facts\":[\"one\",\"two\"]}]}");
    Invocation asked =
        run("why-not", "--check", "high", "--series", "model=a b", "--at", "2026-03-01T12:00:00Z");
    assertThat(asked.out().lines())
        .containsExactly("check high on calls,model=a at T: ok", "  - one", "  - two");
    assertThat(api.asked().get(0)).contains("series=model%3Da%20b", "at=2026-03-01T12%3A00%3A00Z");
  }

  @ParameterizedTest
  @CsvSource({
    "done,0,oncall has the test message; it answered 202: thanks",
    "retryable,75,oncall does not have it: no route",
    "misconfigured,78,oncall does not have it: no route",
    "rejected,78,oncall does not have it: no route",
    "fatal,70,oncall does not have it: no route",
  })
  void aTestOfAnEndpointSaysWhatItAnswered(String outcome, int code, String words) {
    api.answering(
        200,
        "{\"outcome\":\"%s\",\"reason\":\"no route\",\"answer\":\"thanks\",\"status_code\":202}"
            .formatted(outcome));
    Invocation tested = run("notify-test", "oncall");
    assertThat(tested.out()).startsWith(words);
    assertThat(tested.code()).isEqualTo(code);
    assertThat(api.asked()).containsExactly("POST /api/v1/endpoints/oncall/test {}");
  }

  @ParameterizedTest
  @CsvSource({"400,64", "401,78", "403,78", "404,64", "409,64", "500,70", "503,75"})
  void whatTheApiRefusesIsSaidInItsWords(int status, int code) {
    api.answering(status, "{\"status\":%d,\"detail\":\"because of this\"}".formatted(status));
    Invocation refused = run("ack", "0123");
    assertThat(refused.code()).isEqualTo(code);
    assertThat(refused.err()).startsWith("modelvane: because of this");
    assertThat(refused.err().contains("--token-file")).isEqualTo(status == 401);
    assertThat(refused.out()).isEmpty();
  }

  @Test
  void somethingElseThatAnswersIsNotTakenForModelvane() {
    api.answering(200, "<html>");
    Invocation refused = run("incidents");
    assertThat(refused.code()).isEqualTo(ExitCode.CONFIGURATION);
    assertThat(refused.err()).contains("is no Modelvane of this version (HTTP 200)");
  }

  @Test
  void whenNothingListensItAsksWhetherModelvaneRuns() throws IOException {
    int free;
    try (ServerSocket socket = new ServerSocket(0)) {
      free = socket.getLocalPort();
    }
    Invocation refused = Invocation.of("incidents", "--url", "http://127.0.0.1:" + free);
    assertThat(refused.code()).isEqualTo(ExitCode.LATER);
    assertThat(refused.err()).contains("nothing answers at", "does modelvane run there?", "--url");
  }

  @Test
  void theTokenComesFromAFileOrFromTheConfiguration() throws IOException {
    api.answering(200, "{\"items\":[]}");
    Path file = Files.writeString(folder.resolve("token"), TOKEN + "\n");
    assertThat(run("incidents", "--token-file", file.toString()).code()).isZero();
    String plugins = SmallPlugin.folderWithOne(folder.resolve("plugins")).toString();
    Invocation configured =
        Invocation.of(
            "incidents", "--plugins", plugins, "-c", configuration(api.port()).toString());
    assertThat(configured.err()).isEmpty();
    assertThat(api.asked()).hasSize(2).allMatch(asked -> asked.endsWith(" Bearer " + TOKEN));

    Invocation noPort =
        Invocation.of("incidents", "--plugins", plugins, "-c", configuration(0).toString());
    assertThat(noPort.code()).isEqualTo(ExitCode.USAGE);
    assertThat(noPort.err()).contains("'http.port' is 0", "--url").doesNotContain(TOKEN);
  }

  @Test
  void variablesOfOtherPartsNeedNotBeSetInTheShell() throws IOException {
    Path file = configuration(api.port());
    Files.writeString(
        file,
        Files.readString(file)
            .replace(TOKEN, "'${env:NOT_SET_HERE}'")
            .replace("type: memory", "type: influxdb, token: '${env:NOT_SET_EITHER}'"));
    api.answering(200, "{\"items\":[]}");
    Invocation listed = Invocation.of("incidents", "-c", file.toString());
    assertThat(listed.err()).isEmpty();
    assertThat(listed.code()).isZero();

    api.answering(401, "{\"detail\":\"show the token\"}");
    assertThat(Invocation.of("ack", "0123", "-c", file.toString()).err())
        .contains("show the token", "--token-file", "NOT_SET_HERE is not set")
        .doesNotContain("NOT_SET_EITHER");
  }

  @Test
  void aNameThatThereIsNotIsWrongUsage() {
    api.answering(200, "{\"items\":[]}");
    Invocation none = run("incidents", "--check", "hihg");
    assertThat(none.code()).isEqualTo(ExitCode.USAGE);
    assertThat(none.err()).contains("there is no check 'hihg'");
    api.answering(200, "{\"none\":\"no such series\",\"series\":[]}");
    assertThat(run("why-not", "--check", "high", "--series", "x").code()).isEqualTo(ExitCode.USAGE);
    Invocation twice = run("silence", "add", "check=a", "check=b", "--for", "2h");
    assertThat(twice.code()).isEqualTo(ExitCode.USAGE);
    assertThat(twice.err()).contains("'check' is given twice");
  }

  @Test
  void anAddressThatIsNoneIsWrongUsage() {
    assertThat(Invocation.of("incidents", "--url", "127.0.0.1:9464").err())
        .contains("--url has")
        .doesNotContain("Exception");
    assertThat(Invocation.of("incidents", "--url", "localhost:9464").err()).contains("--url has");
    assertThat(Invocation.of("silence").code()).isEqualTo(ExitCode.USAGE);
  }
}
