package io.modelvane.alerting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.modelvane.alerting.api.Document;
import io.modelvane.engine.state.StateDatabase;
import io.modelvane.spi.ApiRequest;
import io.modelvane.spi.ApiResponse;
import io.modelvane.spi.Delivery;
import io.modelvane.spi.IncidentStep;
import io.modelvane.spi.Level;
import io.modelvane.spi.Notification;
import io.modelvane.spi.Notifier;
import io.modelvane.spi.Outcome;
import io.modelvane.spi.Series;
import io.modelvane.spi.Sink;
import io.modelvane.spi.Tag;
import io.modelvane.testkit.TestClock;
import io.modelvane.testkit.TestContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The API of the sink as it runs; every answer has the shape that the document announces. */
class ApiTest {
  private static final Instant START = ReplayTest.START;
  private static final String SINK =
      """
      sinks:
        alerting:
          type: alerting
          commit_every: 1ms
          checks:
            high: { type: threshold, field: score, levels: { crit: "> 0.7", warn: "> 0.5" } }
            slow: { type: threshold, field: score, levels: { crit: "> 0.7" }, for: 5m }
            mean:
              type: threshold
              field: score
              window: 1m
              min_samples: 10
              levels: { crit: "> 0.7" }
          rules:
            page: { when: { to: crit }, checks: [high], notify: [oncall] }
      notifiers:
        oncall: { type: pagerduty, routing_key: k }
      """;

  @TempDir Path folder;
  private final List<Notification> arrived = new CopyOnWriteArrayList<>();
  private final ConcurrentLinkedQueue<Delivery> answers = new ConcurrentLinkedQueue<>();
  private final TestClock clock = TestClock.at(START);
  private StateDatabase database;
  private TestContext context;
  private Sink sink;
  private Document document;
  private long offset;

  @BeforeEach
  void start() throws Exception {
    document = Document.read();
    database = new StateDatabase(folder.resolve("state.db"));
    Notifier oncall =
        notification -> {
          arrived.add(notification);
          Delivery answer = answers.poll();
          return answer == null
              ? new Delivery(Outcome.DONE, OptionalInt.of(202), "thanks", Map.of())
              : answer;
        };
    context =
        TestContext.named("alerting")
            .clock(clock)
            .secret("hunter2hunter2")
            .state(database.store("sink_alerting"))
            .notifier("oncall", oncall)
            .build();
    startSink();
  }

  private void startSink() throws Exception {
    Path pipelines = Path.of(ApiTest.class.getResource("/pipelines.yaml").toURI());
    AlertingOptions options =
        Configured.options(pipelines, Files.writeString(folder.resolve("sink.yaml"), SINK));
    sink = new AlertingSinkFactory().create(options, context);
    sink.start();
  }

  @AfterEach
  void stop() throws Exception {
    sink.stop();
    context.close();
    database.close();
  }

  private void call(String model, double score) throws Exception {
    call(model, score, clock.instant());
  }

  private void call(String model, double score, Instant time) throws Exception {
    Series series = Series.of("calls", List.of(new Tag("model", model)));
    Call call = new Call(offset++, series, time, clock.instant(), Map.of("score", score));
    assertThat(
            sink.write(Call.batch(List.of(call))).toCompletableFuture().get(10, TimeUnit.SECONDS))
        .isEqualTo(Outcome.DONE);
  }

  private JsonNode ask(String method, String path, String... query) throws Exception {
    return ask(method, path, "", query);
  }

  private JsonNode post(String path, String body) throws Exception {
    return ask("POST", path, body, new String[0]);
  }

  private JsonNode ask(String method, String path, String json, String[] query) throws Exception {
    List<String> parts = new ArrayList<>(List.of(path.split("/", -1)));
    Map<String, String> parameters = new LinkedHashMap<>();
    for (String one : query) {
      parameters.put(one.substring(0, one.indexOf('=')), one.substring(one.indexOf('=') + 1));
    }
    String first = parts.remove(0);
    ApiResponse answer =
        context.ask(first, new ApiRequest(method, parts, parameters, json, "127.0.0.1"));
    JsonNode body = document.admits(method + " /" + template(path), answer);
    return answer.status() < 400 ? body : problem(answer);
  }

  private static JsonNode problem(ApiResponse answer) {
    return com.fasterxml.jackson.databind.node.JsonNodeFactory.instance
        .objectNode()
        .put("status", answer.status())
        .put("detail", answer.body());
  }

  private static String template(String path) {
    return path.replaceFirst("^(incidents|silences)/[^/]+", "$1/{id}")
        .replaceFirst("^endpoints/[^/]+", "endpoints/{name}");
  }

  private JsonNode get(String path, String... query) throws Exception {
    return ask("GET", path, query);
  }

  private static List<String> texts(JsonNode list, String member) {
    List<String> texts = new ArrayList<>();
    list.forEach(item -> texts.add(item.path(member).asText()));
    return texts;
  }

  @Test
  void anOpenIncidentIsListedWithWhatWasToldOfIt() throws Exception {
    call("a", 0.6);
    call("b", 0.91);
    await().until(() -> arrived.size() == 1);

    JsonNode items = get("incidents").path("items");
    assertThat(texts(items, "level")).containsExactly("crit", "warn");
    assertThat(items.get(0).path("series").path("tags").path("model").asText()).isEqualTo("b");
    assertThat(items.get(0).path("since").asText()).isEqualTo(START.toString());
    assertThat(items.get(0).path("status").path("details").path("threshold").asText())
        .isEqualTo("> 0.7");

    String id = items.get(0).path("id").asText();
    await()
        .untilAsserted(
            () ->
                assertThat(texts(get("incidents/" + id).path("notifications"), "state"))
                    .containsExactly("sent"));
    assertThat(get("incidents/" + id.substring(0, 8)).path("id").asText()).isEqualTo(id);
  }

  @Test
  void anIncidentThatIsOverIsListedAmongTheEndedOnes() throws Exception {
    call("a", 0.9);
    clock.advance(Duration.ofSeconds(1));
    call("a", 0.1);

    assertThat(get("incidents").path("items")).isEmpty();
    JsonNode ended = get("incidents", "state=ended").path("items");
    assertThat(texts(ended, "state")).containsExactly("ended");
    assertThat(ended.get(0).path("ended").asText()).isEqualTo(clock.instant().toString());
    call("a", 0.9);
    assertThat(texts(get("incidents", "state=any").path("items"), "state"))
        .containsExactly("open", "ended");
    String id = ended.get(0).path("id").asText();
    assertThat(ask("GET", "incidents/" + id.substring(0, 8)).path("detail").asText())
        .as("of several that begin so, none is taken")
        .contains("several incidents", id + " (ended ", "(crit since ");
    String shown = id.substring(0, 8) + id.substring(id.lastIndexOf('-'));
    assertThat(get("incidents/" + shown).path("id").asText()).isEqualTo(id);
  }

  @Test
  void listsAreFilteredAndComeInPages() throws Exception {
    for (int i = 0; i < 5; i++) {
      call("m" + i, i % 2 == 0 ? 0.9 : 0.6);
    }
    assertThat(get("incidents", "level=warn").path("items")).hasSize(2);
    assertThat(get("incidents", "check=mean").path("items")).isEmpty();
    assertThat(get("statuses", "level=crit", "check=high").path("items")).hasSize(3);

    List<String> seen = new ArrayList<>();
    JsonNode page = get("statuses", "limit=2");
    for (int pages = 1; ; pages++) {
      page.path("items").forEach(item -> seen.add(item.at("/series/tags/model").asText()));
      if (page.path("next").isMissingNode()) {
        assertThat(pages).isEqualTo(3);
        break;
      }
      page = get("statuses", "limit=2", "cursor=" + page.path("next").asText());
    }
    assertThat(seen).containsExactly("m4", "m3", "m2", "m1", "m0");
  }

  @ParameterizedTest
  @CsvSource({
    "incidents,limit=0,limit has to be",
    "incidents,limit=1001,limit has to be",
    "incidents,limit=x,limit has to be",
    "incidents,cursor=x,'''next'''",
    "incidents,level=bad,'there are [ok, info, warn, crit, unknown]'",
    "incidents,state=gone,'there are [open, ended, any]'",
    "incidents,colour=red,'there is no parameter ''colour'' here; there are [check, cursor'",
    "why-not,series=x,'''check'' is missing'",
    "why-not,check=none,'there are high, slow, mean'",
  })
  void whatIsAskedWronglyIsAnsweredWithWhatIsRight(String path, String query, String words)
      throws Exception {
    assertThat(get(path, query).path("detail").asText()).contains(words);
  }

  @Test
  void whatDoesNotExistIsNotFound() throws Exception {
    assertThat(get("incidents/0000").path("status").asInt()).isEqualTo(404);
    assertThat(ask("POST", "endpoints/nobody/test").path("detail").asText())
        .contains("no rule names an endpoint 'nobody'", "oncall");
    ApiResponse wrong =
        context.ask("incidents", new ApiRequest("DELETE", List.of("1"), Map.of(), "", "127.0.0.1"));
    assertThat(wrong.status()).isEqualTo(405);
    assertThat(wrong.headers()).containsEntry("Allow", "GET");
  }

  @Test
  void checksAndEndpointsSayHowTheyDo() throws Exception {
    call("a", 0.9);
    await().until(() -> arrived.size() == 1);
    JsonNode checks = get("checks").path("items");
    assertThat(texts(checks, "name")).containsExactly("high", "slow", "mean");
    assertThat(checks.get(0).at("/open_incidents/crit").asInt()).isEqualTo(1);
    await()
        .untilAsserted(
            () -> {
              JsonNode endpoint = get("endpoints").path("items").get(0);
              assertThat(endpoint.path("name").asText()).isEqualTo("oncall");
              assertThat(endpoint.path("state").asText()).isEqualTo("up");
              assertThat(endpoint.path("waiting").asInt()).isZero();
              assertThat(endpoint.path("last_sent").asText()).isEqualTo(START.toString());
            });
  }

  @Test
  void aTestOfAnEndpointSendsOneMarkedMessageAndTellsTheAnswer() throws Exception {
    JsonNode done = ask("POST", "endpoints/oncall/test");
    assertThat(done.path("delivered").asBoolean()).isTrue();
    assertThat(done.path("status_code").asInt()).isEqualTo(202);
    assertThat(done.path("answer").asText()).isEqualTo("thanks");
    assertThat(arrived).hasSize(1);
    assertThat(arrived.get(0).status().message()).contains("test", "Nothing is wrong");
    assertThat(arrived.get(0).incident().level()).isEqualTo(Level.INFO);
    assertThat(get("notifications").path("items")).isEmpty();

    answers.add(Delivery.failed(new Outcome.Misconfigured("no such key hunter2hunter2")));
    JsonNode refused = ask("POST", "endpoints/oncall/test");
    assertThat(refused.path("delivered").asBoolean()).isFalse();
    assertThat(refused.path("outcome").asText()).isEqualTo("misconfigured");
    assertThat(refused.path("reason").asText()).isEqualTo("no such key ****");
    assertThat(arrived.get(1).incident().key()).isEqualTo(arrived.get(0).incident().key());
  }

  @Test
  void theStoryOfAnIncidentIsToldInOrder() throws Exception {
    call("a", 0.6);
    clock.advance(Duration.ofSeconds(1));
    call("a", 0.9);
    await().until(() -> arrived.size() == 1);
    clock.advance(Duration.ofSeconds(1));
    call("a", 0.1);
    await().until(() -> arrived.size() == 2);

    String id = get("incidents", "state=any").path("items").get(0).path("id").asText();
    await()
        .untilAsserted(
            () ->
                assertThat(texts(get("incidents/" + id + "/why").path("story"), "kind"))
                    .containsExactly(
                        "level", "unwanted", "level", "told", "sent", "level", "told", "sent"));
    List<String> story = texts(get("incidents/" + id + "/why").path("story"), "text");
    assertThat(story.get(0)).contains("opened at warn", "score is 0.6", "threshold > 0.5");
    assertThat(story.get(2)).contains("went from warn to crit", "value 0.9", "threshold > 0.7");
    assertThat(story.get(3)).contains("told, endpoint oncall, rule page", "from warn to crit");
    assertThat(story.get(4)).contains("oncall was told", "1 attempt", "answered 202");
    assertThat(story.get(5)).contains("went from crit to ok");
    assertThat(story.get(6)).contains("told, endpoint oncall", "resolved");
  }

  @Test
  void anIncidentIsAcknowledgedAndSnoozedAndItsStorySaysByWhom() throws Exception {
    call("a", 0.9);
    await().until(() -> arrived.size() == 1);
    String id = get("incidents").path("items").get(0).path("id").asText();
    JsonNode said =
        post(
            "incidents/" + id.substring(0, 8) + "/acknowledge",
            "{\"author\":\"ann\",\"comment\":\"rolling back\"}");
    assertThat(said.at("/acknowledged/author").asText()).isEqualTo("ann");
    post("incidents/" + id + "/snooze", "{\"author\":\"ann\",\"for\":\"2h\"}");
    JsonNode listed = get("incidents").path("items").get(0);
    assertThat(listed.at("/acknowledged/comment").asText()).isEqualTo("rolling back");
    assertThat(listed.at("/snoozed/until").asText())
        .isEqualTo(START.plus(Duration.ofHours(2)).toString());
    assertThat(get("incidents/" + id + "/why").toString())
        .contains("acknowledged", "ann", "rolling back", "snoozed");
    post("incidents/" + id + "/wake", "{\"author\":\"ann\"}");
    assertThat(get("incidents/" + id).has("snoozed")).isFalse();
  }

  @Test
  void anAcknowledgementIsTakenBackAndTheStorySaysByWhom() throws Exception {
    call("a", 0.9);
    await().until(() -> arrived.size() == 1);
    String id = get("incidents").path("items").get(0).path("id").asText();
    post("incidents/" + id + "/acknowledge", "{\"author\":\"ann\"}");
    await().until(() -> arrived.size() == 2);
    JsonNode said =
        post(
            "incidents/" + id + "/unacknowledge",
            "{\"author\":\"bob\",\"comment\":\"wrong incident\"}");
    assertThat(said.has("acknowledged")).isFalse();
    await().until(() -> arrived.size() == 3);
    assertThat(arrived.get(2).step()).isEqualTo(IncidentStep.REPEATED);
    assertThat(get("incidents/" + id + "/why").toString())
        .contains("unacknowledged, by bob: wrong incident");
  }

  @Test
  void anIncidentIsClosedByHandAndTheNextBadCallOpensAnother() throws Exception {
    call("a", 0.9);
    await().until(() -> arrived.size() == 1);
    String id = get("incidents").path("items").get(0).path("id").asText();
    JsonNode over =
        post(
            "incidents/" + id.substring(0, 8) + "/close",
            "{\"author\":\"ann\",\"comment\":\"model gone\"}");
    assertThat(over.path("ended").asText()).isEqualTo(START.toString());
    assertThat(over.at("/status/message").asText()).isEqualTo("closed by ann: model gone");
    await().until(() -> arrived.size() == 2);
    assertThat(arrived.get(1).step()).isEqualTo(IncidentStep.RESOLVED);
    assertThat(get("incidents").path("items")).isEmpty();
    assertThat(get("incidents/" + id + "/why").toString())
        .contains("closed, by ann: model gone", "went from crit to ok: closed by ann: model gone");
    assertThat(post("incidents/" + id + "/close", "{\"author\":\"ann\"}").toString())
        .contains("the incident is over");

    clock.advance(Duration.ofSeconds(1));
    call("a", 0.95);
    await().until(() -> arrived.size() == 3);
    assertThat(arrived.get(2).step()).isEqualTo(IncidentStep.OPENED);
    assertThat(arrived.get(2).incident().id()).isNotEqualTo(id);
  }

  @Test
  void anIncidentThatWasClosedByHandStaysClosedAfterARestart() throws Exception {
    call("a", 0.9);
    await().until(() -> arrived.size() == 1);
    String id = get("incidents").path("items").get(0).path("id").asText();
    post("incidents/" + id + "/close", "{\"author\":\"ann\"}");
    await().until(() -> arrived.size() == 2);
    sink.stop();
    startSink();
    assertThat(get("incidents").path("items")).isEmpty();
    assertThat(get("why-not", "check=high").at("/series/0").toString())
        .contains("the incident of that was closed by hand");

    clock.advance(Duration.ofSeconds(1));
    call("a", 0.1);
    clock.advance(Duration.ofSeconds(1));
    call("a", 0.9);
    await().until(() -> arrived.size() == 3);
    assertThat(arrived.get(2).step()).isEqualTo(IncidentStep.OPENED);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "close|{}|say who you are",
        "acknowledge|{}|say who you are",
        "acknowledge|{\"author\":1}|'author' has to be a text",
        "acknowledge|{\"autor\":\"a\"}|there is no member 'autor'; there are [author, comment]",
        "acknowledge|[]|has to be a JSON object",
        "acknowledge|{|is not JSON",
        "snooze|{\"author\":\"a\"}|say either 'until' or 'for'",
        "snooze|{\"author\":\"a\",\"for\":\"soon\"}|'soon' is no duration; write 30m",
        "snooze|{\"author\":\"a\",\"until\":\"2020-01-01T00:00:00Z\"}|it would be over already",
        "snooze|{\"author\":\"a\",\"until\":\"noon\"}|'noon' of until is no time",
      })
  void whatIsSaidWronglyToAnIncidentIsRefused(String action, String body, String words)
      throws Exception {
    call("a", 0.9);
    String id = get("incidents").path("items").get(0).path("id").asText();
    JsonNode refused = post("incidents/" + id + "/" + action, body);
    assertThat(refused.path("status").asInt()).isEqualTo(400);
    assertThat(refused.path("detail").asText()).contains(words);
  }

  @Test
  void toAnIncidentThatIsOverThereIsNothingToSay() throws Exception {
    call("a", 0.9);
    String id = get("incidents").path("items").get(0).path("id").asText();
    call("a", 0.1);
    JsonNode refused = post("incidents/" + id + "/acknowledge", "{\"author\":\"ann\"}");
    assertThat(refused.path("status").asInt()).isEqualTo(409);
  }

  @Test
  void whyNotTellsOfAClockThatIsAhead() throws Exception {
    call("a", 0.1, clock.instant().plusSeconds(60));
    assertThat(facts("check=high")).doesNotContain("a clock is ahead");
    call("a", 0.1, clock.instant().plusSeconds(3600));

    assertThat(facts("check=high")).contains("1 calls since the start", "a clock is ahead");
    assertThat(context.recordedMeters().count("early_rows")).isEqualTo(1);
  }

  @Test
  void silencesAreListedInPages() throws Exception {
    for (int i = 0; i < 5; i++) {
      post(
          "silences",
          "{\"matchers\":{\"check\":\"c%d\"},\"for\":\"2h\",\"author\":\"ann\"}".formatted(i));
    }
    List<String> checks = new ArrayList<>();
    JsonNode page = get("silences", "limit=2", "state=active");
    while (page.has("next")) {
      assertThat(page.path("items")).hasSize(2);
      page.path("items").forEach(one -> checks.add(one.path("matchers").path("check").asText()));
      page = get("silences", "limit=2", "state=active", "cursor=" + page.path("next").asText());
    }
    page.path("items").forEach(one -> checks.add(one.path("matchers").path("check").asText()));
    assertThat(checks).containsExactly("= c4", "= c3", "= c2", "= c1", "= c0");
    assertThat(get("silences", "limit=0").path("status").asInt()).isEqualTo(400);
  }

  @Test
  void aSilenceKeepsNotificationsBackUntilItIsEnded() throws Exception {
    JsonNode made =
        post(
            "silences",
            "{\"matchers\":{\"check\":\"high\",\"model\":\"=~ a.*\"},\"for\":\"2h\","
                + "\"author\":\"ann\",\"comment\":\"deploy\"}");
    String id = made.path("id").asText();
    assertThat(made.path("state").asText()).isEqualTo("active");
    assertThat(made.path("open_incidents").asInt(-1)).isZero();
    assertThat(get("silences/" + id)).isEqualTo(made);
    call("a", 0.9);
    assertThat(get("silences/" + id).path("open_incidents").asInt()).isEqualTo(1);
    assertThat(facts("check=high")).contains("held", id);
    assertThat(arrived).isEmpty();

    clock.advance(Duration.ofMinutes(1));
    JsonNode ended = ask("DELETE", "silences/" + id, "author=bob");
    assertThat(ended.path("ended_by").asText()).isEqualTo("bob");
    await().until(() -> arrived.size() == 1);
    assertThat(get("silences", "state=active").path("items")).isEmpty();
    assertThat(texts(get("silences").path("items"), "state")).containsExactly("ended");
    assertThat(ask("DELETE", "silences/0", "author=bob").path("status").asInt()).isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "{\"for\":\"2h\",\"author\":\"a\"}|'matchers' has to be an object of texts",
        "{\"matchers\":{},\"for\":\"2h\",\"author\":\"a\"}|name at least one tag",
        "{\"matchers\":{\"check\":\"=~ (\"},\"for\":\"2h\",\"author\":\"a\"}|is not a regular",
        "{\"matchers\":{\"check\":1},\"for\":\"2h\",\"author\":\"a\"}|'matchers.check' has to be",
        "{\"matchers\":{\"check\":\"a\"},\"for\":\"2h\"}|the author is missing",
        "{\"matchers\":{\"check\":\"a\"},\"for\":\"2h\",\"ends\":\"2026-03-01T12:00:00Z\","
            + "\"author\":\"a\"}|say either 'ends' or 'for'",
      })
  void aSilenceThatMakesNoSenseIsRefused(String body, String words) throws Exception {
    assertThat(post("silences", body).path("detail").asText()).contains(words);
    assertThat(get("silences").path("items")).isEmpty();
  }

  @Test
  void whyNotSaysWhatIsPendingAndWhatThereIsTooLittleOf() throws Exception {
    call("a", 0.9);
    String slow = facts("check=slow", "series=model=a");
    assertThat(slow).contains("had not left ok", "crit is pending since " + START, "5m");
    String mean = facts("check=mean", "series=model=a");
    assertThat(mean).contains("has 1 values so far", "fewer than min_samples (10)");
  }

  @Test
  void whyNotSaysUpToWhenEverythingHasArrived() throws Exception {
    call("a", 0.1);
    assertThat(facts("check=slow")).contains("no pipeline has said yet");
    sink.completeUntil("alerts", START);
    call("a", 0.9);
    clock.advance(Duration.ofSeconds(1));
    call("a", 0.9);
    await()
        .untilAsserted(
            () ->
                assertThat(facts("check=slow"))
                    .contains("has arrived until " + START + " only, before the time in question"));
  }

  @Test
  void whyNotSaysWhoWasToldOrThatNobodyWas() throws Exception {
    call("a", 0.6);
    assertThat(facts("check=high", "series=calls,model=a"))
        .contains("it was at warn since " + START, "unwanted");
    clock.advance(Duration.ofSeconds(5));
    call("a", 0.9);
    await().until(() -> arrived.size() == 1);
    await().untilAsserted(() -> assertThat(facts("check=high")).contains("oncall: sent"));
    assertThat(facts("check=high", "at=" + START.plusSeconds(2)))
        .contains("it was at warn", "next changed at " + START.plusSeconds(5) + ", to crit");
  }

  @Test
  void whyNotOfASeriesThatWasNeverSeenSaysSo() throws Exception {
    call("a", 0.1);
    JsonNode answer = get("why-not", "check=high", "series=model=zzz");
    assertThat(answer.path("series")).isEmpty();
    assertThat(answer.path("none").asText()).contains("model=zzz", "do its calls arrive");
  }

  private String facts(String... query) throws Exception {
    JsonNode series = get("why-not", query).path("series");
    assertThat(series).hasSize(1);
    return Objects.toString(series.get(0).path("facts"));
  }
}
