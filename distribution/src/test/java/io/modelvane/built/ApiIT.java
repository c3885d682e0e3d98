package io.modelvane.built;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * The built command line and a running Modelvane, in one story: an incident is listed, explained,
 * acknowledged, snoozed and silenced, an endpoint is tested, and all that is refused without the
 * token.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ApiIT {
  private static final String TOKEN = "sesame-open-0815-4711";
  private static final Duration SOON = Duration.ofSeconds(60);

  @TempDir static Path folder;
  private final List<String> told = new CopyOnWriteArrayList<>();
  private Path plugins;
  private Path configuration;
  private HttpServer receiver;
  private Launched running;

  /** What a command gave. */
  private record Said(int code, String out, String err) {}

  @BeforeAll
  void raiseAnIncident() throws Exception {
    plugins = Built.copyPlugins(folder.resolve("plugins"));
    SmallPlugin.folderWithOne(plugins);
    receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.createContext(
        "/",
        exchange -> {
          told.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          byte[] thanks = "thanks".getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(202, thanks.length);
          exchange.getResponseBody().write(thanks);
          exchange.close();
        });
    receiver.start();
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    configuration = Files.writeString(folder.resolve("run.yaml"), yaml(port));
    running =
        Launched.start(
            folder,
            List.of("run", "--plugins", plugins.toString(), "-c", configuration.toString()));
    running.awaitRunning();
    await().atMost(SOON).until(() -> !told.isEmpty());
  }

  private String yaml(int port) {
    return """
    data: %s
    http: { port: %d, token: %s }
    stop_within: 10s
    sources:
      calls:
        type: steady
        messages:
          - '{"algorithm_name": "credit", "request_id": "a-1", "risk_score": 0.91}'
    sinks:
      alerting:
        type: alerting
        checks:
          risky: { type: threshold, field: risk_score, levels: { crit: "> 0.70" } }
          mean:
            type: threshold
            field: risk_score
            window: 5m
            min_samples: 100
            levels: { crit: "> 0.70" }
        rules:
          page: { when: { to: crit }, notify: [hook] }
    notifiers:
      hook: { type: http, url: "http://127.0.0.1:%d/in?key=hunter2hunter2" }
    pipelines:
      alerts: { source: calls, decode: algorithmia-insights, sinks: [alerting] }
    """
        .formatted(folder.resolve("data"), port, TOKEN, receiver.getAddress().getPort());
  }

  @AfterAll
  void stop() {
    running.close();
    receiver.stop(0);
  }

  private Said run(String... arguments) throws Exception {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--plugins", plugins.toString(), "-c", configuration.toString()));
    return plain(all);
  }

  private static Said plain(List<String> arguments) throws Exception {
    try (Launched command = Launched.start(folder, arguments)) {
      int code = command.exitCode(SOON);
      assertThat(command.out() + command.err()).doesNotContain(TOKEN, "hunter2");
      return new Said(code, command.out(), command.err());
    }
  }

  private String incident() throws Exception {
    Said listed = run("incidents");
    assertThat(listed.code()).as(listed.err()).isZero();
    String[] line = listed.out().lines().skip(1).findFirst().orElseThrow().split(" ", 2);
    return line[0];
  }

  @Test
  @Order(1)
  void theIncidentIsListed() throws Exception {
    Said listed = run("incidents", "--open");

    assertThat(listed.code()).as(listed.err()).isZero();
    assertThat(listed.out().lines()).hasSize(2);
    assertThat(listed.out())
        .contains("crit", "risky", "algorithm_name=credit", "risk_score is 0.91");
  }

  @Test
  @Order(2)
  void whyTellsWhatItRestedOnAndWhoWasTold() throws Exception {
    String id = incident();
    await()
        .atMost(SOON)
        .pollInterval(Duration.ofSeconds(1))
        .untilAsserted(
            () ->
                assertThat(run("why", id).out())
                    .contains(
                        "opened at crit: risk_score is 0.91",
                        "threshold > 0.7",
                        "request_id a-1",
                        "rule page",
                        "hook was told",
                        "answered 202"));
  }

  @Test
  @Order(3)
  void whyNotSaysThatThereAreTooFewCalls() throws Exception {
    Said asked = run("why-not", "--check", "mean", "--series", "algorithm_name=credit");

    assertThat(asked.code()).as(asked.err()).isZero();
    assertThat(asked.out()).contains("has 1 values so far", "min_samples (100)");
    assertThat(run("why-not", "--check", "means").err()).contains("there are risky, mean");
  }

  @Test
  @Order(4)
  void withoutTheTokenOneMayLookButNotChange() throws Exception {
    String id = incident();
    String url = running.get("/live").uri().toString().replace("/live", "");
    assertThat(plain(List.of("incidents", "--url", url)).code()).isZero();
    Said refused = plain(List.of("ack", id, "--url", url));
    assertThat(refused.code()).isEqualTo(78);
    assertThat(refused.err()).contains("Authorization", "--token-file");
  }

  @Test
  @Order(5)
  void somebodySeesToItAndWantsQuiet() throws Exception {
    String id = incident();
    Said acknowledged = run("ack", id, "--author", "ann", "--comment", "rolling back");
    assertThat(acknowledged.code()).as(acknowledged.err()).isZero();
    assertThat(acknowledged.out()).contains("acknowledged by ann");
    Said snoozed = run("snooze", id, "--for", "1h", "--author", "ann");
    assertThat(snoozed.code()).as(snoozed.err()).isZero();
    assertThat(run("incidents").out()).contains("snoozed");
    assertThat(run("why", id).out()).contains("ann", "rolling back");
  }

  @Test
  @Order(6)
  void aSilenceIsMadeListedAndEnded() throws Exception {
    Said made = run("silence", "add", "check=mean", "--for", "2h", "--author", "ann");
    assertThat(made.code()).as(made.err()).isZero();
    assertThat(made.out()).contains("active until");
    String id = made.out().split("[ ,]", 3)[1];
    assertThat(run("silence", "list").out()).contains(id, "check = mean", "ann");
    assertThat(run("silence", "end", id).code()).isZero();
    assertThat(run("silence", "list").out()).contains("no silences");
  }

  @Test
  @Order(7)
  void anEndpointIsTestedThroughTheRunningOne() throws Exception {
    int before = told.size();
    Said tested = run("notify-test", "hook");

    assertThat(tested.code()).as(tested.err()).isZero();
    assertThat(tested.out()).contains("hook has the test message; it answered 202: thanks");
    assertThat(told).hasSize(before + 1);
    assertThat(told.get(before)).contains("Nothing is wrong");
    Said unknown = run("notify-test", "nobody");
    assertThat(unknown.code()).isEqualTo(64);
    assertThat(unknown.err()).contains("no rule names an endpoint 'nobody'", "hook");
  }

  @Test
  @Order(8)
  void whenNoneRunsTheCommandsSaySoAndANotifierIsStartedAlone() throws Exception {
    running.signal("TERM");
    assertThat(running.exitCode(Duration.ofSeconds(20))).isEqualTo(143);
    Said refused = run("incidents");
    assertThat(refused.code()).isEqualTo(75);
    assertThat(refused.err()).contains("nothing answers at", "does modelvane run there?");

    int before = told.size();
    Said alone = run("notify-test", "hook");
    assertThat(alone.code()).as(alone.err()).isZero();
    assertThat(alone.err()).contains("starting the notifier alone");
    assertThat(alone.out()).contains("hook has the test message; it answered 202");
    assertThat(told).hasSize(before + 1);
    receiver.stop(0);
    Said away = run("notify-test", "hook");
    assertThat(away.code()).isEqualTo(75);
    assertThat(away.out()).contains("hook does not have it", "127.0.0.1");
  }
}
