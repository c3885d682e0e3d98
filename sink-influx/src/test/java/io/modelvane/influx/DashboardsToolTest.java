package io.modelvane.influx;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.Test;

class DashboardsToolTest {
  private final FakeDashboards api = new FakeDashboards();
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private static ToolProvider tool() {
    return ServiceLoader.load(ToolProvider.class).stream()
        .map(ServiceLoader.Provider::get)
        .filter(t -> t.name().equals("dashboards"))
        .findFirst()
        .orElseThrow();
  }

  private int run(String... arguments) {
    return tool().run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
  }

  private int install(ScriptedServer server) {
    return run(
        "install",
        "--url=" + server.url(),
        "--api=V2",
        "--org=acme",
        "--bucket=calls",
        "--token=s3cret-token",
        "--max_in_flight=4");
  }

  @Test
  void installationMakesBucketVariablesAndDashboard() {
    try (ScriptedServer server = ScriptedServer.of(api::answer)) {
      assertThat(install(server)).as(err.toString()).isZero();
    }
    assertThat(api.buckets.values()).extracting(b -> b.path("name").asText()).contains("calls");
    assertThat(api.variables.values())
        .extracting(v -> v.path("name").asText())
        .containsExactly(
            "modelvane_bucket",
            "modelvane_owner",
            "modelvane_algorithm",
            "modelvane_version",
            "modelvane_metric");
    JsonNode bucket = api.variables.values().iterator().next().path("arguments");
    assertThat(bucket.path("type").asText()).isEqualTo("constant");
    assertThat(bucket.path("values").path(0).asText()).isEqualTo("calls");
    assertThat(types())
        .containsExactly(
            "line-plus-single-stat",
            "single-stat",
            "single-stat",
            "xy",
            "xy",
            "xy",
            "table",
            "table");
    assertThat(out.toString()).contains("made dashboard Modelvane models", "installed");
  }

  private List<String> types() {
    List<String> types = new ArrayList<>();
    JsonNode dashboard = api.dashboards.values().iterator().next();
    for (JsonNode cell : dashboard.path("cells")) {
      JsonNode properties = api.view(cell.path("id").asText()).path("properties");
      assertThat(properties.path("queries").path(0).path("text").asText()).startsWith("from(");
      types.add(properties.path("type").asText());
    }
    return types;
  }

  @Test
  void installingAgainWritesNothing() {
    try (ScriptedServer server = ScriptedServer.of(api::answer)) {
      install(server);
      List<String> first = api.writes();
      assertThat(install(server)).as(err.toString()).isZero();
      assertThat(api.writes()).isEqualTo(first).hasSize(1 + 5 + 1 + 8 + 8);
      assertThat(out.toString()).endsWith("nothing to change\n");
    }
  }

  @Test
  void dashboardIsFoundAmongManyAndNotMadeTwice() {
    for (int i = 0; i < 150; i++) {
      api.dashboards.put("f" + i, api.named("f" + i, "Other " + i));
    }
    try (ScriptedServer server = ScriptedServer.of(api::answer)) {
      install(server);
      install(server);
    }
    assertThat(api.dashboards).hasSize(151);
  }

  @Test
  void whatWasChangedIsPutRightAndWhatWasAddedStays() {
    try (ScriptedServer server = ScriptedServer.of(api::answer)) {
      install(server);
      ObjectNode view = api.views.values().iterator().next();
      ((ObjectNode) view.path("properties").path("queries").path(0)).put("text", "buckets()");
      ObjectNode own = api.named("ff", "mine");
      api.views.put("ff", own);
      api.dashboards.values().iterator().next().withArray("cells").add(api.named("ff", ""));
      int before = api.writes().size();

      assertThat(install(server)).as(err.toString()).isZero();

      assertThat(api.writes()).hasSize(before + 1);
      assertThat(api.views).containsEntry("ff", own);
      assertThat(out.toString()).contains("wrote cell Metric\ninstalled");
    }
  }

  @Test
  void failuresAreExplainedWithoutTheToken() {
    try (ScriptedServer server =
        ScriptedServer.of(r -> Answer.v2(401, "unauthorized", "no s3cret-token"))) {
      assertThat(install(server)).isEqualTo(1);
    }
    assertThat(err.toString()).contains("not installed", "127.0.0.1").doesNotContain("s3cret");
    assertThat(run("install", "--url=http://127.0.0.1:1")).isEqualTo(64);
    assertThat(run("install", "--url=http://127.0.0.1:1", "--org=a", "--bucket=b", "--api=V1"))
        .isEqualTo(78);
    assertThat(run("remove")).isEqualTo(64);
  }

  @Test
  void templateIsPrintedAndHelpGiven() {
    assertThat(run("print")).isZero();
    assertThat(out.toString()).isEqualTo(DashboardTemplate.text());
    assertThat(run("help")).isZero();
    assertThat(out.toString()).contains("modelvane dashboards install");
  }
}
