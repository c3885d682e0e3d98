package io.modelvane.alerting;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modelvane.alerting.incident.IncidentChange;
import io.modelvane.spi.Series;
import io.modelvane.spi.Status;
import io.modelvane.spi.Tag;
import io.modelvane.testkit.TestClock;
import io.modelvane.testkit.TestContext;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Runs every folder of {@code cases}: {@code config.yaml} is the sink's configuration, {@code
 * input.jsonl} calls and progress in the order they come, {@code expected-statuses.jsonl} what has
 * to be recorded. Each case runs call by call, and with as many calls in one batch as there are
 * between two steps of progress: the statuses have to be the same.
 *
 * <p>An input line is a call ({@code time}, {@code arrived} if it is another, {@code measurement};
 * texts are tags, other values fields, and {@code text} holds fields that are texts), {@code
 * complete_until}, {@code clock}, {@code restart}, possibly with another file as configuration,
 * {@code close}, which ends the incident of a check by hand, or {@code again}, which delivers all
 * calls so far once more. An expected line names the parts that matter, its {@code step} what
 * became of the incident.
 */
class CasesTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String DAY = "2026-03-01T";

  @TestFactory
  Stream<DynamicTest> cases() throws IOException, URISyntaxException {
    List<DynamicTest> tests = new ArrayList<>();
    for (Path folder : folders()) {
      String name = folder.getFileName().toString();
      tests.add(DynamicTest.dynamicTest(name, () -> run(folder, 1)));
      tests.add(DynamicTest.dynamicTest(name + ", in large batches", () -> run(folder, 1000)));
    }
    return tests.stream();
  }

  static Path resource(String name) throws URISyntaxException {
    return Path.of(
        java.util.Objects.requireNonNull(CasesTest.class.getResource(name), name).toURI());
  }

  private static List<Path> folders() throws IOException, URISyntaxException {
    try (Stream<Path> folders = Files.list(resource("/cases"))) {
      return folders.filter(Files::isDirectory).sorted().toList();
    }
  }

  static List<JsonNode> lines(Path file) throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      if (!line.isBlank()) {
        lines.add(JSON.readTree(line));
      }
    }
    return lines;
  }

  private static void run(Path folder, int batchSize) throws Exception {
    List<ObjectNode> actual;
    try (MemoryStore store = new MemoryStore();
        Bench bench = new Bench(options(folder, "config.yaml"), store)) {
      List<Call> waiting = new ArrayList<>();
      List<Call> all = new ArrayList<>();
      for (JsonNode line : lines(folder.resolve("input.jsonl"))) {
        if (line.has("time")) {
          Call call = call(line, all.size());
          all.add(call);
          waiting.add(call);
          if (waiting.size() >= batchSize) {
            bench.take(waiting);
          }
        } else {
          bench.take(waiting);
          if (line.path("restart").isTextual()) {
            bench.options = options(folder, line.get("restart").asText());
          }
          step(bench, line, all);
        }
      }
      bench.take(waiting);
      actual = found(bench.aftermath);
    }
    compare(lines(folder.resolve("expected-statuses.jsonl")), actual);
  }

  private static AlertingOptions options(Path folder, String name) throws Exception {
    return Configured.options(resource("/pipelines.yaml"), folder.resolve(name));
  }

  private static void step(Bench bench, JsonNode line, List<Call> all) throws Exception {
    if (line.has("complete_until")) {
      bench.progress(
          line.path("pipeline").asText("alerts"), time(line.get("complete_until").asText()));
    } else if (line.has("clock")) {
      bench.context.clock().set(time(line.get("clock").asText()));
    } else if (line.has("restart")) {
      bench.restart();
    } else if (line.has("close")) {
      bench.close(line.get("close").asText());
    } else if (line.has("again")) {
      bench.take(new ArrayList<>(all));
    } else {
      throw new AssertionError("unknown line " + line);
    }
  }

  static Instant time(String text) {
    return Instant.parse(text.contains("T") ? text : DAY + text + "Z");
  }

  static Call call(JsonNode line, long offset) {
    List<Tag> tags = new ArrayList<>();
    Map<String, Object> fields = new LinkedHashMap<>();
    line.properties()
        .forEach(
            part -> {
              String key = part.getKey();
              JsonNode value = part.getValue();
              if (List.of("time", "arrived", "measurement").contains(key)) {
                return;
              } else if (key.equals("text")) {
                value.properties().forEach(t -> fields.put(t.getKey(), t.getValue().asText()));
              } else if (value.isTextual()) {
                tags.add(new Tag(key, value.asText()));
              } else {
                fields.put(key, value.isBoolean() ? (Object) value.asBoolean() : value.asDouble());
              }
            });
    Instant time = time(line.get("time").asText());
    Instant arrived = line.has("arrived") ? time(line.get("arrived").asText()) : time;
    String measurement = line.path("measurement").asText("calls");
    return new Call(offset, Series.of(measurement, tags), time, arrived, fields);
  }

  private static List<ObjectNode> found(RecordingAftermath aftermath) {
    Map<Status, IncidentChange> changes = new LinkedHashMap<>();
    aftermath.changes().forEach(change -> changes.put(change.status(), change));
    List<ObjectNode> found = new ArrayList<>();
    for (Status status : aftermath.statuses()) {
      ObjectNode node = JSON.createObjectNode();
      node.put("check", status.check());
      node.put("series", status.series().head());
      node.put("level", status.level().text());
      node.put("time", shown(status.sourceTime()));
      status.value().ifPresent(value -> node.put("value", value));
      node.put("message", status.message());
      status.details().forEach(node.putObject("details")::put);
      IncidentChange change = changes.get(status);
      if (change != null) {
        node.put("step", change.step().name().toLowerCase(Locale.ROOT));
        node.put("since", shown(change.incident().since()));
        node.put("worst_level", change.incident().worst().text());
        node.put("breaches", change.incident().breaches());
      } else {
        node.putNull("step");
      }
      found.add(node);
    }
    return found;
  }

  static String shown(Instant time) {
    String text = time.toString();
    return text.startsWith(DAY) ? text.substring(DAY.length(), text.length() - 1) : text;
  }

  private static void compare(List<JsonNode> expected, List<ObjectNode> actual) {
    String all = String.join("\n", actual.stream().map(Object::toString).toList());
    for (int i = 0; i < Math.min(expected.size(), actual.size()); i++) {
      ObjectNode part = narrowed(actual.get(i), expected.get(i));
      assertThat(part.toString())
          .as("status %d of\n%s", i + 1, all)
          .isEqualTo(withStep(expected.get(i)).toString());
    }
    assertThat(actual).as(all).hasSameSizeAs(expected);
  }

  /** A line without a step expects none. */
  private static ObjectNode withStep(JsonNode expected) {
    ObjectNode full = expected.deepCopy();
    if (!full.has("step")) {
      full.putNull("step");
    }
    if (full.path("value").isNumber()) {
      full.put("value", rounded(full.get("value").asDouble()));
    }
    return full;
  }

  private static double rounded(double value) {
    return new BigDecimal(value).round(new MathContext(9)).doubleValue();
  }

  private static ObjectNode narrowed(ObjectNode actual, JsonNode expected) {
    ObjectNode part = JSON.createObjectNode();
    withStep(expected)
        .fieldNames()
        .forEachRemaining(
            name -> {
              JsonNode value = actual.path(name);
              if (name.equals("details")) {
                ObjectNode details = part.putObject(name);
                expected
                    .get(name)
                    .fieldNames()
                    .forEachRemaining(key -> details.set(key, value.path(key)));
              } else if (name.equals("value") && value.isNumber()) {
                part.put(name, rounded(value.asDouble()));
              } else {
                part.set(name, value.isMissingNode() ? null : value);
              }
            });
    return part;
  }

  /** The sink without its thread. */
  private static final class Bench implements AutoCloseable {
    final RecordingAftermath aftermath = new RecordingAftermath();
    private AlertingOptions options;
    private final TestContext context;
    private Ledger ledger;

    Bench(AlertingOptions options, MemoryStore store) throws Exception {
      this.options = options;
      TestClock clock = TestClock.at(time("00:00:00"));
      this.context = TestContext.named("alerting").clock(clock).state(store).build();
      this.ledger = opened();
    }

    private Ledger opened() throws Exception {
      Ledger opened =
          new Ledger(
              AlertingSinkFactory.checks(options), options.recordEvery(), aftermath, context);
      opened.open();
      return opened;
    }

    void restart() throws Exception {
      ledger = opened();
    }

    void take(List<Call> calls) throws Exception {
      if (calls.isEmpty()) {
        return;
      }
      calls.forEach(call -> context.clock().reach(call.arrived()));
      ledger.take(Call.batch(calls));
      calls.clear();
      ledger.commit();
    }

    /** Ends the last incident of a check. */
    void close(String check) throws Exception {
      List<IncidentChange> own =
          aftermath.changes().stream().filter(c -> c.status().check().equals(check)).toList();
      String id = own.get(own.size() - 1).incident().id();
      assertThat(ledger.close(id, new IncidentChange.Closing("ann", "gone"))).isTrue();
      assertThat(ledger.close(id, new IncidentChange.Closing("bob", ""))).isFalse();
      ledger.commit();
    }

    void progress(String pipeline, Instant until) throws Exception {
      context.clock().reach(until);
      ledger.progress(pipeline, until);
      ledger.commit();
    }

    @Override
    public void close() {
      context.close();
    }
  }
}
