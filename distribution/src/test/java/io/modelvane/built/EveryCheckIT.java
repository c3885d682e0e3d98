package io.modelvane.built;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Checks of all types and every way of a rule at once in the built Modelvane: a new version of a
 * model is worse than the one before, and another model is never heard of. That there is a new
 * version takes longer to be told than a test may last.
 */
class EveryCheckIT {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;
  private final Map<String, List<JsonNode>> told = new ConcurrentHashMap<>();
  private HttpServer receiver;

  @BeforeEach
  void listen() throws IOException {
    receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.createContext(
        "/",
        exchange -> {
          JsonNode body = JSON.readTree(exchange.getRequestBody());
          String endpoint = exchange.getRequestURI().getPath().substring(1);
          told.computeIfAbsent(endpoint, name -> new CopyOnWriteArrayList<>()).add(body);
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    receiver.start();
  }

  @AfterEach
  void stop() {
    receiver.stop(0);
  }

  /**
   * Good calls of one version, and then bad ones of the next: they come now, and so they happen.
   */
  private static String messages() {
    List<String> messages = new ArrayList<>();
    for (int call = 0; call < 20; call++) {
      boolean bad = call >= 10;
      messages.add(
          """
          - '{"algorithm_name": "fraud", "algorithm_owner": "risk", "algorithm_version": "%s", \
          "risk_score": %s, "duration_milliseconds": %d, "error": %d}'
          """
              .formatted(bad ? "2.0" : "1.0", bad ? "0.9" : "0.2", bad ? 900 : 100, bad ? 1 : 0));
    }
    return String.join("", messages).indent(6);
  }

  private String yaml() throws IOException {
    int nobody;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nobody = free.getLocalPort();
    }
    return """
    data: %s
    http: { port: 0 }
    sources:
      calls:
        type: steady
        messages:
    """
            .formatted(folder.resolve("data"))
        + messages()
        + """
        sinks:
          alerting:
            type: alerting
            checks:
              call: { type: threshold, field: risk_score, levels: { crit: "> 0.8" } }
              mean: { type: threshold, field: risk_score, window: 5s, by: [algorithm_name], levels: { warn: "> 0.5" } }
              errors: { type: ratio, field: error, is: "== 1", window: 5s, min_samples: 1, by: [algorithm_name], levels: { crit: "> 0.4" } }
              jump: { type: change, field: risk_score, window: 5s, min_samples: 1, by: [algorithm_name], against_tags: { algorithm_version: "1.0" }, levels: { warn: "> 50" } }
              slow-and-risky: { type: expression, levels: { warn: "risk_score > 0.8 && duration_milliseconds > 500" } }
              silent: { type: deadman, after: 2s, by: [algorithm_name], expect: [{ algorithm_name: ghost }] }
              worst: { type: composite, all_of: [mean, errors], by: [algorithm_name] }
            rules:
              tree:
                checks: [call]
                notify: [everybody]
                routes:
                  audit: { where: { algorithm_owner: risk }, notify: [audit], continue: true }
                  fraud: { where: { algorithm_name: "=~ fra.*" }, notify: [fraud] }
              together: { checks: [mean, errors, jump], notify: [team], group: { by: [algorithm_name], wait: 2s, interval: 5m } }
              urgent: { checks: [slow-and-risky], notify: [first], escalate: [{ after: 1m, notify: [second] }] }
              silence: { checks: [silent], notify: [dead] }
              explained: { checks: [worst], notify: [never] }
            inhibit:
              by-errors: { source: { checks: [errors] }, target: { checks: [worst] }, equal: [algorithm_name] }
            endpoints:
              dead: { fallback: spare }
        pipelines:
          alerts: { source: calls, decode: algorithmia-insights, sinks: [alerting] }
        notifiers:
          dead: { type: http, url: "http://127.0.0.1:%d/" }
        """
            .formatted(nobody)
        + List.of("everybody", "audit", "fraud", "team", "first", "second", "spare", "never")
            .stream()
            .map(
                name ->
                    "  %s: { type: http, url: \"http://127.0.0.1:%d/%s\" }\n"
                        .formatted(name, receiver.getAddress().getPort(), name))
            .collect(Collectors.joining());
  }

  private List<JsonNode> at(String endpoint) {
    return told.getOrDefault(endpoint, List.of());
  }

  /** The checks that an endpoint was told of; of groups, those of their members. */
  private Set<String> checks(String endpoint) {
    Set<String> checks = new TreeSet<>();
    for (JsonNode body : at(endpoint)) {
      JsonNode data = body.get("data");
      JsonNode members = data.path("members");
      if (members.isEmpty()) {
        checks.add(data.at("/incident/check").asText());
      }
      members.forEach(member -> checks.add(member.at("/incident/check").asText()));
    }
    return checks;
  }

  private static Set<String> incidents(Launched running) throws Exception {
    Set<String> checks = new TreeSet<>();
    for (JsonNode check :
        JSON.readTree(running.get("/api/v1/incidents").body()).findValues("check")) {
      checks.add(check.asText());
    }
    return checks;
  }

  @Test
  void everyCheckOpensItsIncidentAndEveryRuleTellsWhomItShould() throws Exception {
    Path plugins = Built.copyPlugins(folder.resolve("plugins"));
    SmallPlugin.folderWithOne(plugins);
    Path configuration = Files.writeString(folder.resolve("run.yaml"), yaml());
    List<String> command =
        List.of("run", "--plugins", plugins.toString(), "-c", configuration.toString());
    try (Launched running = Launched.start(folder, command)) {
      running.awaitRunning();
      await()
          .atMost(SOON)
          .untilAsserted(
              () ->
                  assertThat(incidents(running))
                      .as(running.out() + running.err())
                      .contains(
                          "call", "mean", "errors", "jump", "slow-and-risky", "silent", "worst"));
      await()
          .atMost(SOON)
          .untilAsserted(
              () -> {
                assertThat(checks("audit")).as("a route that goes on").containsExactly("call");
                assertThat(checks("fraud")).as("the route after it").containsExactly("call");
                assertThat(checks("team")).as("a group").contains("mean", "errors", "jump");
                assertThat(checks("first")).containsExactly("slow-and-risky");
                assertThat(checks("spare")).as("the fallback").containsExactly("silent");
              });
      assertThat(at("team").get(0).at("/data/members")).as("told once, together").hasSize(3);
      assertThat(at("everybody")).as("routes took it").isEmpty();
      assertThat(at("second")).as("the minute is not over").isEmpty();
      assertThat(at("never")).as("explained by the errors").isEmpty();
    }
  }
}
