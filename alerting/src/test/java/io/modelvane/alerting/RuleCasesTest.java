package io.modelvane.alerting;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modelvane.alerting.incident.IncidentChange;
import io.modelvane.alerting.outbox.DecisionRecord;
import io.modelvane.alerting.outbox.Post;
import io.modelvane.alerting.response.Response.Remark;
import io.modelvane.alerting.silence.Matchers;
import io.modelvane.alerting.silence.Silence;
import io.modelvane.spi.Notification;
import io.modelvane.spi.Outcome;
import io.modelvane.spi.Status;
import io.modelvane.testkit.TestClock;
import io.modelvane.testkit.TestContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Runs every folder of {@code rule-cases}: {@code config.yaml} is the sink's configuration, {@code
 * input.jsonl} what happens, {@code expected-notifications.jsonl} what has to arrive, in order.
 * Each case runs once as it is, and once for every line with a restart after it: the notifications
 * have to be the same.
 *
 * <p>An input line is a call (as in {@code cases}), {@code clock}, up to which time passes, {@code
 * silence} with {@code until} and perhaps {@code from}, {@code end_silence} (the number of the
 * silence, from 0), {@code acknowledge}, {@code unacknowledge}, {@code snooze} with {@code until}
 * or {@code wake} (the model whose incident it is), {@code fails} (an endpoint) with {@code times},
 * or {@code restart} (the file that is the configuration from then on). An expected line names the
 * parts that matter; in a file {@code expected-decisions.jsonl} too, which is about one model's
 * incident, and in {@code expected-statuses.jsonl}, which is all that is recorded without a
 * restart: after one, a status that lasts may be recorded once more.
 */
class RuleCasesTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TestFactory
  Stream<DynamicTest> cases() throws Exception {
    List<DynamicTest> tests = new ArrayList<>();
    for (Path folder : folders()) {
      String name = folder.getFileName().toString();
      tests.add(DynamicTest.dynamicTest(name, () -> run(folder, options(folder), -1)));
      tests.add(DynamicTest.dynamicTest(name + ", restarted anywhere", () -> restarted(folder)));
    }
    return tests.stream();
  }

  private static List<Path> folders() throws Exception {
    try (Stream<Path> folders = Files.list(CasesTest.resource("/rule-cases"))) {
      return folders.filter(Files::isDirectory).sorted().toList();
    }
  }

  private static void restarted(Path folder) throws Exception {
    int lines = CasesTest.lines(folder.resolve("input.jsonl")).size();
    AlertingOptions options = options(folder);
    for (int line : IntStream.range(0, lines).toArray()) {
      run(folder, options, line);
    }
  }

  private static AlertingOptions options(Path folder) throws Exception {
    return options(folder, "config.yaml");
  }

  private static AlertingOptions options(Path folder, String name) throws Exception {
    return Configured.options(CasesTest.resource("/rule-pipelines.yaml"), folder.resolve(name));
  }

  private static void run(Path folder, AlertingOptions options, int restartAfter) throws Exception {
    try (MemoryStore store = new MemoryStore();
        Scene scene = new Scene(folder, options, store)) {
      List<JsonNode> lines = CasesTest.lines(folder.resolve("input.jsonl"));
      for (int i = 0; i < lines.size(); i++) {
        scene.play(lines.get(i), i);
        if (i == restartAfter) {
          scene.restart();
        }
      }
      compare(
          CasesTest.lines(folder.resolve("expected-notifications.jsonl")),
          scene.notifications(),
          restartAfter);
      Path decisions = folder.resolve("expected-decisions.jsonl");
      if (Files.exists(decisions)) {
        compare(CasesTest.lines(decisions), scene.decisions(), restartAfter);
      }
      Path statuses = folder.resolve("expected-statuses.jsonl");
      if (restartAfter < 0 && Files.exists(statuses)) {
        compare(CasesTest.lines(statuses), scene.statuses(), restartAfter);
      }
    }
  }

  private static void compare(List<JsonNode> expected, List<ObjectNode> actual, int restartAfter) {
    String all =
        "restarted after line %d:\n%s"
            .formatted(
                restartAfter + 1,
                String.join("\n", actual.stream().map(Object::toString).toList()));
    for (int i = 0; i < Math.min(expected.size(), actual.size()); i++) {
      ObjectNode part = JSON.createObjectNode();
      ObjectNode whole = actual.get(i);
      expected.get(i).fieldNames().forEachRemaining(key -> part.set(key, whole.get(key)));
      assertThat(part.toString())
          .as("line %d of %s", i + 1, all)
          .isEqualTo(expected.get(i).toString());
    }
    assertThat(actual).as(all).hasSameSizeAs(expected);
  }

  /** The sink without its threads. */
  private static final class Scene implements AutoCloseable, Aftermath {
    private final Path folder;
    private AlertingOptions options;
    private final TestContext context;
    private final Post post;
    private final Map<String, String> incidents = new LinkedHashMap<>();
    private final List<String> silences = new ArrayList<>();
    private final List<ObjectNode> statuses = new ArrayList<>();
    private Ledger ledger;

    Scene(Path folder, AlertingOptions options, MemoryStore store) throws Exception {
      this.folder = folder;
      this.options = options;
      TestClock clock = TestClock.at(CasesTest.time("00:00:00"));
      this.context = TestContext.named("alerting").clock(clock).state(store).build();
      this.post = new Post(context, options.policy());
      post.start();
      this.ledger = opened();
    }

    private Ledger opened() throws Exception {
      Ledger opened =
          new Ledger(AlertingSinkFactory.checks(options), options.recordEvery(), this, context);
      opened.open();
      return opened;
    }

    void restart() throws Exception {
      post.restart();
      ledger = opened();
      post.settle();
    }

    void play(JsonNode line, int number) throws Exception {
      if (line.has("time")) {
        Call call = CasesTest.call(line, number);
        post.passUntil(call.arrived());
        ledger.take(Call.batch(List.of(call)));
        ledger.commit();
      } else if (line.has("clock")) {
        Instant time = CasesTest.time(line.get("clock").asText());
        post.passUntil(time);
        ledger.progress("alerts", time);
        ledger.commit();
      } else if (line.has("restart")) {
        options = options(folder, line.get("restart").asText());
        post.restart(options.policy());
        ledger = opened();
      } else if (line.has("fails")) {
        post.fail(
            line.get("fails").asText(),
            new Outcome.Retryable("connection refused"),
            line.path("times").asInt(1));
      } else {
        intervene(line);
      }
      post.settle();
    }

    private void intervene(JsonNode line) throws Exception {
      Remark ada = new Remark("ada", line.path("comment").asText(""));
      if (line.has("silence")) {
        Map<String, String> matchers = new LinkedHashMap<>();
        line.get("silence")
            .properties()
            .forEach(m -> matchers.put(m.getKey(), m.getValue().asText()));
        Instant from =
            line.has("from")
                ? CasesTest.time(line.get("from").asText())
                : context.clock().instant();
        Silence.Draft draft =
            new Silence.Draft(
                Matchers.parse(matchers), from, until(line), ada.author(), ada.comment());
        silences.add(post.silences().create(draft).id());
      } else if (line.has("end_silence")) {
        assertThat(post.silences().end(silences.get(line.get("end_silence").asInt()), "bob"))
            .isPresent();
      } else if (line.has("acknowledge")) {
        assertThat(post.acknowledgements().acknowledge(incident(line, "acknowledge"), ada))
            .isPresent();
      } else if (line.has("unacknowledge")) {
        assertThat(post.acknowledgements().unacknowledge(incident(line, "unacknowledge"), ada))
            .isPresent();
      } else if (line.has("snooze")) {
        assertThat(post.acknowledgements().snooze(incident(line, "snooze"), until(line), ada))
            .isPresent();
      } else if (line.has("wake")) {
        assertThat(post.acknowledgements().wake(incident(line, "wake"), ada)).isPresent();
      } else {
        throw new AssertionError("unknown line " + line);
      }
    }

    private static Instant until(JsonNode line) {
      return CasesTest.time(line.get("until").asText());
    }

    private String incident(JsonNode line, String key) {
      return incidents.getOrDefault(line.get(key).asText(), "none");
    }

    @Override
    public void start() {}

    @Override
    public void apply(
        Connection connection, List<IncidentChange> changes, List<Status> toRecord, Instant now)
        throws SQLException {
      post.apply(connection, changes, toRecord, now);
      toRecord.forEach(status -> statuses.add(shown(status)));
      for (IncidentChange change : changes) {
        String model = String.valueOf(change.incident().series().tag("model"));
        incidents.put(model, change.incident().id());
      }
    }

    @Override
    public void committed() {}

    @Override
    public void stop() {}

    List<ObjectNode> notifications() {
      return post.sent().stream().map(Scene::shown).toList();
    }

    List<ObjectNode> statuses() {
      return statuses;
    }

    private static ObjectNode shown(Status status) {
      ObjectNode node = JSON.createObjectNode();
      node.put("at", CasesTest.shown(status.sourceTime()));
      node.put("check", status.check());
      node.put("model", status.series().tag("model"));
      node.put("level", status.level().text());
      node.put("message", status.message());
      node.put("revision", status.details().getOrDefault("revision", ""));
      return node;
    }

    private static ObjectNode shown(Post.Sent sent) {
      Notification notification = sent.notification();
      ObjectNode node = JSON.createObjectNode();
      node.put("at", CasesTest.shown(sent.at()));
      node.put("to", sent.endpoint());
      node.put("step", notification.step().name().toLowerCase(Locale.ROOT));
      node.put("level", notification.incident().level().text());
      node.put("from", notification.previous().text());
      node.put("rule", notification.rule());
      node.put("check", notification.incident().check());
      node.put("model", notification.incident().series().tag("model"));
      node.put("message", notification.status().message());
      node.put("by", notification.status().details().getOrDefault("acknowledged_by", ""));
      node.put("members", notification.members().size());
      node.put("repeat", notification.possibleRepeat());
      return node;
    }

    List<ObjectNode> decisions() throws Exception {
      List<ObjectNode> shown = new ArrayList<>();
      for (String incident : incidents.values()) {
        for (DecisionRecord decision : post.decisions(incident)) {
          shown.add(shown(decision));
        }
      }
      return shown;
    }

    private ObjectNode shown(DecisionRecord decision) {
      ObjectNode node = JSON.createObjectNode();
      node.put("at", CasesTest.shown(decision.at()));
      node.put("decision", decision.kind().text());
      node.put("to", decision.endpoint());
      node.put("rule", decision.rule());
      int silence = silences.indexOf(decision.source());
      node.put("source", silence < 0 ? decision.source() : "silence " + silence);
      node.put("reason", decision.reason());
      node.put(
          "until", decision.until().equals(Instant.MAX) ? "" : CasesTest.shown(decision.until()));
      return node;
    }

    @Override
    public void close() {
      context.close();
    }
  }
}
