package io.modelvane.influx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.modelvane.spi.ComponentException;
import io.modelvane.spi.Outcome;
import io.modelvane.spi.PointBatch;
import io.modelvane.testkit.TestContext;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real thing, version 1; runs where {@code influxd} is installed (Debian: influxdb). */
class InfluxOneTest {
  @TempDir static Path folder;
  private static final TestContext CONTEXT = Settings.context();
  private static InfluxOneServer server = new InfluxOneServer(Path.of("."));

  @BeforeAll
  static void startServer() throws Exception {
    Assumptions.assumeTrue(InfluxOneServer.isInstalled(), "influxd is not installed");
    server = new InfluxOneServer(folder);
    server.start();
    server.query("create database insights");
  }

  @AfterAll
  static void stopServer() throws Exception {
    server.close();
    CONTEXT.close();
  }

  private static InfluxSink sink(Gzip gzip) throws Exception {
    InfluxSink sink = new InfluxSink(Settings.of(server.url()).v1().gzip(gzip).make(), CONTEXT);
    sink.start();
    return sink;
  }

  private static long count(String measurement) throws Exception {
    JsonNode series =
        server.query("select count(*) from \"" + measurement + "\"").path("series").path(0);
    long most = 0;
    for (JsonNode value : series.path("values").path(0)) {
      most = Math.max(most, value.asLong() < 1_000_000 ? value.asLong() : 0);
    }
    return most;
  }

  @Test
  void typeConflictsCostOnlyTheirRowsAndRewritingChangesNothing() throws Exception {
    InfluxSink sink = sink(Gzip.ON);
    assertThat(Batches.write(sink, Batches.good(10))).isEqualTo(Outcome.DONE);
    PointBatch batch = Batches.of(3_000, i -> i >= 100 && i % 500 == 0);
    for (int round = 0; round < 3; round++) {
      Outcome outcome = Batches.write(sink, batch);
      assertThat(Batches.rejectedRows(outcome)).isEqualTo(Set.of(500, 1_000, 1_500, 2_000, 2_500));
      assertThat(outcome.reason()).contains("already exists as type float");
    }
    assertThat(count("calls")).isEqualTo(3_000 - 5);
    sink.stop();
  }

  @Test
  void hostileNamesAndTextsAreReadBackAsTheyAre() throws Exception {
    InfluxSink sink = sink(Gzip.OFF);
    for (int seed = 0; seed < 10; seed++) {
      HostileNames.Sample sample = new HostileNames(seed).sample(20);
      assertThat(Batches.write(sink, sample.batch())).as("seed " + seed).isEqualTo(Outcome.DONE);
      for (Line line : sample.expected()) {
        Line kept = keptByVersionOne(line);
        assertThat(readBack(kept)).as("seed " + seed).isEqualTo(kept);
      }
    }
    sink.stop();
  }

  /** Version 1 takes a backslash before a quote in a field's name for an escape. */
  private static Line keptByVersionOne(Line line) {
    Map<String, String> fields = new LinkedHashMap<>();
    line.fields().forEach((name, value) -> fields.put(name.replace("\\\"", "\""), value));
    return new Line(line.measurement(), line.tags(), fields, line.time());
  }

  private static Line readBack(Line wanted) throws Exception {
    JsonNode found =
        server.query(
            "select * from \"%s\" where time = %s group by *"
                .formatted(
                    wanted.measurement().replace("\\", "\\\\").replace("\"", "\\\""),
                    wanted.time()));
    for (JsonNode series : found.path("series")) {
      Map<String, String> tags = new LinkedHashMap<>();
      series
          .path("tags")
          .properties()
          .forEach(
              tag -> {
                if (!tag.getValue().asText().isEmpty()) {
                  tags.put(tag.getKey(), tag.getValue().asText());
                }
              });
      if (tags.equals(wanted.tags())) {
        return new Line(series.path("name").asText(), tags, fields(series, wanted), wanted.time());
      }
    }
    throw new AssertionError("not found: " + wanted + " in " + found);
  }

  private static Map<String, String> fields(JsonNode series, Line wanted) {
    Map<String, String> fields = new LinkedHashMap<>();
    for (int i = 1; i < series.path("columns").size(); i++) {
      String name = series.path("columns").path(i).asText();
      JsonNode value = series.path("values").path(0).path(i);
      String expected = wanted.fields().getOrDefault(name, "");
      if (value.isTextual()) {
        fields.put(name, '"' + value.asText() + '"');
      } else if (value.isNumber()) {
        boolean same =
            expected.endsWith("i")
                ? (value.asText() + "i").equals(expected)
                : value.asDouble() == Double.parseDouble(expected);
        fields.put(name, same ? expected : value.asText());
      }
    }
    return fields;
  }

  @Test
  void whatWasAnsweredSurvivesAKilledServer() throws Exception {
    InfluxSink sink = sink(Gzip.OFF);
    PointBatch batch = Batches.good(4_000);
    Outcome stored = Batches.write(sink, batch);
    assertThat(stored.kind()).isIn(Outcome.Kind.DONE, Outcome.Kind.REJECTED);
    long before = count("calls");
    server.kill();
    assertThat(Batches.write(sink, batch).kind()).isEqualTo(Outcome.Kind.RETRYABLE);

    server.start();

    assertThat(count("calls")).isEqualTo(before);
    assertThat(Batches.write(sink, batch).kind()).isEqualTo(stored.kind());
    assertThat(count("calls")).isEqualTo(before);
    sink.stop();
  }

  @Test
  void missingDatabaseIsNamedAtStart() {
    InfluxSink sink =
        new InfluxSink(
            new InfluxOptions(
                server.url(),
                Api.V1,
                java.util.Optional.empty(),
                "nowhere",
                java.util.Optional.empty(),
                java.util.Optional.empty(),
                java.util.Optional.empty(),
                java.util.Optional.empty(),
                false,
                java.time.Duration.ZERO,
                Gzip.OFF,
                1,
                100,
                io.modelvane.spi.DataSize.ofMebibytes(1),
                java.time.Duration.ZERO,
                java.time.Duration.ofSeconds(10),
                java.util.Optional.empty(),
                Map.of()),
            CONTEXT);
    ComponentException failure = catchThrowableOfType(ComponentException.class, sink::start);
    assertThat(failure).hasMessageContaining("database not found: \"nowhere\"");
  }
}
